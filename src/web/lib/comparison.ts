import type { SpendAnswer } from '../../contract/canopy/spend.ts';
import { daysBetween } from './date-range.ts';
import { plural } from './format.ts';

type Compared = Pick<SpendAnswer, 'days' | 'compared' | 'unpriced' | 'question'>;

/**
 * Why two ranges say nothing about a change: days of one of them that are not stored whole, or records without a cost
 * yet, would read as a rise or a fall. Null where they may be compared.
 */
export function whyNotCompared({ days, compared, unpriced, question }: Compared): string | null {
  if (!compared || !question.compare) return 'not compared';
  const { from, to, compare } = question;
  const before = daysBetween({ from: compare.from, before: compare.to });
  if (compared.days.stored < before) return `not compared: ${compared.days.stored} of ${plural(before, 'day')} stored`;
  const now = daysBetween({ from, before: to });
  if (days.stored < now) return `not compared: ${days.stored} of ${plural(now, 'day')} of this range stored`;
  return unpriced + compared.unpriced > 0 ? 'not compared: not every record is priced yet' : null;
}
