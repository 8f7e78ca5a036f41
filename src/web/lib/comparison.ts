import type { DayState, SpendAnswer } from '../../contract/canopy/spend.ts';
import { daysBetween } from './date-range.ts';
import { plural } from './format.ts';

type Compared = Pick<SpendAnswer, 'days' | 'compared' | 'notFinal' | 'question'>;

/**
 * Why two ranges say nothing about a change: days of one of them that are not stored whole, or records without a
 * final cost, would read as a rise or a fall. Null where they may be compared.
 */
export function whyNotCompared({ days, compared, notFinal, question }: Compared): string | null {
  if (!compared || !question.compare) return 'not compared';
  const { from, to, compare } = question;
  const before = daysBetween({ from: compare.from, before: compare.to });
  if (compared.days.stored < before) return `not compared: ${storedWords(compared.days, before)}`;
  const now = daysBetween({ from, before: to });
  if (days.stored < now)
    return days.today === 1 && days.stored + 1 + days.ahead === now
      ? 'not compared: today is not over'
      : `not compared: of this range ${storedWords(days, now)}`;
  return notFinal + compared.notFinal > 0 ? 'not compared: prices are not final' : null;
}

/** What a range of complete days is missing of its total: days not stored whole, or records without a final price. Null where it is whole. */
export function whyNotWhole({
  days,
  notFinal,
  question: { from, to },
}: Pick<Compared, 'days' | 'notFinal' | 'question'>): string | null {
  const all = daysBetween({ from, before: to });
  if (days.stored < all) return storedWords(days, all);
  return notFinal > 0 ? 'prices are not final' : null;
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
