/** Days that a projection looks back on. */
export const historyDays = 28;
/** Below this, a history says too little about weekdays: the average day stands for all. */
export const fewestForWeekdays = 14;
/** Below this, there is no projection. */
export const fewestDays = 3;
/** The last days, which tell how high the days to come are. */
export const levelDays = 7;
/** Four of five outcomes of a normal distribution lie within this many deviations. */
const eightyPercent = 1.28;

/**
 * - `weekdays`: what is usual on the weekday, times how high the last seven days were
 * - `run-rate`: the average day
 * - `latest`: a level stays where it is
 */
export type Method = 'weekdays' | 'run-rate' | 'latest';

export interface Projection {
  method: Method;
  /** What is expected of a day; the first day after the history is 1. */
  on(ahead: number): number;
  /** How far a day misses what is expected of it. */
  deviation: number;
  /** The days whose height is expected to last. */
  foundedOn: number;
}

/**
 * What a metric of an account will be used for on the days to come. The history ends with the last complete day; undefined
 * are days of which nothing is known, which is not the same as nothing used. Null where the history is too short.
 */
export function project(days: readonly (number | undefined)[], isLevel: boolean): Projection | null {
  const history = days.slice(-historyDays);
  const known = history.filter((used) => used !== undefined);
  if (known.length < fewestDays) return null;
  if (isLevel) {
    const latest = known.at(-1) ?? 0;
    return { method: 'latest', on: () => latest, deviation: 0, foundedOn: 1 };
  }
  return (known.length < fewestForWeekdays ? null : byWeekdays(history)) ?? runRate(history, known);
}

function runRate(history: readonly (number | undefined)[], known: readonly number[]): Projection {
  const mean = known.reduce((sum, used) => sum + used, 0) / known.length;
  return { method: 'run-rate', on: () => mean, deviation: deviationOf(history, () => mean, 1), foundedOn: known.length };
}

/** Null where the usual day is none: what is used now and then has an average, and no usual weekday. */
function byWeekdays(history: readonly (number | undefined)[]): Projection | null {
  const usual = Array.from({ length: 7 }, (_, weekday) =>
    median(history.filter((used, at) => used !== undefined && weekdayOf(at, history.length) === weekday)),
  );
  const usualAt = (at: number): number => usual[weekdayOf(at, history.length)] ?? 0;
  let used = 0;
  let expected = 0;
  let foundedOn = 0;
  for (let at = Math.max(0, history.length - levelDays); at < history.length; at++) {
    const day = history[at];
    if (day === undefined) continue;
    used += day;
    expected += usualAt(at);
    foundedOn++;
  }
  if (expected <= 0) return null;
  const level = used / expected;
  return {
    method: 'weekdays',
    on: (ahead) => usualAt(history.length - 1 + ahead) * level,
    deviation: deviationOf(history, (at) => usualAt(at) * level, usual.length),
    foundedOn,
  };
}

/** Days with the same number are the same weekday; which one it is does not matter. */
const weekdayOf = (at: number, length: number): number => (((at - length) % 7) + 7) % 7;

/** Every number that was taken from the history itself makes it look steadier than it is. */
function deviationOf(history: readonly (number | undefined)[], expected: (at: number) => number, taken: number): number {
  let squares = 0;
  let count = 0;
  for (const [at, used] of history.entries()) {
    if (used === undefined) continue;
    squares += (used - expected(at)) ** 2;
    count++;
  }
  return Math.sqrt(squares / Math.max(1, count - taken));
}

/**
 * How much more or less than expected each of some days may be, so that their sum is within an 80 % band. Days miss by
 * chance, so their squares add; and what is expected of all of them is itself only as sure as the days it is founded on.
 */
export const bandOf = ({ deviation, foundedOn }: Projection, days: number): number =>
  days > 0 ? (eightyPercent * deviation * Math.sqrt(days + days ** 2 / foundedOn)) / days : 0;

export function median(values: readonly (number | undefined)[]): number {
  const sorted = values.filter((value) => value !== undefined).toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
