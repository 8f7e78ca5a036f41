import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, bucketsOf, daysBetween, eachDay, monthsBefore, nextMonth, stateOfBucket, weekOf } from './days.ts';
import type { DayState } from '../../contract/canopy/spend.ts';

const granularities = ['day', 'week', 'month'] as const;
const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('2000-01-01', count));

describe('days', () => {
  test('weeks begin on Monday', () => {
    expect(weekOf('2026-11-23')).toBe('2026-11-23');
    expect(weekOf('2026-11-22')).toBe('2026-11-16');
  });

  test('months', () => {
    expect(nextMonth('2026-01-31')).toBe('2026-02-01');
    expect(monthsBefore('2026-03-31', 13)).toBe('2025-02-01');
  });
});

describe('buckets', () => {
  test('the first and last are cut to the range', () => {
    expect(bucketsOf({ from: '2026-01-30', to: '2026-03-02' }, 'month')).toEqual([
      { start: '2026-01-01', from: '2026-01-30', to: '2026-02-01' },
      { start: '2026-02-01', from: '2026-02-01', to: '2026-03-01' },
      { start: '2026-03-01', from: '2026-03-01', to: '2026-03-02' },
    ]);
  });

  test('every day of a range is in exactly one', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 500 }), fc.constantFrom(...granularities), (from, count, granularity) => {
        const range = { from, to: addDays(from, count) };
        const covered = bucketsOf(range, granularity).flatMap((bucket) => Array.from(eachDay(bucket)));
        expect(covered).toEqual([...eachDay(range)]);
        expect(covered).toHaveLength(daysBetween(range.from, range.to));
      }),
    );
  });

  test.each<[string, DayState[], DayState]>([
    ['all stored', ['stored', 'stored'], 'stored'],
    ['stored up to today', ['stored', 'today'], 'today'],
    ['all missing', ['missing', 'missing'], 'missing'],
    ['some failed', ['stored', 'failed'], 'incomplete'],
    ['nothing but failures and gaps', ['missing', 'failed'], 'incomplete'],
  ])('%s', (_, states, expected) => {
    const from = '2026-11-01';
    const stateOf = (day: string) => states[daysBetween(from, day)] ?? 'missing';
    expect(stateOfBucket({ from, to: addDays(from, 10) }, '2026-11-02', stateOf)).toBe(expected);
  });

  test('is ahead where no day of it has begun', () => {
    expect(stateOfBucket({ from: '2026-11-03', to: '2026-11-10' }, '2026-11-02', () => 'ahead')).toBe('ahead');
  });
});
