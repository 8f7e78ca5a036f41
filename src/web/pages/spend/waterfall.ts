import type { Amount, SpendAnswer } from '../../../contract/canopy/spend.ts';
import { decimalText, parseDecimal, subtract, sumAmounts } from '../../lib/decimal.ts';
import { formatCount, plural } from '../../lib/format.ts';

type Part = Pick<SpendAnswer, 'total' | 'withoutCost'>;

const difference = (one: Amount, other: Amount): Amount => {
  const [a, b] = [one === null ? null : parseDecimal(one), other === null ? null : parseDecimal(other)];
  return a && b ? decimalText(subtract(a, b)) : null;
};

export type BillCheck =
  | { kind: 'nothing-billed' }
  | { kind: 'no-estimate' }
  | { kind: 'uneven'; billed: Amount; billedRecords: number; estimated: Amount; estimatedRecords: number }
  | { kind: 'compared'; billed: Amount; estimated: Amount; difference: Amount; records: number };

/**
 * What was billed against what the rate card makes of the same records. The estimate of those is what it makes of all,
 * less what it makes of the records that were not billed.
 */
export function checkBill(spend: Part, estimate: Part): BillCheck {
  const { bases } = spend.total;
  const billed = bases.find(({ basis }) => basis === 'billed');
  if (!billed) return { kind: 'nothing-billed' };
  const unbilled = bases.filter(({ basis }) => basis === 'estimated' || basis === 'within-allowance' || basis === 'free');
  const records = estimate.total.recordsWithCost - unbilled.reduce((sum, part) => sum + part.records, 0);
  if (records <= 0) return { kind: 'no-estimate' };
  const estimated = difference(estimate.total.total, sumAmounts(['0', ...unbilled.map(({ total }) => total)]));
  if (records !== billed.records)
    return {
      kind: 'uneven',
      billed: billed.total,
      billedRecords: billed.records,
      estimated,
      estimatedRecords: records,
    };
  return { kind: 'compared', billed: billed.total, estimated, difference: difference(estimated, billed.total), records };
}

/** What the comparison with the bill covers, in words. */
export function coverageOf(check: BillCheck): string {
  switch (check.kind) {
    case 'nothing-billed':
      return 'Nothing was billed here, so there is no bill to compare with.';
    case 'no-estimate':
      return 'The rate card prices nothing that was billed here: it has no rate for it, or is in another currency.';
    case 'uneven':
      return `Of ${plural(check.billedRecords, 'billed record')}, ${formatCount(check.estimatedRecords)} have a rate: the two are not over the same records, so no difference is said.`;
    case 'compared':
      return `Over the same ${plural(check.records, 'record')}, those that were billed.`;
  }
}
