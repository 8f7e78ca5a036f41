import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNaturally, compareValues } from './natural-sort.ts';

describe('natural order', () => {
  it('counts in names', () => {
    expect(['Host 10', 'Host 2', 'host 1'].toSorted(compareNaturally)).toEqual(['host 1', 'Host 2', 'Host 10']);
  });

  it('keeps accents beside their letters', () => {
    expect(['Kz', 'Kōwhai', 'Kowhai', 'Ka'].toSorted(compareNaturally)).toEqual(['Ka', 'Kowhai', 'Kōwhai', 'Kz']);
  });

  it('is an order: equal only to itself', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(compareNaturally(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareNaturally(a, b))).toBe(-Math.sign(compareNaturally(b, a)) + 0);
      }),
    );
  });
});

describe('values of a column', () => {
  it('have numbers by size before words by name', () => {
    expect(['b', 10, 'a', 9].toSorted(compareValues)).toEqual([9, 10, 'a', 'b']);
  });

  it('are equal where nothing is there', () => {
    expect(compareValues(null, undefined)).toBe(0);
    expect(compareValues(Number.NaN, null)).toBe(0);
  });
});
