import type { SpendAnswer, SpendQuestion, SpendState } from '../../../contract/canopy/spend.ts';
import { daysBefore } from '../../lib/date-range.ts';

/** Cost by organization and day: as billed, else as the rate card estimates it. Without a currency the question is never asked. */
export function costQuestion(
  subtree: { organization: string; descendants: boolean },
  currency: string | undefined,
  from: string,
  to: string,
): SpendQuestion {
  return {
    ...subtree,
    measure: { kind: 'spend', currency: currency ?? 'USD' },
    from,
    to,
    granularity: 'day',
    groupBy: 'organization',
    filters: [],
    top: 8,
    compare: daysBefore({ from, to }),
  };
}

/** Whether a cost that is not there may still come: usage is being read, or records of these days wait for a price. */
export function isBeingRead(state: SpendState | null, answer: SpendAnswer | undefined): boolean {
  return (state !== null && state.sync.status !== 'idle') || (answer?.unpriced ?? 0) > 0;
}

/** The complete days of the current month. */
export function monthSoFar(today: string): { from: string; before: string; days: number } {
  return { from: `${today.slice(0, 7)}-01`, before: today, days: Number(today.slice(8)) - 1 };
}
