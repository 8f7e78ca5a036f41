import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAnomalies } from './find-anomalies.ts';
import type { DayOfMetric } from './find-anomalies.ts';

const week = [100, 104, 98, 101, 99, 40, 38];
/** Eight weeks of a steady metric at 0.1 a unit, with some days changed. */
const days = (changed: Readonly<Record<number, number>> = {}, length = 56): (DayOfMetric | undefined)[] =>
  Array.from({ length }, (_, at) => priced(changed[at] ?? week[at % 7] ?? 0));
const priced = (used: number): DayOfMetric => ({ used, cost: used / 10 });
const found = (all: (DayOfMetric | undefined)[], floor = 1) => findAnomalies(all, 28, floor);

/** The middle of the values, written down in another way than the code has it. */
function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const of = (share: number) => sorted[Math.floor((sorted.length - 1) * share + 0.5)] ?? 0;
  return sorted.length % 2 === 1 ? of(0.5) : ((sorted[sorted.length / 2 - 1] ?? 0) + (sorted[sorted.length / 2] ?? 0)) / 2;
}

const amount = fc.integer({ min: 0, max: 1000 });

test('a day is unusual by how many deviations it is from the median of its weekday, and by what it costs', () => {
  const past = fc.array(amount, { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(past, amount, fc.integer({ min: 1, max: 50 }), fc.boolean(), (same, today, floor, isFree) => {
      const all = Array.from({ length: 29 }, (_, at) => priced(at === 28 ? today : at % 7 === 0 ? (same[at / 7] ?? 0) : 500));
      const days = isFree ? all.map(({ used }) => ({ used, cost: 0 })) : all;
      const compared = same[0] === 0 ? same.slice(1) : same; // days before the first use tell nothing
      const usual = middle(compared);
      const deviation = 1.4826 * middle(compared.map((used) => Math.abs(used - usual)));
      const score = (today - usual) / Math.max(deviation, 0.05 * usual, Number.EPSILON);
      const impact = isFree ? 0 : (today - usual) / 10;
      const [one, ...more] = findAnomalies(days, 28, floor);
      expect(more).toEqual([]);
      if (Math.abs(score) < 3.5 || Math.abs(impact) < floor) expect(one).toBeUndefined();
      else {
        expect(one).toMatchObject({ kind: score > 0 ? 'up' : 'down', from: 28, to: 28, used: today, usual });
        expect(one?.impact).toBeCloseTo(impact, 6);
        expect(one?.score).toBeCloseTo(Math.max(-1000, Math.min(1000, score)), 6);
      }
    }),
    { numRuns: 500 },
  );
});

test('the unit of a metric does not matter: a thousand times as much is as unusual', () => {
  fc.assert(
    fc.property(fc.array(amount, { minLength: 40, maxLength: 60 }), fc.integer({ min: 1, max: 30 }), (used, floor) => {
      const inUnits = (by: number) => used.map((one): DayOfMetric => ({ used: one * by, cost: one / 10 }));
      const shape = (found: ReturnType<typeof findAnomalies>) =>
        found.map(({ kind, from, to, isStep }) => [kind, from, to, isStep]);
      expect(shape(findAnomalies(inUnits(1024), 28, floor))).toEqual(shape(findAnomalies(inUnits(1), 28, floor)));
    }),
  );
});

test('events are apart, none is of days that are not known, and each says what its days were', () => {
  const known = fc.option(amount, { nil: undefined, freq: 6 });
  fc.assert(
    fc.property(fc.array(known, { minLength: 30, maxLength: 70 }), (used) => {
      const days = used.map((one) => (one === undefined ? undefined : priced(one)));
      let last = 27;
      for (const { kind, from, to, used: sum } of findAnomalies(days, 28, 1)) {
        expect(from).toBeGreaterThan(last);
        expect(to).toBeGreaterThanOrEqual(from);
        last = to;
        if (kind === 'new') continue;
        const ofEvent = days.slice(from, to + 1);
        expect(ofEvent).not.toContain(undefined);
        expect(ofEvent.reduce((all, day) => all + (day?.used ?? 0), 0)).toBe(sum);
      }
    }),
  );
});

test('a steady metric has none, weekends included', () => {
  expect(found(days())).toEqual([]);
});

test('a day far above its weekday is one, with what it cost more', () => {
  const [one, ...more] = found(days({ 43: 1000 }));
  expect(more).toEqual([]);
  expect(one).toMatchObject({ kind: 'up', from: 43, to: 43, used: 1000, usual: 104, isStep: false });
  expect(one?.impact).toBeCloseTo(89.6, 6);
  expect(one?.score).toBeGreaterThan(3.5);
});

test('a day without usage is an outage, with what it would have cost', () => {
  const [one] = found(days({ 43: 0 }));
  expect(one).toMatchObject({ kind: 'down', from: 43, to: 43, usual: 104 });
  expect(one?.impact).toBeCloseTo(-10.4, 6);
});

test('a usual weekday at the weekend is unusual', () => {
  expect(found(days({ 47: 100 }))).toMatchObject([{ kind: 'up', from: 47, to: 47, usual: 40 }]);
});

test('what costs less than the floor is none, and neither is what the allowance covers', () => {
  expect(found(days({ 43: 1000 }), 90)).toEqual([]);
  const covered = days({ 43: 1000 }).map((day) => day && { used: day.used, cost: 0 });
  expect(found(covered)).toEqual([]);
});

test('the day an allowance is used up is not unusual: only its cost jumps', () => {
  const crossing = days().map((day, at) => day && { used: day.used, cost: at < 40 ? 0 : day.cost });
  expect(found(crossing)).toEqual([]);
});

test('days in a row are one event; after three, they are the new level', () => {
  const two = found(days({ 43: 1000, 44: 1000 }));
  expect(two).toMatchObject([{ from: 43, to: 44, used: 2000, isStep: false }]);
  const step = Object.fromEntries(Array.from({ length: 13 }, (_, at) => [43 + at, 1000]));
  expect(found(days(step))).toMatchObject([{ from: 43, to: 45, isStep: true }]);
});

describe('after a level has changed', () => {
  /** A level of 1000 from the 44th day on, over ten weeks, with some days changed. */
  const stepped = (changed: Readonly<Record<number, number>> = {}) => {
    const raised = Object.fromEntries(Array.from({ length: 27 }, (_, at) => [43 + at, 1000]));
    return days({ ...raised, ...changed }, 70);
  };
  const step = { kind: 'up', from: 43, to: 45, isStep: true };

  test('days are compared with the new level only', () => {
    expect(found(stepped())).toMatchObject([step]);
    expect(found(stepped({ 60: 3000 }))).toMatchObject([step, { kind: 'up', from: 60, to: 60, usual: 1000 }]);
  });

  test('the old level is unusual, with what the new one would have cost', () => {
    const [, back, ...more] = found(stepped({ 60: 100 }));
    expect(more).toEqual([]);
    expect(back).toMatchObject({ kind: 'down', from: 60, to: 60, used: 100, usual: 1000 });
    expect(back?.impact).toBeCloseTo(-90, 6);
  });

  test('nothing is judged before the new level has two days of the weekday', () => {
    expect(found(stepped({ 50: 3000 }))).toMatchObject([step]);
    expect(found(stepped({ 57: 3000 }))).toMatchObject([step, { from: 57, to: 57, usual: 1000 }]);
  });

  test('a second change is one of its own', () => {
    const again = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [60 + at, 4000]));
    expect(found(stepped(again))).toMatchObject([step, { kind: 'up', from: 60, to: 62, usual: 3000, isStep: true }]);
  });
});

test('a new metric is new spend, and unusual only once it is known', () => {
  const began = days().map((day, at) => (at < 33 ? priced(0) : day));
  expect(found(began)).toMatchObject([{ kind: 'new', from: 33, to: 46, score: 0, usual: 0 }]);
  expect(found(began, 100)).toEqual([]);
  const unknownBefore = days().map((day, at) => (at < 33 ? undefined : day));
  expect(found(unknownBefore)).toEqual([]);
});

test('days that are not known are neither judged nor compared with', () => {
  const gaps = days().map((day, at) => (at === 43 || at === 36 ? undefined : day));
  expect(found(gaps)).toEqual([]);
  expect(findAnomalies([], 0, 1)).toEqual([]);
});
