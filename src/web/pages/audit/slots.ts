import { parts, second } from './range.ts';
import type { SlotCount, TimeRange } from './range.ts';

export interface Slot extends TimeRange {
  events: number;
  failures: number;
  /** False where older events are still to be read: the bar may grow. */
  settled: boolean;
}

/** The parts of a range with their counts added up. `oldest` is the time down to which everything was read. */
export function histogram(range: TimeRange, counts: readonly SlotCount[], oldest: number): Slot[] {
  const start = Date.parse(range.since);
  const length = (Date.parse(range.before) - start) / parts;
  const slots = Array.from({ length: parts }, (_, index): Slot => {
    const from = start + index * length;
    return { since: second(from), before: second(from + length), events: 0, failures: 0, settled: from >= oldest };
  });
  for (const { slot, events, failures } of counts) {
    const its = slots[slot];
    if (!its) continue;
    its.events += events;
    its.failures += failures;
  }
  return slots;
}
const hour = 3_600_000;
const day = 24 * hour;
const steps = [hour / 6, hour, 4 * hour, day, 2 * day, 5 * day, 14 * day, 61 * day, 92 * day];

/** Times to write under a range, at whole hours or days (UTC), eight at most, with how far along each lies (0 to 1). */
export function ticks({ since, before }: TimeRange): { at: string; along: number; isDay: boolean }[] {
  const start = Date.parse(since);
  const length = Date.parse(before) - start;
  const step = steps.find((one) => length / one <= 8) ?? length / 8;
  const marks = [];
  for (let at = Math.ceil(start / step) * step; at < start + length; at += step)
    marks.push({ at: second(at), along: (at - start) / length, isDay: step >= day });
  return marks;
}
