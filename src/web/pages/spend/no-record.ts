import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { plural } from '../../lib/format.ts';

export type WhyNoRecord = 'ahead' | 'unpriced' | 'unread' | 'filtered' | 'none';

/** Why no record answers the question. Only the last is nothing: what is not priced or not read yet is not known. */
export function whyNoRecord({ days, unpriced }: Pick<SpendAnswer, 'days' | 'unpriced'>, isFiltered: boolean): WhyNoRecord {
  const unread = days.missing + days.failed + days.incomplete;
  if (days.ahead > 0 && unread + days.stored + days.today === 0) return 'ahead';
  if (unpriced > 0) return 'unpriced';
  if (unread > 0 && days.stored === 0) return 'unread';
  return isFiltered ? 'filtered' : 'none';
}

/** What of the range is not known, sentence by sentence; none where all of it is. */
export function unknownOf({ days, unpriced }: Pick<SpendAnswer, 'days' | 'unpriced'>): string[] {
  const parts = [
    unpriced > 0 && `${plural(unpriced, 'record')} of these days ${unpriced === 1 ? 'waits' : 'wait'} for a price.`,
    days.missing > 0 && `${plural(days.missing, 'day')} of the range ${days.missing === 1 ? 'was' : 'were'} never read.`,
    days.failed > 0 && `${plural(days.failed, 'day')} could not be read.`,
    days.incomplete > 0 && `${plural(days.incomplete, 'day')} ${days.incomplete === 1 ? 'is' : 'are'} not whole.`,
  ];
  return parts.filter((part) => part !== false);
}
