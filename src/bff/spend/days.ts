import type { DayState, SpendQuestion } from '../../contract/canopy/spend.ts';

/** UTC days as `YYYY-MM-DD` text: they sort, compare and never shift with a time zone. */
export type Day = string;
/** From the first day, included, to the last, excluded. */
export interface DayRange {
  from: Day;
  to: Day;
}

const millisecondsOfDay = 86_400_000;
const millisecondsOf = (day: Day) => Date.parse(`${day}T00:00:00Z`);

export const dayOf = (milliseconds: number): Day => new Date(milliseconds).toISOString().slice(0, 10);
export const addDays = (day: Day, count: number): Day => dayOf(millisecondsOf(day) + count * millisecondsOfDay);
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((millisecondsOf(to) - millisecondsOf(from)) / millisecondsOfDay);
/** The first moment after a day. */
export const endOfDay = (day: Day): number => millisecondsOf(day) + millisecondsOfDay;

export const monthOf = (day: Day): Day => `${day.slice(0, 7)}-01`;
/** The Monday of the week of a day. */
export const weekOf = (day: Day): Day => addDays(day, -((new Date(millisecondsOf(day)).getUTCDay() + 6) % 7));
export const nextMonth = (day: Day): Day => monthOf(addDays(monthOf(day), 31));

/** The first day of the month that lies this many months before the month of a day. */
export function monthsBefore(day: Day, count: number): Day {
  let month = monthOf(day);
  for (let left = count; left > 0; left--) month = monthOf(addDays(month, -1));
  return month;
}

export function* eachDay(range: DayRange): Generator<Day> {
  for (let day = range.from; day < range.to; day = addDays(day, 1)) yield day;
}

const startOf: Readonly<Record<SpendQuestion['granularity'], (day: Day) => Day>> = {
  day: (day) => day,
  week: weekOf,
  month: monthOf,
};
const after: Readonly<Record<SpendQuestion['granularity'], (start: Day) => Day>> = {
  day: (start) => addDays(start, 1),
  week: (start) => addDays(start, 7),
  month: nextMonth,
};

export interface Bucket extends DayRange {
  /** First day of the whole day, week or month, which may lie before the range. */
  start: Day;
}

/** The days, weeks from Monday, or months of a range; the first and the last are cut to it. */
export function bucketsOf(range: DayRange, granularity: SpendQuestion['granularity']): Bucket[] {
  const buckets: Bucket[] = [];
  for (let start = startOf[granularity](range.from); start < range.to;) {
    const end = after[granularity](start);
    buckets.push({ start, from: start < range.from ? range.from : start, to: end > range.to ? range.to : end });
    start = end;
  }
  return buckets;
}

/** What a bucket of several days may claim. Days that have not begun say nothing about the others. */
export function stateOfBucket(bucket: DayRange, today: Day, stateOf: (day: Day) => DayState): DayState {
  const states = new Set<DayState>();
  for (const day of eachDay(bucket)) if (day <= today) states.add(stateOf(day));
  const [only] = states;
  if (only === undefined) return 'ahead';
  if (states.size === 1) return only;
  return states.size === 2 && states.has('stored') && states.has('today') ? 'today' : 'incomplete';
}
