import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNaturally, sortRows } from './natural-sort.ts';

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

describe('rows', () => {
  const rows = [{ v: 3 }, { v: null }, { v: 1 }, { v: undefined }, { v: Number.NaN }, { v: 2 }];

  it('puts rows without a value last in both directions', () => {
    expect(sortRows(rows, (row) => row.v, 'ascending').map((row) => row.v)).toEqual([1, 2, 3, null, undefined, Number.NaN]);
    expect(sortRows(rows, (row) => row.v, 'descending').map((row) => row.v)).toEqual([3, 2, 1, null, undefined, Number.NaN]);
  });

  it('puts numbers before words and keeps equal rows in place', () => {
    const mixed = [
      { v: 'b', n: 1 },
      { v: 2, n: 2 },
      { v: 'a', n: 3 },
      { v: 'b', n: 4 },
    ];
    expect(sortRows(mixed, (row) => row.v, 'ascending').map((row) => row.n)).toEqual([2, 3, 1, 4]);
  });
});
