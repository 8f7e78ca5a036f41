import { withoutValue } from '../../../contract/canopy/dimension-words.ts';
import type { Amount, DayState, SpendAnswer, SpendFilter } from '../../../contract/canopy/spend.ts';
import { formatMoney, formatPercent, formatQuantity, minus, noRecord, plural } from '../../lib/format.ts';
import { formatDay, formatMonth } from '../../lib/format-time.ts';
import { absolute, decimalText } from '../../lib/decimal.ts';
import { storedWords } from '../../lib/comparison.ts';
import { daysBetween, rangeWords } from '../../lib/date-range.ts';
import type { AmountChange } from './change.ts';

type Unit = SpendAnswer['unit'];

/** An exact amount with its unit, in words. Null is "–": no record had a value. */
export function formatAmount(amount: Amount | undefined, unit: Unit): string {
  if (amount === null || amount === undefined) return noRecord;
  if (unit.kind === 'money') return formatMoney(amount, unit.currency);
  const { figure, unit: name } = formatQuantity(amount, unit.unit);
  return name === '' ? figure : `${figure} ${name}`;
}

/** `+$230.47`, `−180 requests`; a dash where there is nothing to say. */
export function changeWords(change: AmountChange | null, unit: Unit): string {
  if (!change) return noRecord;
  const size = formatAmount(decimalText(absolute(change.by)), unit);
  // less than what is shown still has a direction
  return change.by.units === 0n ? size : `${change.by.units < 0n ? minus : '+'}${size}`;
}

/** `+5.0%`, `+1,531%`, `new`, `gone`. */
export function percentWords(change: AmountChange | null): string {
  if (!change) return noRecord;
  if (change.ratio === null) return change.kind;
  const size = formatPercent(Math.abs(change.ratio), Math.abs(change.ratio) < 10 ? 1 : 0);
  return size === '0.0%' ? size : `${change.ratio < 0 ? minus : '+'}${size}`;
}

/** For an axis in steps: short, with no more places than they need; `$1.5M` where thousands would not fit. */
export function formatAmountShort(value: number, unit: Unit, step = value): string {
  if (unit.kind === 'quantity') return formatQuantity(value.toFixed(9).replace(/\.?0+$/, ''), '').figure;
  const size = Math.abs(value);
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: unit.currency,
    ...(size >= 10_000
      ? { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 2 }
      : { maximumFractionDigits: size === 0 || Number.isInteger(step) ? 0 : 9 }),
  }).format(value);
}

const stateWords: Readonly<Record<DayState, string>> = {
  stored: 'stored',
  incomplete: 'incomplete, not whole of every organization',
  failed: 'failed, no organization answered',
  missing: 'never read',
  today: 'not over yet',
  ahead: 'still to come',
};

type Bucket = SpendAnswer['buckets'][number];
type Granularity = SpendAnswer['question']['granularity'];

export const daysIn = ({ from, to }: Bucket): number => daysBetween({ from, before: to });

/** Whether the range holds only some days of the week or month. */
export const isCut = (bucket: Bucket, per: Granularity): boolean =>
  per === 'week' ? daysIn(bucket) < 7 : per === 'month' && !(bucket.from.endsWith('-01') && bucket.to.endsWith('-01'));

/** Whether some of the day, week or month is not stored, or not in the range. */
export const isPart = (bucket: Bucket, per: Granularity): boolean => bucket.state !== 'stored' || isCut(bucket, per);

/** Whether a bucket is settled, and how much of its week or month it is. */
export function bucketStateWords(bucket: Bucket, per: Granularity): string {
  const cut = isCut(bucket, per) ? `${plural(daysIn(bucket), 'day')} of the ${per}` : null;
  const state = bucket.state === 'stored' && cut !== null ? null : stateWords[bucket.state];
  return [state, cut].filter((part) => part !== null).join(', ');
}

/** What a bucket is called. */
export const bucketWords = ({ from, to }: { from: string; to: string }): string => rangeWords({ from, before: to });

/** A bucket by where it begins: `4 Nov`; a month that begins in it by its name, with the year where that is new. */
export function bucketStart({ from }: { from: string }, per: Granularity): string {
  if (per !== 'month' || !from.endsWith('-01')) return formatDay(from);
  return from.includes('-01-') ? `Jan ${from.slice(0, 4)}` : formatMonth(from).slice(0, 3);
}

/** What a bucket is compared with, and its amount, or why that is not known. Null where it is compared with nothing. */
export function bucketBefore(
  { compared, total, unit, question: { granularity } }: SpendAnswer,
  index: number,
  words: string | null,
): { name: string; amount: string } | null {
  const before = compared?.buckets[index];
  if (words === null || !before) return null;
  const amount =
    before.state === 'stored' ? formatAmount(total.previousValues[index], unit) : stateWords[before.state].split(',')[0];
  return {
    name: `${granularity === 'day' ? bucketStart(before, granularity) : bucketWords(before)}, ${words}`,
    amount: amount ?? '',
  };
}

/**
 * Of how much of its range a total is: `30 complete days`, `12 of 30 days stored`, `7 days to come`. With records
 * whose prices are not final it is not the total of any of that.
 */
export function heldWords({
  days,
  notFinal,
  question: { from, to },
}: Pick<SpendAnswer, 'days' | 'notFinal' | 'question'>): string {
  const begun = daysBetween({ from, before: to }) - days.ahead;
  return [
    begun > 0 && (days.stored === begun ? plural(begun, 'complete day') : storedWords(days, begun)),
    days.ahead > 0 && `${plural(days.ahead, 'day')} to come`,
    notFinal > 0 && 'prices not final',
  ]
    .filter(Boolean)
    .join(', ');
}

/** The values of a filter by name; those whose names are not known are counted, as a key of 32 digits says nothing. */
export function valuesWords({ dimension, values }: SpendFilter, labels: ReadonlyMap<string | null, string>): string {
  const names = values.flatMap((value) => labels.get(value) ?? (value === null ? withoutValue(dimension) : []));
  const more = values.length - names.length;
  if (names.length === 0) return values.join(', ');
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What totals do with records that wait for their final price: what is new has none, after a change of the card the old one stands, and where days of a billing cycle are to be read, what is known of it. */
export const notFinalWords = (records: number, card: number | null): string =>
  `${plural(records, 'record')} without a final price${card === null ? '' : ` by rate card v${card}`}: totals hold what they cost so far, or leave them out.`;
