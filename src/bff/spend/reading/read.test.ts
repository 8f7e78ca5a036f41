import { expect, test } from 'vitest';
import { addDays, daysBetween } from '../days.ts';
import { mostDaysPerCall } from './pace.ts';
import { wantedOf } from './read.ts';

const reading = { organizationId: 'a', days: Array.from({ length: 31 }, (_, at) => addDays('2026-10-24', at)) };

test('a call for each day, newest first', () => {
  expect(wantedOf(reading, 1)).toEqual(reading.days.toReversed().map((day) => ({ from: day, through: day })));
});

test('with many days a call every day is wanted once, and upstream takes each call: 31 days are the most, with the day after', () => {
  for (const daysPerCall of [7, mostDaysPerCall]) {
    const calls = wantedOf(reading, daysPerCall);
    expect(calls.reduce((sum, { from, through }) => sum + daysBetween(from, through) + 1, 0)).toBe(31);
    for (const { from, through } of calls) expect(daysBetween(from, addDays(through, 1)) + 1).toBeLessThanOrEqual(31);
  }
});
