export const dayMilliseconds = 86_400_000;
export const hourMilliseconds = 3_600_000;

/** UTC days since 1970: what usage and stories are counted in. */
export const dayOf = (time: number): number => Math.floor(time / dayMilliseconds);

export const startOfDay = (day: number): number => day * dayMilliseconds;

/** `YYYY-MM-DD` to a day. */
export const dayFromText = (text: string): number => dayOf(Date.parse(`${text}T00:00:00Z`));

/** A day as `YYYY-MM-DD`. */
export const dayText = (day: number): string => new Date(startOfDay(day)).toISOString().slice(0, 10);

const midnights = new Map<number, string>();

/** The first moment of a day, `2026-11-22T00:00:00Z`. Asked for row by row, so answers are kept. */
export function midnight(day: number): string {
  const known = midnights.get(day);
  if (known !== undefined) return known;
  if (midnights.size > 2000) midnights.clear();
  const text = `${dayText(day)}T00:00:00Z`;
  midnights.set(day, text);
  return text;
}

/** 1 to 5 from Monday to Friday, 6 and 7 at the weekend. */
export const weekday = (day: number): number => ((day + 3) % 7) + 1;

export const isWeekend = (day: number): boolean => weekday(day) > 5;
