import { addDays, daysBefore, daysBetween, rangeWords } from '../../lib/date-range.ts';
import type { DateRange } from '../../lib/date-range.ts';
import { plural } from '../../lib/format.ts';

/** What a range is compared with. `weekdays` is 28 days earlier, so that a Monday stands over a Monday. */
export const comparisons = ['before', 'none', 'month', 'year', 'weekdays', 'custom'] as const;
export type Comparison = (typeof comparisons)[number];

type Days = { from: string; to: string };

/** The range that a range is compared with; null for none, and where the custom one makes no sense. */
export function comparedRange(
  comparison: Comparison,
  range: DateRange,
  custom: { from: string | null; before: string | null },
): Days | null {
  switch (comparison) {
    case 'none':
      return null;
    case 'before':
      return daysBefore({ from: range.from, to: range.before });
    case 'month':
      return monthsEarlier(range, 1);
    case 'year':
      return monthsEarlier(range, 12);
    case 'weekdays':
      return { from: addDays(range.from, -28), to: addDays(range.before, -28) };
    case 'custom':
      return custom.from && custom.before && custom.from < custom.before ? { from: custom.from, to: custom.before } : null;
  }
}

/** The same days of an earlier month: the 31st of a shorter month is its last day. */
export function monthsEarlier({ from, before }: DateRange, months: number): Days {
  return { from: dayEarlier(from, months), to: addDays(dayEarlier(addDays(before, -1), months), 1) };
}

function dayEarlier(day: string, months: number): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The whole month before the one of a day. */
export function monthBefore(day: string): DateRange {
  const first = `${day.slice(0, 7)}-01`;
  return { from: dayEarlier(first, 1), before: first };
}

/** What a comparison is called in the picker. */
export function comparisonLabel(comparison: Comparison, range: DateRange): string {
  switch (comparison) {
    case 'before':
      return `${plural(daysBetween(range), 'day')} before`;
    case 'none':
      return 'Nothing';
    case 'month':
      return 'Same days last month';
    case 'year':
      return 'Same days last year';
    case 'weekdays':
      return '28 days before';
    case 'custom':
      return 'Other days';
  }
}

/** What the compared range is called over its column: its days where the name alone would not tell, how many where they are fewer. */
export function comparedLabel(comparison: Comparison, range: DateRange, compared: Days): string {
  if (comparison === 'custom') return rangeWords({ from: compared.from, before: compared.to });
  const [now, before] = [daysBetween(range), daysBetween({ from: compared.from, before: compared.to })];
  return `${comparisonLabel(comparison, range)}${now === before ? '' : `, ${before} of ${now}`}`;
}
