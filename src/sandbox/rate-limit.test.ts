import { describe, expect, it } from 'vitest';
import { RateLimiter, rateLimit, rateLimitHeaders } from './rate-limit.ts';

const second = 1000;

function limiterAt() {
  const clock = { now: 0 };
  return { clock, limiter: new RateLimiter(() => clock.now) };
}

describe('RateLimiter', () => {
  it('allows 1,200 requests in 300 seconds, then nothing for 300 seconds', () => {
    const { clock, limiter } = limiterAt();
    for (let count = 1; count <= rateLimit.requests; count += 1) {
      expect(limiter.take('user')).toMatchObject({ allowed: true, remaining: rateLimit.requests - count });
    }
    expect(limiter.take('user')).toEqual({ allowed: false, remaining: 0, resetSeconds: 300 });
    clock.now = 299 * second;
    expect(limiter.take('user')).toEqual({ allowed: false, remaining: 0, resetSeconds: 1 });
    clock.now = 301 * second;
    expect(limiter.take('user')).toMatchObject({ allowed: true, remaining: rateLimit.requests - 1 });
  });

  it('slides: what is older than the window counts no more', () => {
    const { clock, limiter } = limiterAt();
    for (let count = 0; count < 600; count += 1) limiter.take('user');
    clock.now = 200 * second;
    for (let count = 0; count < 600; count += 1) limiter.take('user');
    clock.now = 301 * second;
    const allowance = limiter.take('user');
    expect(allowance).toEqual({ allowed: true, remaining: 599, resetSeconds: 199 });
  });

  it('keeps users apart', () => {
    const { limiter } = limiterAt();
    for (let count = 0; count <= rateLimit.requests; count += 1) limiter.take('one');
    expect(limiter.take('one').allowed).toBe(false);
    expect(limiter.take('other').allowed).toBe(true);
  });

  it('stays right over many windows', () => {
    const { clock, limiter } = limiterAt();
    for (let count = 0; count < 20_000; count += 1) {
      clock.now = count * 300;
      const { allowed, remaining } = limiter.take('user');
      expect(allowed).toBe(true);
      expect(remaining).toBe(Math.max(200, rateLimit.requests - count - 1));
    }
  });

  it('forgets when told to', () => {
    const { limiter } = limiterAt();
    for (let count = 0; count <= rateLimit.requests; count += 1) limiter.take('user');
    limiter.clear();
    expect(limiter.take('user').allowed).toBe(true);
  });
});

describe('rateLimitHeaders', () => {
  it('speaks both generations', () => {
    const headers = rateLimitHeaders({ allowed: true, remaining: 50, resetSeconds: 30 }, Date.UTC(2026, 0, 1));
    expect(headers).toEqual({
      ratelimit: '"default";r=50;t=30',
      'ratelimit-policy': '"default";q=1200;w=300',
      'x-ratelimit-limit': '1200',
      'x-ratelimit-remaining': '50',
      'x-ratelimit-reset': 'Thu, 01 Jan 2026 00:00:30 GMT',
    });
  });

  it('says when to come back only to those it sends away', () => {
    expect(rateLimitHeaders({ allowed: false, remaining: 0, resetSeconds: 299 }, 0)['retry-after']).toBe('299');
  });
});
