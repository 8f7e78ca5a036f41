import type { SpendState } from '../../../contract/canopy/spend.ts';
import { addDays, daysBetween } from '../../lib/date-range.ts';
import { formatDay } from '../../lib/format-time.ts';
import { plural } from '../../lib/format.ts';

/** Complete UTC days after the last that is stored for every organization; null where no day is. */
export function daysBehind({ throughDay, today }: Pick<SpendState, 'throughDay' | 'today'>): number | null {
  if (throughDay === null) return null;
  return Math.max(0, daysBetween({ from: addDays(throughDay, 1), before: today }));
}

/** The last day is read within the hour after it ends. */
export const isLate = (state: Pick<SpendState, 'throughDay' | 'today'>): boolean => (daysBehind(state) ?? 0) > 1;

/** Whether there is nothing to say of the reading: all of it is done, none of it failed, and it is not late. */
export const isQuiet = (state: Pick<SpendState, 'throughDay' | 'today' | 'sync' | 'failures'>): boolean =>
  state.sync.status === 'idle' && state.failures.length === 0 && !isLate(state);

/** How old what is stored is: as of which day, and how far that is behind. */
export function asOfWords(state: Pick<SpendState, 'firstDay' | 'throughDay' | 'today'>): string {
  if (state.firstDay === null) return 'Nothing is stored yet, which is not zero.';
  const behind = daysBehind(state);
  if (state.throughDay === null || behind === null) return 'No day is complete for every organization.';
  const day = `Complete through ${formatDay(state.throughDay, 'with-year')} (UTC)`;
  return behind === 0 ? `${day}.` : `${day}, ${plural(behind, 'day')} behind.`;
}
