import { formatDay } from './format-time.ts';

/** Days of UTC, half-open: `from` is in the range, `before` is not. Both are written 2026-11-22. */
export interface DateRange {
  from: string;
  before: string;
}

const dayLength = 86_400_000;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10);
}

export function daysBetween({ from, before }: DateRange): number {
  return Math.round((Date.parse(`${before}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayLength);
}

function firstOfMonth(day: string, months = 0): string {
  const [year = 1970, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

function firstOfQuarter(day: string): string {
  const month = Number(day.slice(5, 7));
  return firstOfMonth(day, -((month - 1) % 3));
}

export interface Preset {
  id: string;
  label: string;
  range: DateRange;
}

/** Ranges people ask for most. "Complete" ends before today, which is still running. */
export function presets(today: string): Preset[] {
  const complete = (days: number): DateRange => ({ from: addDays(today, -days), before: today });
  // on the first of a month or quarter there is no complete day yet: today is shown, partial
  const toDate = (from: string): DateRange => ({ from, before: from === today ? addDays(today, 1) : today });
  return [
    { id: 'month', label: 'Month to date', range: toDate(firstOfMonth(today)) },
    { id: 'last-month', label: 'Last month', range: { from: firstOfMonth(today, -1), before: firstOfMonth(today) } },
    { id: '7', label: 'Last 7 complete days', range: complete(7) },
    { id: '30', label: 'Last 30 complete days', range: complete(30) },
    { id: '90', label: 'Last 90 complete days', range: complete(90) },
    { id: 'quarter', label: 'Quarter to date', range: toDate(firstOfQuarter(today)) },
    { id: 'year', label: '12 months', range: { from: firstOfMonth(today, -12), before: firstOfMonth(today) } },
  ];
}

export function matchingPreset(range: DateRange, today: string): Preset | undefined {
  return presets(today).find((preset) => preset.range.from === range.from && preset.range.before === range.before);
}

/** `23 Oct – 21 Nov 2026`: the days in the range, first and last. */
export function rangeWords({ from, before }: DateRange): string {
  const last = addDays(before, -1);
  if (last <= from) return formatDay(from, 'with-year');
  const sameYear = from.slice(0, 4) === last.slice(0, 4);
  return `${formatDay(from, sameYear ? 'without-year' : 'with-year')} – ${formatDay(last, 'with-year')}`;
}

/** The range of the same length just before or after. */
export function shiftRange(range: DateRange, steps: -1 | 1): DateRange {
  const days = daysBetween(range) * steps;
  return { from: addDays(range.from, days), before: addDays(range.before, days) };
}

/** As many days just before, for a comparison. */
export function daysBefore({ from, to }: { from: string; to: string }): { from: string; to: string } {
  return { from: addDays(from, -daysBetween({ from, before: to })), to: from };
}
