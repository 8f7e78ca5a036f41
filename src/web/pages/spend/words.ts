import type { Amount, DayState, SpendAnswer } from '../../../contract/canopy/spend.ts';
import { formatMoney, formatQuantity, noRecord } from '../../lib/format.ts';
import { rangeWords } from '../../lib/date-range.ts';

type Unit = SpendAnswer['unit'];

/** An exact amount with its unit, in words. Null is "–": no record had a value. */
export function formatAmount(amount: Amount | undefined, unit: Unit): string {
  if (amount === null || amount === undefined) return noRecord;
  if (unit.kind === 'money') return formatMoney(amount, unit.currency);
  const { figure, unit: name } = formatQuantity(amount, unit.unit);
  return name === '' ? figure : `${figure} ${name}`;
}

/** For an axis: short, without cents. */
export function formatAmountShort(value: number, unit: Unit): string {
  const text = value.toFixed(9).replace(/\.?0+$/, '');
  return unit.kind === 'money'
    ? formatMoney(text, unit.currency, value !== 0 && Math.abs(value) < 10 ? 'exact' : 'whole')
    : formatQuantity(text, '').figure;
}

export const stateWords: Readonly<Record<DayState, string>> = {
  stored: 'stored',
  incomplete: 'incomplete, some organizations did not answer',
  failed: 'failed, no organization answered',
  missing: 'never read',
  today: 'not over yet',
};

/** What a bucket is called. */
export function bucketWords({ from, to }: { from: string; to: string }): string {
  return rangeWords({ from, before: to });
}

/** One bucket as a screen reader says it, largest group first. */
export function spokenBucket(answer: SpendAnswer, index: number): string {
  const bucket = answer.buckets[index];
  if (!bucket) return '';
  const groups = [...answer.groups, ...(answer.others ? [{ ...answer.others, label: `Others (${answer.others.groups})` }] : [])]
    .map(({ label, values }) => ({ label, value: values[index] ?? null }))
    .filter(({ value }) => value !== null)
    .sort((a, b) => Number(b.value) - Number(a.value))
    .map(({ label, value }) => `${label} ${formatAmount(value, answer.unit)}`);
  const state = bucket.state === 'stored' ? '' : `, ${stateWords[bucket.state]}`;
  return `${bucketWords(bucket)}${state}: ${formatAmount(answer.total.values[index], answer.unit)}${groups.length > 0 ? `. ${groups.join(', ')}` : ''}`;
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
