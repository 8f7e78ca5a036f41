import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exact, sum } from '../amount.ts';
import { burnOf, planned, spread } from './burn.ts';
import type { BudgetMonth } from './burn.ts';

const units = (amount: string) => exact(amount) ?? 0n;
const november = { from: '2026-11-01', to: '2026-12-01' };
const even = (cost: string, days: number) => Array.from({ length: days }, () => exact(cost));
const at = (more: Partial<BudgetMonth> = {}) =>
  burnOf({
    month: november,
    amount: units('300'),
    today: '2026-11-16',
    costs: even('10', 15),
    forecast: { expected: units('300'), low: units('280'), high: units('330') },
    thresholds: [50, 75, 90, 100],
    ...more,
  });

describe('a month of a budget', () => {
  test('as planned', () => {
    const { state, used, share, burn, elapsed, breach, thresholds } = at();
    expect({ state, used, share, burn, elapsed, breach }).toEqual({
      state: 'on-track',
      used: '150',
      share: 0.5,
      burn: 1,
      elapsed: { days: 15, of: 30 },
      breach: null,
    });
    expect(thresholds).toEqual([
      { percent: 50, amount: '150', passedOn: '2026-11-15', expectedOn: null },
      { percent: 75, amount: '225', passedOn: null, expectedOn: '2026-11-23' },
      { percent: 90, amount: '270', passedOn: null, expectedOn: '2026-11-27' },
      { percent: 100, amount: '300', passedOn: null, expectedOn: '2026-11-30' },
    ]);
  });

  test('expected beyond, and beyond', () => {
    const risky = at({ costs: even('12', 15), forecast: { expected: units('360'), low: units('350'), high: units('370') } });
    expect(risky).toMatchObject({ state: 'at-risk', burn: 1.2, breach: { day: '2026-11-26', passed: false } });
    const over = at({ costs: even('21', 15) });
    expect(over).toMatchObject({ state: 'over', share: 1.05, breach: { day: '2026-11-15', passed: true } });
    expect(over.thresholds.at(-1)).toMatchObject({ passedOn: '2026-11-15', expectedOn: null });
  });

  test('without a forecast, without days, without an amount', () => {
    expect(at({ forecast: null })).toMatchObject({ state: 'no-forecast', breach: null });
    const first = at({ today: '2026-11-01', costs: [] });
    expect(first).toMatchObject({ used: null, share: null, burn: null, state: 'on-track' });
    expect(at({ amount: 0n })).toMatchObject({ state: 'over', share: null, burn: null, breach: { day: '2026-11-01' } });
    expect(at({ amount: 0n, costs: even('0', 15), forecast: null })).toMatchObject({ state: 'no-forecast', used: '0' });
  });

  test('days of which nothing is known add nothing, and are not zero', () => {
    expect(at({ costs: [null, null, exact('5')], forecast: null }).sums.slice(0, 4)).toEqual([
      null,
      null,
      units('5'),
      units('5'),
    ]);
    expect(at({ costs: Array.from({ length: 15 }, () => null) }).used).toBeNull();
  });

  test('a month that is over needs no forecast', () => {
    expect(at({ today: '2026-12-03', costs: even('9', 30), forecast: null })).toMatchObject({
      state: 'on-track',
      elapsed: { days: 30, of: 30 },
      burn: 0.9,
    });
  });

  test('holds for any costs and thresholds', () => {
    const cost = fc.option(fc.bigInt({ min: 0n, max: 10n ** 20n }), { nil: null });
    fc.assert(
      fc.property(
        fc.array(cost, { maxLength: 30 }),
        fc.bigInt({ min: 1n, max: 10n ** 21n }),
        fc.option(fc.bigInt({ min: 0n, max: 10n ** 21n }), { nil: null }),
        (costs, amount, expected) => {
          const today = `2026-11-${String(Math.min(30, costs.length + 1)).padStart(2, '0')}`;
          const forecast = expected === null ? null : { expected, low: expected, high: expected };
          const burn = at({ today, costs, amount, forecast });
          const used = sum(costs.slice(0, burn.elapsed.days)) ?? 0n;
          // over exactly where more is used than the amount; the last threshold and the breach agree on the day or the next
          expect(burn.state === 'over').toBe(used > amount);
          if (burn.state !== 'over' && expected !== null) expect(burn.state === 'at-risk').toBe(expected > amount);
          const days = burn.thresholds.map(({ passedOn, expectedOn }) => passedOn ?? expectedOn ?? '9999');
          expect(days).toEqual(days.toSorted());
          if (burn.breach) expect((days.at(-1) ?? '') <= burn.breach.day).toBe(true);
        },
      ),
    );
  });

  test('what is left is spread evenly, to the last digit', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 24n),
        fc.bigInt(0n, 10n ** 24n),
        fc.integer({ min: 1, max: 31 }),
        (used, expected, days) => {
          const line = spread(used, expected, days);
          expect(line.at(-1)).toBe(expected > used ? expected : used);
          expect(line).toEqual(line.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
          expect(planned(expected, days, days)).toBe(expected);
        },
      ),
    );
  });
});
