import type { Clock } from '../services.ts';

/** One exchange is tried at most so many times. */
export const attemptLimit = 3;

const firstDelay = 250;
const longestDelay = 8_000;

/** Full jitter: anywhere from nothing to a bound that doubles, so that many clients do not come back together. */
export function retryDelay(attempt: number, random: () => number): number {
  return random() * Math.min(longestDelay, firstDelay * 2 ** attempt);
}

/**
 * Retries may be a tenth of the traffic, so that a failing upstream is not asked three times as often. A little
 * comes back with time, for a console that asks seldom.
 */
export class RetryBudget {
  readonly #clock: Clock;
  #credit = 10;
  #at: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#at = clock.monotonic();
  }

  /** Counts a first attempt. */
  earn(): void {
    this.#refill(0.1);
  }

  /** Whether one more retry fits; takes it where it does. */
  spend(): boolean {
    this.#refill(0);
    if (this.#credit < 1) return false;
    this.#credit -= 1;
    return true;
  }

  #refill(earned: number): void {
    const now = this.#clock.monotonic();
    this.#credit = Math.min(10, this.#credit + earned + (now - this.#at) / 10_000);
    this.#at = now;
  }
}
