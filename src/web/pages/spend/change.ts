import type { Amount, SpendGroup } from '../../../contract/canopy/spend.ts';
import { absolute, parseDecimal, subtract } from '../../lib/decimal.ts';
import type { Decimal } from '../../lib/decimal.ts';

/**
 * How an amount changed. `new` where there was nothing before, `gone` where there is nothing now; neither has a percentage,
 * which would be infinite or say less.
 */
export interface AmountChange {
  kind: 'new' | 'gone' | 'changed';
  /** Exact; what rose is positive. */
  by: Decimal;
  /** Of the earlier amount; null for what is new or gone. */
  ratio: number | null;
}

/** Null where neither range has an amount: there is nothing to say. */
export function changeOf(previous: Amount, total: Amount): AmountChange | null {
  const before = previous === null ? null : parseDecimal(previous);
  const now = total === null ? null : parseDecimal(total);
  if (!before && !now) return null;
  const zero: Decimal = { units: 0n, scale: 0 };
  const by = subtract(now ?? zero, before ?? zero);
  if (!now) return { kind: 'gone', by, ratio: null };
  if (!before || before.units === 0n)
    return now.units === 0n && before ? { kind: 'changed', by, ratio: 0 } : { kind: 'new', by, ratio: null };
  return { kind: 'changed', by, ratio: numberOf(by) / numberOf(absolute(before)) };
}

type Group = Pick<SpendGroup, 'previous' | 'previousRecords' | 'total' | 'records'>;

/** The same of a group of records. Where none of a range has an amount, what they cost is not known: they are neither new nor gone. */
export const changeOfGroup = ({ previous, previousRecords, total, records }: Group): AmountChange | null =>
  (total === null && records > 0) || (previous === null && previousRecords > 0) ? null : changeOf(previous, total);

/** For ratios, lengths and order; what is read is exact. */
export function numberOf({ units, scale }: Decimal): number {
  return Number(units) / 10 ** scale;
}
