import { bulkLimit, budgetWindow } from '../../upstream/rate-window.ts';

/** Upstream takes 31 days a call; one is left for the day after the last, see `readUsage`. */
export const mostDaysPerCall = 30;

/**
 * Seconds that the rest of a run takes at least, since the request budget lets only so many calls go in each window; null
 * before anything is read.
 */
export function secondsLeft({ done, total, calls }: { done: number; total: number; calls: number }): number | null {
  if (done === 0) return null;
  const callsLeft = Math.max(0, total - done) * (calls / done);
  return Math.ceil(((callsLeft / bulkLimit) * budgetWindow) / 1000);
}
