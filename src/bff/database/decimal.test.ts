import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { digits, scaled } from './decimal.ts';

test('a number keeps every digit', () => {
  expect(digits('9007199254740993')).toEqual({ value: 9007199254740993n, scale: 0 });
  expect(digits('0.1000000000000000055')).toEqual({ value: 1000000000000000055n, scale: 19 });
  expect(digits('-12.50e1')).toEqual({ value: -1250n, scale: 1 });
  expect(digits('1E+21')).toEqual({ value: 10n ** 21n, scale: 0 });
  expect(digits('4.73e-5')).toEqual({ value: 473n, scale: 7 });
});

test('what is no number, or absurdly long, is refused', () => {
  for (const text of ['', ' 1', '1,5', 'NaN', 'Infinity', '0x10', '1e999999999', '1e-999999999']) expect(digits(text)).toBeNull();
});

test('a value fits a column exactly or not at all', () => {
  expect(scaled('1.250000', 18, 6)).toBe(1250000n);
  expect(scaled('1.2500000', 18, 6)).toBe(1250000n);
  expect(scaled('1.0000001', 18, 6)).toBeNull();
  expect(scaled('999999999999.999999', 18, 6)).toBe(999999999999999999n);
  expect(scaled('1000000000000', 18, 6)).toBeNull();
});

test('every integer of units comes back as itself', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.nat(12), (value, scale) => {
      const text = value < 0n ? `-${(-value).toString()}e-${scale}` : `${value.toString()}e-${scale}`;
      expect(scaled(text, 38, 12)).toBe(value * 10n ** BigInt(12 - scale));
    }),
  );
});
