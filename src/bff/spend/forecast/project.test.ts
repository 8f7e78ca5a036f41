import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bandOf, project } from './project.ts';

const repeated = (week: readonly number[], days = 28): number[] =>
  Array.from({ length: days }, (_, at) => week[at % week.length] ?? 0);
const week = [100, 110, 120, 110, 100, 20, 10];
const ahead = (days: readonly (number | undefined)[], count: number, isLevel = false): number[] => {
  const projection = project(days, isLevel);
  return Array.from({ length: count }, (_, at) => projection?.on(at + 1) ?? Number.NaN);
};

describe('a projection', () => {
  test('of a steady history is that history', () => {
    expect(ahead(repeated([50]), 3)).toEqual([0, 0, 0].map(() => expect.closeTo(50, 9)));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 7, maxLength: 7 }), (usual) => {
        const days = ahead(repeated(usual), 14);
        for (const [at, used] of days.entries()) expect(used).toBeCloseTo(usual[at % 7] ?? 0, 3);
        expect(project(repeated(usual), false)?.deviation).toBeCloseTo(0, 3);
      }),
    );
  });

  test('keeps the weekdays apart, also where the history does not end with a week', () => {
    expect(ahead(repeated(week, 26), 3).map(Math.round)).toEqual([20, 10, 100]);
  });

  test('is as high as the last seven days were', () => {
    const doubled = [...repeated(week, 21), ...week.map((used) => used * 2)];
    expect(ahead(doubled, 7).map(Math.round)).toEqual(week.map((used) => used * 2));
    expect(ahead([...repeated(week, 21), ...week.map(() => 0)], 2)).toEqual([0, 0]);
  });

  test('does not repeat a day that was unlike the others', () => {
    const spiked = repeated(week);
    spiked[2] = 10_000;
    expect(ahead(spiked, 3).map(Math.round)).toEqual([100, 110, 120]);
  });

  test('is the average day where the history is short, or too sparse to have a usual day', () => {
    expect(ahead([10, 20, 30], 2)).toEqual([20, 20]);
    const now = Array.from({ length: 28 }, (_, at) => (at === 20 ? 280 : 0));
    expect(ahead(now, 2)).toEqual([10, 10]);
  });

  test('is none before there are three known days', () => {
    expect(project([], false)).toBeNull();
    expect(project([...Array.from<undefined>({ length: 26 }), 5, 5], false)).toBeNull();
    expect(project([undefined, 5, undefined, 5, 5], false)).not.toBeNull();
  });

  test('leaves out days that are not known: they are not zero', () => {
    const days: (number | undefined)[] = repeated(week);
    days[24] = undefined;
    expect(ahead(days, 4).map(Math.round)).toEqual([100, 110, 120, 110]);
  });

  test('of a level is its latest value, without a band', () => {
    expect(ahead([5, 5, 5, 9, undefined], 2, true)).toEqual([9, 9]);
    expect(project([5, 5, 9], true)?.deviation).toBe(0);
  });

  test('has a band that grows with the days, by more than their square root and less than their number', () => {
    const noisy = project([90, 110, 95, 105, 100, 100, 92, 108], false);
    const sum = (days: number) => (noisy ? bandOf(noisy, days) * days : 0);
    expect(sum(1)).toBeGreaterThan(0);
    expect(sum(16)).toBeGreaterThan(4 * sum(1));
    expect(sum(16)).toBeLessThan(16 * sum(1));
  });
});

/** Random numbers that are the same every time, from 0 up to 1. */
function randomsFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

describe('of days that miss their weekday by chance, four of five sums are in the band', () => {
  const isInside = (history: number, days: number, random: () => number): boolean => {
    const normal = () => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
    const all = Array.from({ length: history + days }, (_, at) => (week[at % 7] ?? 0) * (1 + 0.2 * normal()));
    const projection = project(all.slice(0, history), false);
    if (!projection) throw new Error('no projection');
    const sum = (amounts: readonly number[]) => amounts.reduce((whole, one) => whole + one, 0);
    const expected = sum(Array.from({ length: days }, (_, at) => projection.on(at + 1)));
    return Math.abs(sum(all.slice(history)) - expected) <= bandOf(projection, days) * days;
  };

  test.each([7, 14, 21, 28])('over %s days ahead', (days) => {
    const random = randomsFrom(days);
    const months = 1500;
    const inside = Array.from({ length: months }, () => isInside(28, days, random)).filter(Boolean).length;
    expect(inside / months).toBeGreaterThan(0.76);
    expect(inside / months).toBeLessThan(0.88);
  });
});
