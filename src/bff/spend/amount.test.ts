import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, compare, plain } from './amount.ts';

test('sums are exact', () => {
  expect(add('0.1', '0.2')).toBe('0.3');
  expect(add('9007199254740993', '0.000000000001')).toBe('9007199254740993.000000000001');
  expect(add('-1.5', '1.5')).toBe('0');
});

test('null adds nothing and is not zero', () => {
  expect(add(null, null)).toBeNull();
  expect(add(null, '0')).toBe('0');
  expect(compare(null, '-5')).toBeLessThan(0);
});

test('plain text has no exponent and no zeros at the end', () => {
  expect(plain('1e21')).toBe('1000000000000000000000');
  expect(plain('-0.500000')).toBe('-0.5');
  expect(plain('12.000000')).toBe('12');
});

test('the order of adding does not matter', () => {
  const amounts = fc.array(
    fc
      .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(12))
      .map(([value, scale]) => plain(`${value.toString()}e-${scale}`)),
  );
  fc.assert(
    fc.property(amounts, (list) => {
      const sum = (parts: readonly (string | null)[]) => parts.reduce<string | null>(add, null);
      expect(sum(list)).toBe(sum(list.toReversed()));
      expect(compare(sum(list), sum(list.toSorted(compare)))).toBe(0);
    }),
  );
});
