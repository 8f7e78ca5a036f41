import type { CostBasis } from '../../../contract/canopy/spend.ts';
import type { Cell } from '../../database/values.ts';
import { costWidth, wholeCostWidth } from '../columns.ts';
import type { Day } from '../days.ts';
import { basisCode } from './basis.ts';

/** What the records of one series cost on one day. Costs count units of 10^-15, the quantity units of 10^-12. */
export interface CostRow {
  series: number;
  day: Day;
  currency: string;
  basis: CostBasis;
  cost: bigint | null;
  estimate: bigint | null;
  quantity: bigint | null;
  records: number;
}

/** Digits of a cost that the first of its two columns does not hold. */
const restUnits = 10n ** BigInt(wholeCostWidth.scale - costWidth.scale);

/** The cells of `usage_cost`, in the order of its columns. */
export const costCells = (row: CostRow): Cell[] => [
  row.series,
  row.day,
  row.currency,
  basisCode(row.basis),
  wholePart(row.cost),
  restPart(row.cost),
  wholePart(row.estimate),
  restPart(row.estimate),
  row.quantity,
  row.records,
];

const wholePart = (cost: bigint | null): bigint | null => (cost === null ? null : cost / restUnits);
const restPart = (cost: bigint | null): bigint | null => (cost === null ? null : cost % restUnits);
