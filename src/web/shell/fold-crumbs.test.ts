import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldCrumbs } from './fold-crumbs.ts';

test('everything stays while there is room', () => {
  expect(foldCrumbs([100, 100, 100], 300, 30)).toBeNull();
  expect(foldCrumbs([500], 100, 30)).toBeNull();
  expect(foldCrumbs([], 100, 30)).toBeNull();
});

test('the crumbs after the root fold first, then more of the middle, then the root too', () => {
  const widths = [100, 100, 100, 100, 100];
  expect(foldCrumbs(widths, 450, 30)).toEqual({ from: 1, to: 2 });
  expect(foldCrumbs(widths, 400, 30)).toEqual({ from: 1, to: 3 });
  expect(foldCrumbs(widths, 240, 30)).toEqual({ from: 1, to: 4 });
  expect(foldCrumbs(widths, 200, 30)).toEqual({ from: 0, to: 4 });
});

test('two crumbs that do not fit leave the last one', () => {
  expect(foldCrumbs([200, 200], 300, 30)).toEqual({ from: 0, to: 1 });
});

test('what is left fits, or only the last crumb is left', () => {
  const widths = fc.array(fc.integer({ min: 20, max: 300 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(widths, fc.integer({ min: 0, max: 1500 }), (all, room) => {
      const fold = foldCrumbs(all, room, 30);
      if (!fold) return;
      const left = all.filter((_, index) => index < fold.from || index >= fold.to);
      const width = left.reduce((sum, one) => sum + one, 30);
      expect(width <= room || (fold.from === 0 && left.length === 1)).toBe(true);
    }),
  );
});
