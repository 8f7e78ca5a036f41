import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, amountOf, compare, distance, exact, sum } from './amount.ts';

const added = (...amounts: (string | null)[]) => amountOf(sum(amounts.map(exact)));

test('sums are exact', () => {
  expect(added('0.1', '0.2')).toBe('0.3');
  expect(added('9007199254740993', '0.000000000000001')).toBe('9007199254740993.000000000000001');
  expect(added('-1.5', '1.5')).toBe('0');
});

test('null adds nothing and is not zero', () => {
  expect(added(null, null)).toBeNull();
  expect(added(null, '0')).toBe('0');
  expect(compare(null, exact('-5'))).toBeLessThan(0);
  expect(distance(null, exact('-5'))).toBe(exact('5'));
});

test('text has no exponent and no zeros at the end', () => {
  expect(added('1e21')).toBe('1000000000000000000000');
  expect(added('-0.500000')).toBe('-0.5');
  expect(added('12.000000')).toBe('12');
});

test('a digit that cannot be kept is never dropped', () => {
  expect(() => exact('0.0000000000000001')).toThrow(RangeError);
  expect(() => exact('12,5')).toThrow(RangeError);
});

test('the order of adding does not matter, and text comes back', () => {
  const amounts = fc.array(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }));
  fc.assert(
    fc.property(amounts, (list) => {
      expect(sum(list)).toBe(sum(list.toReversed()));
      expect(compare(sum(list), sum(list.toSorted(compare)))).toBe(0);
      for (const value of list) expect(exact(amountOf(value))).toBe(value);
      expect(add(sum(list), null)).toBe(sum(list));
    }),
  );
});
