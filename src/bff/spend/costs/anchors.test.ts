import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cycleOf } from '../pricing/cycle.ts';
import { addDays } from '../days.ts';
import { anchorOf, tellingMore, toldBy } from './anchors.ts';

test.each([
  ['2026-10-12', { anchor: 12, exact: true }],
  ['2026-01-31', { anchor: 31, exact: true }],
  ['2026-01-30', { anchor: 30, exact: true }],
  ['2026-04-30', { anchor: 30, exact: false }],
  ['2026-02-28', { anchor: 28, exact: false }],
  ['2028-02-28', { anchor: 28, exact: true }],
  ['', null],
  ['2026-13-01', null],
])('a period that starts on %s tells %o', (start, told) => {
  expect(toldBy(start)).toEqual(told);
});

test('what tells all stands before what does not, and the later before the earlier', () => {
  const [fifth, twelfth] = [
    { anchor: 5, exact: true },
    { anchor: 12, exact: true },
  ];
  const [february, april] = [
    { anchor: 28, exact: false },
    { anchor: 30, exact: false },
  ];
  expect(tellingMore(undefined, february)).toBe(february);
  expect(tellingMore(fifth, twelfth)).toBe(twelfth);
  expect(tellingMore(april, fifth)).toBe(fifth);
  expect(tellingMore(fifth, april)).toBe(fifth);
  expect(tellingMore(february, april)).toBe(april);
  expect(tellingMore(april, february)).toBe(april);
});

test('what the days tell themselves stands, unless others know of a later day', () => {
  expect(anchorOf(undefined, undefined)).toBeNull();
  expect(anchorOf(undefined, { anchor: 12, exact: true })).toBe(12);
  expect(anchorOf({ anchor: 5, exact: true }, { anchor: 12, exact: true })).toBe(5);
  expect(anchorOf({ anchor: 28, exact: false }, { anchor: 31, exact: true })).toBe(31);
  expect(anchorOf({ anchor: 28, exact: false }, { anchor: 5, exact: true })).toBe(28);
});

test('any three cycles of an account tell its anchor', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 1, max: 31 }), (days, anchor) => {
      const first = cycleOf(addDays('2020-01-01', days), anchor);
      const second = cycleOf(first.to, anchor);
      const starts = [first.from, second.from, second.to].map((start) => toldBy(start));
      const told = starts.reduce<ReturnType<typeof toldBy>>((known, one) => one && tellingMore(known ?? undefined, one), null);
      expect(told && anchorOf(undefined, told)).toBe(anchor);
    }),
  );
});
