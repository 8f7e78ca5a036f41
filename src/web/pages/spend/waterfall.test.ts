import { describe, expect, it } from 'vitest';
import type { CostBasis, SpendGroup } from '../../../contract/canopy/spend.ts';
import { checkBill, coverageOf } from './waterfall.ts';

const part = (
  total: string | null,
  recordsWithCost: number,
  bases: [CostBasis, string | null, number][] = [],
  lacking: [string, number][] = [],
) => {
  const group: SpendGroup = {
    key: null,
    label: 'Total',
    detail: null,
    values: [],
    total,
    previous: null,
    previousRecords: 0,
    previousValues: [],
    records: 100,
    recordsWithCost,
    bases: bases.map(([basis, amount, records]) => ({ basis, total: amount, records })),
    inner: null,
    accounts: 1,
  };
  const metrics = lacking.map(([metric, records]) => ({ metric, name: metric, unit: 'GB', quantity: null, records }));
  return { total: group, withoutCost: { records: 0, accounts: 0, metrics } };
};

describe('the bill', () => {
  it('is compared with the estimate of the records that were billed', () => {
    const spend = part('130.5', 40, [
      ['billed', '100.5', 10],
      ['estimated', '30', 20],
      ['within-allowance', '0', 10],
      ['no-rate', null, 5],
    ]);
    const check = checkBill(spend, part('140', 40));
    expect(check).toEqual({ kind: 'compared', billed: '100.5', estimated: '110', difference: '9.5', records: 10 });
    expect(coverageOf(check)).toContain('10 records');
  });

  it('is compared where all was billed', () => {
    const check = checkBill(part('9', 3, [['billed', '9', 3]]), part('10', 3));
    expect(check).toEqual({ kind: 'compared', billed: '9', estimated: '10', difference: '1', records: 3 });
    expect(checkBill(part('9', 3, [['billed', '9', 3]]), part('4', 2)).kind).toBe('uneven');
  });

  it('is not compared where billed records have no rate, or the card another currency', () => {
    const spend = part('130', 40, [
      ['billed', '100', 10],
      ['estimated', '30', 20],
    ]);
    expect(checkBill(spend, part('90', 27))).toMatchObject({ kind: 'uneven', estimated: '60', estimatedRecords: 7 });
    expect(checkBill(part('5', 5, [['billed', '5', 5]]), part(null, 0)).kind).toBe('no-estimate');
    const besides = part('8', 8, [
      ['billed', '5', 5],
      ['estimated', '3', 3],
    ]);
    expect(checkBill(besides, part('3', 3)).kind).toBe('no-estimate'); // and not an estimate of zero
    expect(checkBill(part('5', 5, [['estimated', '5', 5]]), part('5', 5)).kind).toBe('nothing-billed');
  });
});
