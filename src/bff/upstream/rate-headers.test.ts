import { describe, expect, it } from 'vitest';
import { readRateHeaders } from './rate-headers.ts';

const now = Date.UTC(2026, 9, 15, 12);
const read = (headers: Record<string, string>) => readRateHeaders((name) => headers[name] ?? null, now);

describe('rate headers', () => {
  it('of the current generation', () => {
    expect(read({ ratelimit: '"default";r=50;t=30', 'ratelimit-policy': '"default";q=100;w=60' })).toEqual([
      { remaining: 50, limit: 100, resetIn: 30_000 },
    ]);
  });
  it('with several policies at once', () => {
    const headers = { ratelimit: '"default";r=50;t=30, "burst";r=0;t=1', 'ratelimit-policy': '"burst";q=100;w=60' };
    expect(read(headers)).toEqual([
      { remaining: 50, limit: null, resetIn: 30_000 },
      { remaining: 0, limit: 100, resetIn: 1_000 },
    ]);
  });
  it('of the older generation', () => {
    const headers = {
      'x-ratelimit-limit': '1200',
      'x-ratelimit-remaining': '10',
      'x-ratelimit-reset': new Date(now + 90_000).toUTCString(),
    };
    expect(read(headers)).toEqual([{ remaining: 10, limit: 1200, resetIn: 90_000 }]);
  });
  it('are bounded and may be garbage or absent', () => {
    expect(read({})).toEqual([]);
    expect(read({ ratelimit: 'nonsense; r=x' })).toEqual([]);
    expect(read({ ratelimit: `"a";r=1;t=${'9'.repeat(9)}` })).toEqual([{ remaining: 1, limit: null, resetIn: 300_000 }]);
    expect(read({ 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': 'soon' })).toEqual([
      { remaining: 5, limit: null, resetIn: 60_000 },
    ]);
    expect(read({ 'x-ratelimit-remaining': '-5' })).toEqual([]);
  });
});
