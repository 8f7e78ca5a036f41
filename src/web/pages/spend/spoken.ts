import type { Amount, SpendAnswer } from '../../../contract/canopy/spend.ts';
import { daysBetween, rangeWords } from '../../lib/date-range.ts';
import { plural } from '../../lib/format.ts';
import { bucketBefore, bucketStateWords, bucketWords, formatAmount, isPart } from './words.ts';

type Question = SpendAnswer['question'];

/** What a bucket is called where it is looked at alone: `Wed 4 Nov 2026`, since usage goes by days of the week. */
export function bucketTitle(bucket: { from: string; to: string }, per: Question['granularity']): string {
  if (per !== 'day') return bucketWords(bucket);
  const weekday = new Date(`${bucket.from}T00:00:00Z`).toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' });
  return `${weekday} ${bucketWords(bucket)}`;
}

/** One bucket as a screen reader says it, with what it is compared with, then largest group first. */
export function spokenBucket(answer: SpendAnswer, index: number, compared: string | null): string {
  const bucket = answer.buckets[index];
  if (!bucket) return '';
  const groups = [...answer.groups, ...(answer.others ? [{ ...answer.others, label: `Others (${answer.others.groups})` }] : [])]
    .map(({ label, values }) => ({ label, value: values[index] ?? null }))
    .filter(({ value }) => value !== null)
    .sort((a, b) => Number(b.value) - Number(a.value))
    .map(({ label, value }) => `${label} ${formatAmount(value, answer.unit)}`);
  const { granularity } = answer.question;
  const state = isPart(bucket, granularity) ? `, ${bucketStateWords(bucket, granularity)}` : '';
  const before = bucketBefore(answer, index, compared);
  return [
    `${bucketTitle(bucket, granularity)}${state}: ${formatAmount(answer.total.values[index], answer.unit)}`,
    before && `${before.name} ${before.amount}`,
    groups.join(', '),
  ]
    .filter(Boolean)
    .join('. ');
}

/** What an even month of the budget would have used by then, after what is said of a bucket. */
export function spokenPace(budget: { pace: readonly Amount[] } | null, index: number, unit: SpendAnswer['unit']): string {
  const pace = budget?.pace[index] ?? null;
  return pace === null ? '' : `. Even pace of the budget ${formatAmount(pace, unit)}`;
}

/** The chart in one sentence: total, largest group, data-through date. */
export function chartSummary(answer: SpendAnswer): string {
  const largest = answer.groups[0];
  return [
    `${formatAmount(answer.total.total, answer.unit)} from ${answer.question.from} to before ${answer.question.to}`,
    largest && `largest is ${largest.label} with ${formatAmount(largest.total, answer.unit)}`,
    answer.throughDay && `data complete through ${answer.throughDay}`,
  ]
    .filter(Boolean)
    .join('; ');
}

/** What Enter would show, while a range is being selected. */
export function spokenSpan(answer: SpendAnswer, [first, last]: readonly [number, number]): string {
  const [from, before] = [answer.buckets[first]?.from ?? '', answer.buckets[last]?.to ?? ''];
  return `${rangeWords({ from, before })}, ${plural(daysBetween({ from, before }), 'day')} selected`;
}
