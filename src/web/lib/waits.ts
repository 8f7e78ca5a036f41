/** Failures that say when it is worth asking again, and when that is. */
import type { ErrorReport } from '../../contract/envelope.ts';

const arrivals = new WeakMap<ErrorReport, number>();

/** Called when a report arrives: its seconds count from here, wherever and whenever it is shown. */
export function noteArrival(report: ErrorReport): void {
  arrivals.set(report, Date.now());
}

/** Milliseconds since 1970 at which Cloudflare or the rate budget lets us ask again; null for any other failure. */
export function waitsUntil(report: ErrorReport): number | null {
  const { code, retryAfterSeconds } = report;
  const arrived = arrivals.get(report);
  if ((code !== 'upstream_throttled' && code !== 'rate_budget') || !retryAfterSeconds || arrived === undefined) return null;
  return arrived + retryAfterSeconds * 1000;
}
