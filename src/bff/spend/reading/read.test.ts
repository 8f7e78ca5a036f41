import { expect, test } from 'vitest';
import { addDays, daysBetween } from '../days.ts';
import { mostDaysPerCall } from './pace.ts';
import { callsOf } from './read.ts';

const today = '2026-11-23';
const reading = { organizationId: 'a', days: Array.from({ length: 31 }, (_, at) => addDays('2026-10-24', at)) };

test('until upstream was seen to include the last day the day after is asked for too, except after today', () => {
  const [newest, second] = callsOf(reading, { daysPerCall: 1, lastDay: 'unknown', today });
  expect(newest).toEqual({ from: today, through: today, to: today });
  expect(second).toEqual({ from: '2026-11-22', through: '2026-11-22', to: today });
});

test('once it was, a call is for its days alone', () => {
  const calls = callsOf(reading, { daysPerCall: 1, lastDay: 'included', today });
  expect(calls.map(({ from }) => from)).toEqual(reading.days.toReversed());
  for (const { from, through, to } of calls) expect([through, to]).toEqual([from, from]);
});

test('upstream takes every call: 31 days are the most', () => {
  for (const daysPerCall of [1, 7, mostDaysPerCall])
    for (const lastDay of ['unknown', 'included'] as const) {
      const calls = callsOf(reading, { daysPerCall, lastDay, today });
      for (const { from, to } of calls) expect(daysBetween(from, to) + 1).toBeLessThanOrEqual(31);
      expect(calls.reduce((sum, { from, through }) => sum + daysBetween(from, through) + 1, 0)).toBe(31);
    }
});
