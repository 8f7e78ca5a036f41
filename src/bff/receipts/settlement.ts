import type { Endpoint } from '../../contract/endpoint.ts';
import type { Clock, Log } from '../services.ts';
import type { Plan, Sent, Verdict } from './plan.ts';
import type { Reading } from './reading.ts';

/** Waits before each reading while the person still waits, in milliseconds. */
export const promptly = [0, 1_500, 2_500] as const;
/** Upstream may take this long to show a change; before, that it is not there means nothing. */
export const lagHorizon = 35_000;
/** Until then a sign is looked for at this pace. */
const glance = 5_000;
/** When reading back itself fails, it is tried again after these. */
const patiently = [15_000, 60_000, 120_000, 300_000];

/** How a write ended whose answer did not come. `unknown`: reading back did not work. */
export type Settlement<E extends Endpoint> = Verdict<E> | { kind: 'unknown' };

interface Parts {
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

/** Looks for a sign of the write while the person waits. Only a sign counts: what is not there yet may still come. */
export async function settleSoon<E extends Endpoint>(
  plan: Plan<E>,
  sent: Sent<E>,
  reading: Reading,
  { clock, log, stop }: Parts,
  delays: readonly number[] = promptly,
): Promise<Settlement<E>> {
  for (const delay of delays) {
    try {
      if (delay > 0) await clock.sleep(delay, stop);
      const verdict = await plan.settle(sent, reading);
      if (verdict.kind !== 'absent') return verdict;
    } catch (error) {
      if (stop.aborted) break;
      log.warn({ operation: plan.row.name, err: error }, 'reading back failed');
    }
  }
  return { kind: 'unknown' };
}

/** Looks for a sign until upstream must show the change, then reads until it is known; null where Canopy stops before. */
export async function settleSurely<E extends Endpoint>(
  plan: Plan<E>,
  sent: Sent<E>,
  reading: Reading,
  age: number,
  parts: Parts,
): Promise<Settlement<E> | null> {
  const { clock, log, stop } = parts;
  let delay = Math.max(0, Math.min(lagHorizon, lagHorizon - age));
  while (delay > glance) {
    const seen = await settleSoon(plan, sent, reading, parts, [glance]);
    if (stop.aborted) return null;
    if (seen.kind !== 'unknown') return seen;
    delay -= glance;
  }
  for (const next of [...patiently, null]) {
    try {
      if (delay > 0) await clock.sleep(delay, stop);
      return await plan.settle(sent, reading);
    } catch (error) {
      if (stop.aborted) return null;
      log.warn({ operation: plan.row.name, err: error }, 'reading back failed');
    }
    if (next === null) break;
    delay = next;
  }
  return { kind: 'unknown' };
}
