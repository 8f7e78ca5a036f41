/** Requests that one user may make in a window, over all their credentials. */
export const rateLimit = { requests: 1200, windowSeconds: 300, blockSeconds: 300 } as const;

const windowMilliseconds = rateLimit.windowSeconds * 1000;

/** What is left after one more request. */
export interface Allowance {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Seconds until the window gives something back, or until the block ends. */
  readonly resetSeconds: number;
}

interface Use {
  /** Times of requests in the window, oldest first from `head` on. */
  times: number[];
  head: number;
  blockedUntil: number;
}

/** Cloudflare's limit: a sliding window, and a block of everything for five minutes once it is crossed. */
export class RateLimiter {
  readonly #uses = new Map<string, Use>();
  readonly #clock: () => number;
  /** `clock` gives milliseconds that only grow. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Counts one request of a user. */
  take(user: string): Allowance {
    const now = this.#clock();
    const use = this.#uses.get(user) ?? { times: [], head: 0, blockedUntil: 0 };
    this.#uses.set(user, use);
    if (now < use.blockedUntil) return { allowed: false, remaining: 0, resetSeconds: secondsUntil(use.blockedUntil, now) };
    while (use.head < use.times.length && (use.times[use.head] ?? 0) <= now - windowMilliseconds) use.head += 1;
    if (use.head > rateLimit.requests) {
      use.times = use.times.slice(use.head);
      use.head = 0;
    }
    if (use.times.length - use.head >= rateLimit.requests) {
      use.blockedUntil = now + rateLimit.blockSeconds * 1000;
      return { allowed: false, remaining: 0, resetSeconds: rateLimit.blockSeconds };
    }
    use.times.push(now);
    return {
      allowed: true,
      remaining: rateLimit.requests - (use.times.length - use.head),
      resetSeconds: secondsUntil((use.times[use.head] ?? now) + windowMilliseconds, now),
    };
  }

  /** Forgets all use and all blocks. */
  clear(): void {
    this.#uses.clear();
  }
}

const secondsUntil = (time: number, now: number) => Math.max(0, Math.ceil((time - now) / 1000));

/** Both generations of rate limit headers; `retry-after` only where the request was refused. */
export function rateLimitHeaders(allowance: Allowance, wallClock: number): Record<string, string> {
  return {
    ratelimit: `"default";r=${allowance.remaining};t=${allowance.resetSeconds}`,
    'ratelimit-policy': `"default";q=${rateLimit.requests};w=${rateLimit.windowSeconds}`,
    'x-ratelimit-limit': String(rateLimit.requests),
    'x-ratelimit-remaining': String(allowance.remaining),
    'x-ratelimit-reset': new Date(wallClock + allowance.resetSeconds * 1000).toUTCString(),
    ...(!allowance.allowed && { 'retry-after': String(allowance.resetSeconds) }),
  };
}
