import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../bff/services.ts';

/** Noon of a day in the middle of a month. */
export const testNow = Date.UTC(2026, 9, 15, 12);

/** A clock that begins at one moment and is moved on by hand. */
export class TestClock implements Clock {
  #ahead = 0;
  readonly #began: number;

  constructor(began = testNow) {
    this.#began = began;
  }
  now(): number {
    return this.#began + this.#ahead;
  }
  monotonic(): number {
    return performance.now() + this.#ahead;
  }
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await sleep(milliseconds, undefined, signal ? { signal } : {});
  }
  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}
