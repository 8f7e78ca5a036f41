export const dayMilliseconds = 86_400_000;
export const hourMilliseconds = 3_600_000;

/** UTC days since 1970: what usage and stories are counted in. */
export const dayOf = (time: number): number => Math.floor(time / dayMilliseconds);

export const startOfDay = (day: number): number => day * dayMilliseconds;

/** `YYYY-MM-DD` to a day. */
export const dayFromText = (text: string): number => dayOf(Date.parse(`${text}T00:00:00Z`));

/** A day as `YYYY-MM-DD`. */
export const dayText = (day: number): string => new Date(startOfDay(day)).toISOString().slice(0, 10);

let lastMidnight = { day: Number.NaN, text: '' };

/** The first moment of a day, `2026-11-22T00:00:00Z`. Asked for row by row, so the last answer is kept. */
export function midnight(day: number): string {
  if (day !== lastMidnight.day) lastMidnight = { day, text: `${dayText(day)}T00:00:00Z` };
  return lastMidnight.text;
}

/** 1 to 5 from Monday to Friday, 6 and 7 at the weekend. */
export const weekday = (day: number): number => ((day + 3) % 7) + 1;

export const isWeekend = (day: number): boolean => weekday(day) > 5;
