import type { CostBasis } from '../../../contract/canopy/spend.ts';
import type { ChunkAppender } from '../../database/appender.ts';
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
const flushRows = 8192;

/** Appends costs to `usage_cost`, in the order of its columns. */
export class CostRows {
  readonly #appender: ChunkAppender;
  #rows: CostRow[] = [];
  #unflushed = 0;

  constructor(appender: ChunkAppender) {
    this.#appender = appender;
  }

  add(row: CostRow): void {
    this.#rows.push(row);
    if (this.#rows.length === this.#appender.mostRows) this.#append();
  }

  finish(): void {
    this.#append();
    this.#appender.close();
  }

  abandon(): void {
    this.#appender.abandon();
  }

  #append(): void {
    const rows = this.#rows;
    if (rows.length === 0) return;
    const column = (cell: (row: CostRow) => Cell) => rows.map(cell);
    this.#appender.append([
      column((row) => row.series),
      column((row) => row.day),
      column((row) => row.currency),
      column((row) => basisCode(row.basis)),
      column((row) => wholePart(row.cost)),
      column((row) => restPart(row.cost)),
      column((row) => wholePart(row.estimate)),
      column((row) => restPart(row.estimate)),
      column((row) => row.quantity),
      column((row) => row.records),
    ]);
    this.#rows = [];
    this.#unflushed += rows.length;
    if (this.#unflushed < flushRows) return;
    this.#appender.flush();
    this.#unflushed = 0;
  }
}

const wholePart = (cost: bigint | null): bigint | null => (cost === null ? null : cost / restUnits);
const restPart = (cost: bigint | null): bigint | null => (cost === null ? null : cost % restUnits);
