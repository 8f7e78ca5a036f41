import type { DayState, SpendAnswer } from '../../contract/canopy/spend.ts';
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
  if (compared.days.stored < before) return `not compared: ${storedWords(compared.days, before)}`;
  const now = daysBetween({ from, before: to });
  if (days.stored < now)
    return days.today === 1 && days.stored + 1 + days.ahead === now
      ? 'not compared: today is not over'
      : `not compared: of this range ${storedWords(days, now)}`;
  return unpriced + compared.unpriced > 0 ? 'not compared: not every record is priced yet' : null;
}

/** What a range of complete days is missing of its total: days not stored whole, or records without a price yet. Null where it is whole. */
export function whyNotWhole({
  days,
  unpriced,
  question: { from, to },
}: Pick<Compared, 'days' | 'unpriced' | 'question'>): string | null {
  const all = daysBetween({ from, before: to });
  if (days.stored < all) return storedWords(days, all);
  return unpriced > 0 ? 'not every record is priced yet' : null;
}

/** `12 of 30 days stored`, or `21 complete days and today so far`, and how many only in part: not every organization answered, but others did. */
export function storedWords(days: Readonly<Record<DayState, number>>, of: number): string {
  const part = days.incomplete;
  if (days.today === 1 && days.stored + 1 === of)
    return days.stored === 0 ? 'today so far' : `${plural(days.stored, 'complete day')} and today so far`;
  if (part === 0) return `${days.stored} of ${plural(of, 'day')} stored`;
  if (days.stored === 0) return `${part} of ${plural(of, 'day')} stored in part`;
  return `${days.stored} of ${plural(of, 'day')} stored, ${part} in part`;
}
