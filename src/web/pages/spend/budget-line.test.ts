import { describe, expect, it } from 'vitest';
import type { PlannedBudget } from '../../../contract/canopy/budgets.ts';
import type { SpendAnswer, SpendFilter } from '../../../contract/canopy/spend.ts';
import { budgetLine, drawnBudget } from './budget-line.ts';
import { addDays } from '../../lib/date-range.ts';

const budget = (more: Partial<PlannedBudget> = {}): PlannedBudget => ({
  id: 'b',
  name: 'Everything',
  organizationId: 'o',
  part: null,
  currency: 'USD',
  amount: '300',
  months: [],
  thresholds: [],
  from: '2026-01',
  ...more,
});

const asked = (from: string, to: string, filters: SpendFilter[] = [], days = 1): Pick<SpendAnswer, 'question' | 'buckets'> => {
  const buckets: { from: string; to: string; state: 'stored' }[] = [];
  for (let at = from; at < to; at = addDays(at, days)) {
    const end = addDays(at, days);
    buckets.push({ from: at, to: end < to ? end : to, state: 'stored' });
  }
  return {
    question: {
      organization: 'o',
      descendants: true,
      measure: { kind: 'spend', currency: 'USD' },
      from,
      to,
      granularity: 'day',
      groupBy: 'family',
      filters,
      top: 8,
      compare: null,
    },
    buckets,
  };
};
const is = (...values: string[]): SpendFilter => ({ dimension: 'account', operator: 'is', values });

describe('the line of a budget', () => {
  it('stands where the page shows what the budget is for, no more and no less', () => {
    const ofAccount = budget({ part: { dimension: 'account', value: 'a' } });
    const days = ['2026-11-01', '2026-11-03'] as const;
    expect(budgetLine(asked(...days), [budget()], false)?.name).toBe('Everything');
    expect(budgetLine(asked(...days), [ofAccount], false)).toBeNull();
    expect(budgetLine(asked(...days, [is('a')]), [budget(), ofAccount], false)).toMatchObject({ others: 0 });
    expect(budgetLine(asked(...days, [is('a', 'b')]), [ofAccount], false)).toBeNull();
    expect(budgetLine(asked(...days, [{ ...is('a'), operator: 'is-not' }]), [ofAccount], false)).toBeNull();
    expect(budgetLine(asked(...days), [budget({ currency: 'EUR' })], false)).toBeNull();
    expect(budgetLine(asked(...days), [budget({ organizationId: 'p' })], false)).toBeNull();
    expect(budgetLine(asked(...days), [budget(), budget({ name: 'Tight' })], false)).toMatchObject({ others: 1 });
  });

  it('is an even month: each day its part, each month its own amount', () => {
    expect(
      budgetLine(asked('2026-11-29', '2026-12-02'), [budget({ months: [{ month: '2026-12', amount: '310' }] })], false),
    ).toEqual({
      name: 'Everything',
      others: 0,
      pace: ['10.000000', '10.000000', '10.000000'],
      limit: null,
    });
    // a week over the end of a month holds days of both
    expect(budgetLine(asked('2026-11-30', '2026-12-07', [], 7), [budget({ amount: '3100' })], false)?.pace).toEqual([
      '703.333333',
    ]);
  });

  it('is added up with the bars, towards the amount of the month', () => {
    expect(budgetLine(asked('2026-11-01', '2026-11-04'), [budget()], true)).toMatchObject({
      pace: ['10.000000', '20.000000', '30.000000'],
      limit: '300',
    });
    expect(budgetLine(asked('2026-11-02', '2026-11-04'), [budget()], true)?.limit).toBeNull();
    expect(budgetLine(asked('2026-10-30', '2026-11-02'), [budget()], true)?.limit).toBeNull();
  });

  it('begins with the budget', () => {
    expect(budgetLine(asked('2026-10-31', '2026-11-02'), [budget({ from: '2026-11' })], false)?.pace).toEqual([
      null,
      '10.000000',
    ]);
    expect(budgetLine(asked('2026-09-01', '2026-10-01'), [budget({ from: '2026-11' })], false)).toBeNull();
    expect(budgetLine(asked('2026-10-01', '2026-11-01'), [budget({ from: '2026-11' })], false)).toBeNull();
  });

  it('is not drawn where it would flatten the bars', () => {
    const line = budgetLine(asked('2026-11-01', '2026-11-03'), [budget()], true);
    expect(drawnBudget(line, 100)).toEqual({ pace: [10, 20], limit: 300 });
    expect(drawnBudget(line, 99)).toEqual({ pace: [10, 20], limit: null });
    expect(drawnBudget(line, 5)).toEqual({ pace: [], limit: null });
    expect(drawnBudget(null, 5)).toEqual({ pace: [], limit: null });
  });
});
