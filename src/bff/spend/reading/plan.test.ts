import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../days.ts';
import { halves, Plan } from './plan.ts';
import type { DayFetch } from '../store/store.ts';

const today = '2026-11-23';
const start = '2026-01-01';
const stored = (organizationId: string, day: string, records = 10): DayFetch => ({
  organizationId,
  day,
  storedAt: `${addDays(day, 2)}T00:00:00.000Z`,
  records,
  attempts: 0,
});
const all = (plan: Plan) => [...plan.readings()];

describe('what is read', () => {
  test('today, then the days that may be corrected, then the history', () => {
    const readings = all(new Plan(['a', 'b'], '2026-11-01', today));
    expect(readings.slice(0, 4).map(({ organizationId, days }) => [organizationId, days[0], days.at(-1)])).toEqual([
      ['a', '2026-11-23', '2026-11-23'],
      ['b', '2026-11-23', '2026-11-23'],
      ['a', '2026-11-20', '2026-11-22'],
      ['b', '2026-11-20', '2026-11-22'],
    ]);
  });

  test('settled days only once, days before today again', () => {
    const plan = new Plan(['a'], '2026-11-10', today);
    for (let day = '2026-11-10'; day <= today; day = addDays(day, 1)) plan.known(stored('a', day));
    expect(all(plan).flatMap(({ days }) => days)).toEqual(['2026-11-23', '2026-11-20', '2026-11-21', '2026-11-22']);
  });

  test('a day that was stored before it was over is read again', () => {
    const plan = new Plan(['a'], '2026-11-01', today);
    for (let day = '2026-11-01'; day <= today; day = addDays(day, 1)) plan.known(stored('a', day));
    expect(plan.size).toBe(4);
    const early = new Plan(['a'], '2026-11-01', today);
    early.known({ ...stored('a', '2026-11-05'), storedAt: '2026-11-05T23:59:59.999Z' });
    expect(all(early).flatMap(({ days }) => days)).toContain('2026-11-05');
  });

  test('days are awaited until they are read, or failed', () => {
    const plan = new Plan(['a', 'b'], '2026-09-10', today);
    const october = { from: '2026-10-01', to: '2026-11-01' };
    plan.known(stored('a', '2026-10-31'));
    expect(plan.awaits('a', october)).toBe(true);
    for (const reading of all(plan)) {
      expect(plan.awaits(reading.organizationId, { from: reading.days[0] ?? '', to: addDays(today, 1) })).toBe(true);
      if (reading.organizationId === 'a') plan.settled(reading);
    }
    expect(plan.awaits('a', october)).toBe(false);
    expect(plan.awaits('a', { from: '2026-01-01', to: addDays(today, 30) })).toBe(false);
    expect(plan.awaits('b', october)).toBe(true);
    expect(plan.awaits('b', { from: '2026-08-01', to: '2026-09-10' })).toBe(false); // before the history begins
    expect(plan.awaits('unknown', october)).toBe(false);
  });

  test('every needed day exactly once, in readings of consecutive ones', () => {
    const gaps = fc.uniqueArray(fc.nat(326));
    fc.assert(
      fc.property(gaps, fc.nat(40_000), (missing, records) => {
        const plan = new Plan(['a'], start, today);
        const expected = new Set<string>();
        for (let index = 0, day = start; day <= today; index++, day = addDays(day, 1)) {
          if (missing.includes(index) || day >= '2026-11-20') expected.add(day);
          if (!missing.includes(index)) plan.known(stored('a', day, records));
        }
        const readings = all(plan);
        expect(readings.flatMap(({ days }) => days).sort()).toEqual([...expected].sort());
        for (const { days } of readings) {
          expect(days.length).toBeLessThanOrEqual(30);
          expect(days).toEqual(days.map((_, index) => addDays(days[0] ?? '', index)));
        }
        expect(plan.size).toBe(expected.size);
      }),
    );
  });
});

describe('how much at a time', () => {
  test('as many days as moderate transactions hold', () => {
    const busy = new Plan(['a'], '2026-10-01', today);
    busy.learned('a', 1, 4000);
    expect(Math.max(...all(busy).map(({ days }) => days.length))).toBe(2);
    busy.learned('a', 1, 100_000);
    expect(Math.max(...all(busy).map(({ days }) => days.length))).toBe(1);
  });

  test('days that failed are read in smaller parts each time', () => {
    const lengths = (attempts: number) => {
      const plan = new Plan(['a'], '2026-10-01', today);
      plan.learned('a', 1, 1);
      for (let day = '2026-10-01'; day < '2026-11-20'; day = addDays(day, 1))
        plan.known({ organizationId: 'a', day, storedAt: null, records: 0, attempts });
      return Math.max(...all(plan).map(({ days }) => days.length));
    };
    expect([0, 1, 2, 3].map(lengths)).toEqual([30, 7, 3, 3]);
  });

  test('halves hold the same days, the newer first', () => {
    const parts = halves({ organizationId: 'a', days: ['2026-11-01', '2026-11-02', '2026-11-03'] });
    expect(parts.map(({ days }) => days)).toEqual([['2026-11-03'], ['2026-11-01', '2026-11-02']]);
  });
});
