import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { moversOf } from './movers.ts';

const total = (key: string, amount: bigint | null) => ({
  outer: null,
  key,
  amount,
  records: 1,
  withValue: amount === null ? 0 : 1,
});
const totals = (amounts: Readonly<Record<string, bigint | null>>) => Object.entries(amounts).map(([key, one]) => total(key, one));
const found = (now: Readonly<Record<string, bigint | null>>, before: Readonly<Record<string, bigint | null>>) =>
  moversOf(totals(now), totals(before)).map((mover) => [mover.key, mover.previous, mover.total]);

test('what changed most is first, up or down, with what is new and what is gone', () => {
  expect(found({ a: 10n, b: 1n, c: 7n }, { a: 9n, b: 6n, d: 8n })).toEqual([
    ['d', 8n, null],
    ['c', null, 7n],
    ['b', 6n, 1n],
    ['a', 9n, 10n],
  ]);
});

test('what costs nothing in one range did cost nothing', () => {
  expect(found({ a: 3n, b: 0n }, { a: 0n, b: 5n })).toEqual([
    ['b', 5n, 0n],
    ['a', 0n, 3n],
  ]);
});

test('what is used in both ranges and has a price in one only is neither new nor gone', () => {
  expect(found({ a: null, b: 5n, c: 1n }, { a: 5n, b: null })).toEqual([['c', null, 1n]]);
});

const side = fc.dictionary(fc.nat(15).map(String), fc.option(fc.bigInt(-1000n, 1000n), { nil: null }));

test('of any two ranges, no known change that is left out is larger than one that is named', () => {
  fc.assert(
    fc.property(side, side, (now, before) => {
      const movers = moversOf(totals(now), totals(before));
      const size = (key: string) => {
        const [after, past] = [now[key], before[key]];
        if (after === null || past === null) {
          if (after === null && past === null) return 0n;
          if ((after === null && past !== undefined) || (past === null && after !== undefined)) return 0n;
        }
        const by = (after ?? 0n) - (past ?? 0n);
        return by < 0n ? -by : by;
      };
      const sizes = [...new Set([...Object.keys(now), ...Object.keys(before)])].map(size).filter((one) => one > 0n);
      const largest = sizes.toSorted((a, b) => (a < b ? 1 : -1)).slice(0, 10);
      expect(movers.map(({ key }) => size(key ?? ''))).toEqual(largest);
      for (const { key, total, previous } of movers)
        expect([total, previous]).toEqual([now[key ?? ''] ?? null, before[key ?? ''] ?? null]);
    }),
  );
});
