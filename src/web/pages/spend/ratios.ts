import type { SpendQuestion } from '../../../contract/canopy/spend.ts';
import type { RatioGroup, SpendRatio, SpendRatioQuestion } from '../../../contract/canopy/spend-ratios.ts';
import { formatCount, formatMoney, formatShare, minus, notAvailable, plural } from '../../lib/format.ts';

/** Groups that are named beside the chart: as many as the chart has. */
const shownRatios = 8;

/** The same records as the page's question, for what is divided by what. */
export const ratioQuestion = (
  { organization, descendants, from, to, groupBy, filters }: SpendQuestion,
  ratio: SpendRatio,
): SpendRatioQuestion => ({ organization, descendants, ratio, from, to, groupBy, filters, top: shownRatios });

type Ratio = Pick<RatioGroup, 'part' | 'whole' | 'recordsWithBoth' | 'records'>;

/** `12.5%`; nothing is saved from nothing. */
export function savingWords({ part, whole }: Ratio): string {
  if (part === null || whole === null || Number(whole) === 0) return notAvailable;
  const rate = Number(part) / Number(whole);
  return `${rate < 0 ? minus : ''}${formatShare(Math.abs(rate))}`;
}

/** How many records a ratio is over, and which; null where it is over all of them. */
export function coverageWords({ recordsWithBoth, records }: Ratio, both: string | null = null): string | null {
  if (recordsWithBoth === records) return null;
  if (recordsWithBoth === 0) return both === null ? `none of ${plural(records, 'record')}` : `no record carries ${both}`;
  const over = `over ${formatCount(recordsWithBoth)} of ${plural(records, 'record')}`;
  return both === null ? over : `${over}, those with ${both}`;
}

const sizes = [1, 1e3, 1e6, 1e9] as const;

/** How many units are priced together, so that there is a price to read. */
export function unitsTogether({ part, whole }: Ratio): number {
  const each = Math.abs(Number(part ?? 0) / Number(whole ?? 0));
  return sizes.find((size) => each * size >= 0.01) ?? (each > 0 ? 1e9 : 1);
}

/** What so many units cost; `n/a` where nothing was used. */
export function unitCostWords({ part, whole }: Ratio, together: number, currency: string): string {
  if (part === null || whole === null || Number(whole) === 0) return notAvailable;
  return formatMoney(((Number(part) / Number(whole)) * together).toFixed(9), currency);
}
