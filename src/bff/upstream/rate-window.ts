/** What Canopy allows itself: well below the 1,200 of Cloudflare, which people's own use of the dashboard shares. */
export const budgetLimit = 900;
export const budgetWindow = 300_000;
/** Kept free for people: background work stops before it. */
export const interactiveShare = 0.25;
/** Kept free beside that, so that work of hours does not hold up what takes a few requests. */
export const backgroundShare = 0.05;
/** So many requests are the most that bulk work makes in a window. */
export const bulkLimit = budgetLimit - Math.ceil(budgetLimit * (interactiveShare + backgroundShare));

/**
 * Requests of the last five minutes, by their times. An exact sliding window and not a bucket that refills: a full
 * bucket after a pause would let nearly twice the limit into one window.
 */
export class RateWindow {
  readonly #limit: number;
  readonly #window: number;
  /** A ring of the last `limit` times. */
  readonly #times: Float64Array;
  #oldest = 0;
  #size = 0;

  constructor(limit: number, window: number) {
    this.#limit = limit;
    this.#window = window;
    this.#times = new Float64Array(limit);
  }

  remaining(now: number): number {
    this.#forget(now);
    return this.#limit - this.#size;
  }

  /** Milliseconds until one more request may go while `reserve` stay free. */
  waitFor(reserve: number, now: number): number {
    this.#forget(now);
    const surplus = this.#size + 1 + reserve - this.#limit;
    if (surplus <= 0) return 0;
    const freed = this.#times[(this.#oldest + surplus - 1) % this.#limit] ?? now;
    return Math.max(1, freed + this.#window - now);
  }

  record(now: number): void {
    this.#forget(now);
    if (this.#size === this.#limit) throw new Error('The rate window is full');
    this.#times[(this.#oldest + this.#size) % this.#limit] = now;
    this.#size += 1;
  }

  #forget(now: number): void {
    while (this.#size > 0 && (this.#times[this.#oldest] ?? 0) <= now - this.#window) {
      this.#oldest = (this.#oldest + 1) % this.#limit;
      this.#size -= 1;
    }
  }
}
