import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costText, divided, dividedUp, quantityOf } from './decimal.ts';
import { costOfBillable, rateOf } from './price.ts';
import { roundings } from '../../../contract/canopy/rate-card.ts';
import { bill } from './testing.ts';

describe('known bills', () => {
  test.each([
    ['workers_cpu_ms', '39160000', '0.2'],
    ['container_memory', '126870', '0.092175'],
    ['r2_storage_class_a_operations', '1215000', '4.5'],
    ['workers_standard_requests', '100000000', '27'],
    ['workers_cpu_ms', '700000000', '13.4'],
    ['stream_minutes_delivered', '198', '1'],
    ['cache_reserve_class_b_operations', '166865', '0.36'],
    ['r2_data_storage', '11.1', '0.03'],
    // 10,000 are included on the day: 34,690 are billed as 35 whole blocks
    ['workers_ai_neurons', '44690', '0.385'],
  ])('%s of %s costs %s', (metric, quantity, cost) => {
    expect(bill([{ metric, days: [quantity] }])).toBe(cost);
  });

  test('the same in thirty days', () => {
    expect(bill([{ metric: 'workers_cpu_ms', days: Array.from({ length: 20 }, () => 1_958_000) }])).toBe('0.2');
    expect(bill([{ metric: 'r2_data_storage', days: Array.from({ length: 30 }, () => '0.37') }])).toBe('0.03');
  });
});

describe('rounding', () => {
  const price = { amount: '0.30', per: '1000000' };
  const cost = (quantity: string, rounding: (typeof roundings)[number], per = price) =>
    costText(costOfBillable(rateOf(per, rounding, '0'), quantityOf(quantity)));

  test.each([
    ['none', '1', '0.0000003'],
    ['none', '0.000047300001', '0.00000000001419'],
    ['block', '1', '0.3'],
    ['block', '1000000', '0.3'],
    ['block', '1000001', '0.6'],
    ['unit', '0.2', '0.0000003'],
    ['nearest-unit', '0.4', '0'],
    ['nearest-unit', '0.5', '0.0000003'],
    ['nearest-unit', '1.49', '0.0000003'],
  ] as const)('%s of %s costs %s', (rounding, quantity, expected) => {
    expect(cost(quantity, rounding)).toBe(expected);
  });

  test('what thirtieths leave over begins no unit and no block', () => {
    const gigabyte = { amount: '0.015', per: '1' };
    expect(cost('20.00000000001', 'unit', gigabyte)).toBe('0.3');
    expect(cost('20.00000001', 'unit', gigabyte)).toBe('0.315');
    expect(cost('2000000.0001', 'block')).toBe('0.6');
    expect(cost('2000000.01', 'block')).toBe('0.9');
    expect(cost('0.000001', 'block')).toBe('0.3');
  });

  test('a discount is exact', () => {
    expect(costText(costOfBillable(rateOf(price, 'block', '12.3456'), quantityOf('1')))).toBe('0.2629632');
    expect(costText(costOfBillable(rateOf(price, 'block', '100'), quantityOf('1')))).toBe('0');
  });
});

const quantity = fc.bigInt({ min: 0n, max: 10n ** 24n });
const decimalText = fc
  .tuple(fc.nat(1000), fc.integer({ min: 1, max: 99_999_999 }))
  .map(([whole, fraction]) => `${whole}.${fraction.toString().padStart(8, '0')}`);
const rounding = fc.constantFrom(...roundings);
const discount = fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => String(millionths / 10_000));

describe('any price', () => {
  test('more never costs less, and nothing costs nothing', () => {
    fc.assert(
      fc.property(quantity, quantity, decimalText, decimalText, rounding, discount, (a, b, amount, per, rounding, discount) => {
        const rate = rateOf({ amount, per }, rounding, discount);
        expect(costOfBillable(rate, a + b)).toBeGreaterThanOrEqual(costOfBillable(rate, a));
        expect(costOfBillable(rate, 0n)).toBe(0n);
        expect(costOfBillable(rate, -a)).toBe(0n);
      }),
    );
  });

  test('a discount never raises', () => {
    fc.assert(
      fc.property(quantity, decimalText, decimalText, rounding, discount, (quantity, amount, per, rounding, discount) => {
        const full = costOfBillable(rateOf({ amount, per }, rounding, '0'), quantity);
        expect(costOfBillable(rateOf({ amount, per }, rounding, discount), quantity)).toBeLessThanOrEqual(full);
      }),
    );
  });

  test('whole blocks cost no less than the quantity itself, and at most one block more', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.integer({ min: 1, max: 1000 }), (quantity, per) => {
        const price = { amount: '0.3', per: String(per) };
        const exact = costOfBillable(rateOf(price, 'none', '0'), quantity);
        const blocks = costOfBillable(rateOf(price, 'block', '0'), quantity);
        const block = costOfBillable(rateOf(price, 'block', '0'), 1n);
        expect(blocks).toBeGreaterThan(exact - block / 500_000_000n); // a billionth of a block begins none
        expect(blocks).toBeLessThanOrEqual(exact + block);
      }),
    );
  });

  test('a fraction costs as the number that it is', () => {
    fc.assert(
      fc.property(
        quantity,
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        decimalText,
        rounding,
        (quantity, over, amount, rounding) => {
          const rate = rateOf({ amount, per: '1000' }, rounding, '0');
          expect(costOfBillable(rate, quantity * over, over)).toBe(costOfBillable(rate, quantity));
        },
      ),
    );
  });
});

describe('division', () => {
  test('is to the nearest, half away from zero, or up', () => {
    expect([divided(5n, 2n), divided(-5n, 2n), divided(4n, 3n), divided(-5n, 3n), divided(1n, 3n)]).toEqual([
      3n,
      -3n,
      1n,
      -2n,
      0n,
    ]);
    expect([dividedUp(4n, 2n), dividedUp(5n, 2n), dividedUp(0n, 2n), dividedUp(-5n, 2n)]).toEqual([2n, 3n, 0n, -2n]);
  });

  test('is never further than half from the truth', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 15n }), (value, by) => {
        const off = divided(value, by) * by - value;
        expect((off < 0n ? -off : off) * 2n).toBeLessThanOrEqual(by);
      }),
    );
  });
});
