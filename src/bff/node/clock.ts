import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../services.ts';

/** The machine's clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
};

/** A clock whose time of day stands still, for a sandbox that lives at one moment. Durations pass as they do. */
export const standingClock = (now: number): Clock => ({ ...systemClock, now: () => now });
