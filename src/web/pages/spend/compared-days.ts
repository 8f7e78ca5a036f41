import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { daysBetween } from '../../lib/date-range.ts';

/** Whether what is compared with is known whole, whatever this range is: every day of it stored, every record priced. */
export function isWholeBefore({ compared, question: { compare } }: Pick<SpendAnswer, 'compared' | 'question'>): boolean {
  if (!compared || !compare) return false;
  return compared.days.stored === daysBetween({ from: compare.from, before: compare.to }) && compared.notFinal === 0;
}

/**
 * Days of the compared range that have an amount, where they are fewer than those of this one: usage may have begun within
 * it, or Cloudflare's records may not go further back, and then the change says little. Null where they are not fewer, or
 * only because that range is shorter: its name says so.
 */
export function fewerDaysBefore({ question, total }: Pick<SpendAnswer, 'question' | 'total'>): number | null {
  if (question.granularity !== 'day') return null;
  const known = (amounts: readonly (string | null)[]) => amounts.filter((amount) => amount !== null).length;
  const before = known(total.previousValues);
  return before < Math.min(known(total.values), total.previousValues.length) ? before : null;
}
