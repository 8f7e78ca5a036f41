import { addDays, daysBetween, eachDay, monthOf, nextMonth } from '../days.ts';
import type { Day, DayRange } from '../days.ts';

/** The day of a month on which an account's billing cycles start, or the last day of a shorter month. */
function startIn(month: Day, anchor: number): Day {
  const last = daysBetween(month, nextMonth(month));
  return addDays(month, Math.min(anchor, last) - 1);
}

/**
 * The billing cycle that a day is in. The anchor is the day of the month on which cycles start, 1 to 31; where it is
 * not known, cycles are calendar months. An anchor of 31 starts on the last day of a shorter month.
 */
export function cycleOf(day: Day, anchor: number | null): DayRange {
  const thisMonth = monthOf(day);
  const start = startIn(thisMonth, anchor ?? 1);
  if (day >= start) return { from: start, to: startIn(nextMonth(thisMonth), anchor ?? 1) };
  return { from: startIn(monthOf(addDays(thisMonth, -1)), anchor ?? 1), to: start };
}

/** The cycles that hold the days of a range, oldest first, each whole. */
export function cyclesOf(range: DayRange, anchor: number | null): DayRange[] {
  const cycles: DayRange[] = [];
  for (let day = range.from; day < range.to;) {
    const cycle = cycleOf(day, anchor);
    cycles.push(cycle);
    day = cycle.to;
  }
  return cycles;
}

/** The days of a cycle, and where each stands in it. */
export interface Calendar {
  days: readonly Day[];
  indexOf: ReadonlyMap<Day, number>;
}

/** Thousands of accounts share a few cycles. */
const known = new Map<string, Calendar>();

export function calendarOf(cycle: DayRange): Calendar {
  const key = `${cycle.from}/${cycle.to}`;
  let calendar = known.get(key);
  if (!calendar) {
    const days = [...eachDay(cycle)];
    calendar = { days, indexOf: new Map(days.map((day, index) => [day, index])) };
    if (known.size > 1000) known.clear();
    known.set(key, calendar);
  }
  return calendar;
}
