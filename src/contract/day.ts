import * as z from 'zod/mini';

const shape = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day of the calendar, `YYYY-MM-DD`: 2026-02-30 is none. */
export function isDay(text: string): boolean {
  if (!shape.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** How a day is written, `YYYY-MM-DD`. Whether the calendar has it is another question: see `isDay`. */
export const Day = z.string().check(z.regex(shape, 'must be a date, YYYY-MM-DD'));
/** A day of the calendar. */
export const CalendarDay = Day.check(z.refine(isDay, 'must be a day of the calendar'));

/** Whether it is one of the years 1900 to 2999. Days are compared as text, which holds for years of four digits only. */
export const isAskableDay = (text: string): boolean => isDay(text) && text >= '1900-01-01' && text < '3000-01-01';
/** What is said of one that is not. */
export const notAskable = 'must be a day of the calendar, from 1900 to 2999';
