import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTo, groupedText, parseDecimal, ratioUnits, roundedUnits, subtract, ungrouped } from './decimal.ts';

const decimal = (text: string) => {
  const value = parseDecimal(text);
  if (!value) throw new Error(`${text} is not a number`);
  return value;
};

describe('decimal text', () => {
  it('reads signs, fractions and exponents', () => {
    expect(parseDecimal('-12.50')).toEqual({ units: -1250n, scale: 2 });
    expect(parseDecimal('1e3')).toEqual({ units: 1000n, scale: 0 });
    expect(parseDecimal('1.5E-2')).toEqual({ units: 15n, scale: 3 });
    expect(parseDecimal('+7')).toEqual({ units: 7n, scale: 0 });
  });

  it.each(['', 'abc', '1,000', '.5', '1.', '0x10', 'NaN', 'Infinity', '1e9999'])('%s is not a number', (text) =>
    expect(parseDecimal(text)).toBeNull(),
  );

  it.each([
    [' 1,234,567.50 ', '1234567.50'],
    ['100', '100'],
    ['1,50', '1,50'],
    ['0,500', '0,500'],
    ['12,34,567', '12,34,567'],
    ['1.5,000', '1.5,000'],
  ])('%s is typed for %s: a comma that parts no thousands may stand for a point', (typed, text) =>
    expect(ungrouped(typed)).toBe(text),
  );

  it('rounds half away from zero, as people do', () => {
    expect(roundedUnits(decimal('0.125'), 2)).toBe(13n);
    expect(roundedUnits(decimal('-0.125'), 2)).toBe(-13n);
    expect(roundedUnits(decimal('2'), 3)).toBe(2000n);
  });

  it('subtracts across scales', () => {
    expect(subtract(decimal('1'), decimal('0.9'))).toEqual({ units: 1n, scale: 1 });
  });

  it('compares', () => {
    expect(compareTo(decimal('0.0100'), 1n, 2)).toBe(0);
    expect(compareTo(decimal('0.00999'), 1n, 2)).toBe(-1);
    expect(compareTo(decimal('1000.01'), 1000n)).toBe(1);
  });

  it('has no ratio to zero', () => {
    expect(ratioUnits(decimal('1'), decimal('0.00'), 3)).toBeNull();
    expect(ratioUnits(decimal('1'), decimal('3'), 3)).toBe(333n);
  });

  it('adds up to what was sent: rounding once never moves a cent', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (units) => {
        const text = `${units < 0n ? '-' : ''}${groupedText(units, 6).replaceAll(',', '')}`;
        expect(decimal(text)).toEqual({ units, scale: 6 });
        const error = roundedUnits(decimal(text), 2) * 10_000n - units;
        expect(error >= -5000n && error <= 5000n).toBe(true);
      }),
    );
  });
});
