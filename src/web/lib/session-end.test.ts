import { expect, test } from 'vitest';
import { nearEnd, untilNextLook } from './session-end.ts';

const now = Date.parse('2026-11-22T14:00:00Z');
const at = (time: string) => `2026-11-22T${time}:00Z`;
const times = (idle: string, absolute: string) => ({ idleExpiresAt: at(idle), absoluteExpiresAt: at(absolute) });

test('a person is told of the last five minutes, and whether going on helps', () => {
  expect(nearEnd(times('14:30', '22:00'), now)).toBeNull();
  expect(nearEnd(times('14:05', '22:00'), now)).toEqual({ at: at('14:05'), canStay: true });
  expect(nearEnd(times('14:20', '14:03'), now)).toEqual({ at: at('14:03'), canStay: false });
  expect(nearEnd(times('13:59', '22:00'), now)).toBeNull();
});

test('the end is looked for when it is near, at least every ten minutes and at most every half minute', () => {
  expect(untilNextLook(times('14:12', '22:00'), now)).toBe(7 * 60_000 + 1_000);
  expect(untilNextLook(times('14:30', '22:00'), now)).toBe(10 * 60_000);
  expect(untilNextLook(times('14:03', '22:00'), now)).toBe(30_000);
});
