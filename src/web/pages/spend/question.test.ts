import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spendDimensions } from '../../../contract/canopy/spend.ts';
import type { SpendDimension } from '../../../contract/canopy/spend.ts';
import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import { measureOf, rangeOf, readFilter, withFilter, writeFilter } from './question.ts';

const metric = (name: string, unit = 'Requests') => ({
  metric: name,
  name,
  family: null,
  unit,
  summable: true,
  accounts: 1,
  records: 1,
});
const asked = { measure: 'auto', metric: null, unit: null, currency: null } as const;

describe('the question of the page', () => {
  it('is about what it costs where anything has a cost, else about one metric', () => {
    expect(measureOf(asked, { metrics: [metric('a')], currencies: ['EUR', 'USD'] })).toEqual({
      kind: 'spend',
      currency: 'EUR',
    });
    expect(measureOf({ ...asked, measure: 'cost' }, { metrics: [], currencies: ['EUR'] })).toEqual({
      kind: 'cost',
      column: 'BilledCost',
      currency: 'EUR',
    });
    expect(measureOf(asked, { metrics: [metric('a')], currencies: [] })).toEqual({
      kind: 'quantity',
      metric: 'a',
      unit: 'Requests',
    });
    expect(
      measureOf(
        { ...asked, measure: 'quantity', metric: 'b' },
        { metrics: [metric('a'), metric('b', 'GB')], currencies: ['USD'] },
      ),
    ).toEqual({ kind: 'quantity', metric: 'b', unit: 'GB' });
    expect(measureOf(asked, { metrics: [], currencies: [] })).toBeNull();
  });

  it('covers 30 complete days when the URL names no sensible range', () => {
    expect(rangeOf(null, null, '2026-11-22')).toEqual({ from: '2026-10-23', before: '2026-11-22' });
    expect(rangeOf('2026-11-05', '2026-11-01', '2026-11-22')).toEqual({ from: '2026-10-23', before: '2026-11-22' });
    expect(rangeOf('2026-01-01', '2026-02-01', '2026-11-22')).toEqual({ from: '2026-01-01', before: '2026-02-01' });
  });

  it('keeps its filters through the URL', () => {
    const filter: fc.Arbitrary<SpendFilter> = fc.record({
      dimension: fc.constantFrom<SpendDimension>(...spendDimensions, 'tag:team', 'tag:cost-center.2'),
      operator: fc.constantFrom('is', 'is-not'),
      values: fc.array(fc.option(fc.string({ minLength: 1 }), { nil: null }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(filter, (one) => {
        expect(readFilter(writeFilter(one))).toEqual(one);
      }),
    );
    expect(readFilter('nonsense=x')).toBeNull();
    expect(readFilter('family=%E0%A4%A')).toBeNull();
  });

  it('has one filter for each dimension and operator', () => {
    const first: SpendFilter = { dimension: 'family', operator: 'is', values: ['workers'] };
    expect(withFilter([first, { ...first, operator: 'is-not' }], { ...first, values: ['r2'] })).toEqual([
      { ...first, operator: 'is-not' },
      { ...first, values: ['r2'] },
    ]);
  });
});
