import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../days.ts';
import { calendarOf, cycleOf, cyclesOf } from './cycle.ts';

describe('a billing cycle', () => {
  test.each([
    ['2026-11-22', null, '2026-11-01', '2026-12-01'],
    ['2026-11-22', 1, '2026-11-01', '2026-12-01'],
    ['2026-11-11', 12, '2026-10-12', '2026-11-12'],
    ['2026-11-12', 12, '2026-11-12', '2026-12-12'],
    ['2027-01-05', 20, '2026-12-20', '2027-01-20'],
    ['2026-02-27', 31, '2026-01-31', '2026-02-28'],
    ['2026-02-28', 31, '2026-02-28', '2026-03-31'],
    ['2026-03-30', 31, '2026-02-28', '2026-03-31'],
    ['2028-02-29', 31, '2028-02-29', '2028-03-31'],
    ['2028-02-28', 30, '2028-01-30', '2028-02-29'],
  ])('of %s with anchor %s runs from %s to %s', (day, anchor, from, to) => {
    expect(cycleOf(day, anchor)).toEqual({ from, to });
  });

  test('holds its day, and the next one follows without a gap', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 31 }), (days, anchor) => {
        const day = addDays('2020-01-01', days);
        const cycle = cycleOf(day, anchor);
        expect(cycle.from <= day && day < cycle.to).toBe(true);
        expect(cycleOf(cycle.to, anchor).from).toBe(cycle.to);
        expect(cycleOf(addDays(cycle.to, -1), anchor)).toEqual(cycle);
      }),
    );
  });

  test('a range has those that hold its days, each whole', () => {
    expect(cyclesOf({ from: '2026-01-15', to: '2026-03-01' }, 31)).toEqual([
      { from: '2025-12-31', to: '2026-01-31' },
      { from: '2026-01-31', to: '2026-02-28' },
      { from: '2026-02-28', to: '2026-03-31' },
    ]);
    expect(cyclesOf({ from: '2026-01-15', to: '2026-01-15' }, 31)).toEqual([]);
  });

  test('has its days in order', () => {
    const { days, indexOf } = calendarOf(cycleOf('2026-02-28', 31));
    expect([days.length, days[0], days.at(-1), indexOf.get('2026-03-01')]).toEqual([31, '2026-02-28', '2026-03-30', 1]);
  });
});
