import { costBases } from '../../../contract/canopy/spend.ts';
import type { CostBasis, SpendGroup } from '../../../contract/canopy/spend.ts';
import { breath } from '../../breath.ts';
import { Problem } from '../../problem.ts';
import { add, amountOf, compare, distance, exact } from '../amount.ts';
import type { Exact } from '../amount.ts';
import type { Bucket, Day } from '../days.ts';
import type { Point, Total } from './queries.ts';

export const largestFirst = (a: Total, b: Total): number =>
  compare(b.amount, a.amount) || b.records - a.records || ((a.key ?? '') < (b.key ?? '') ? -1 : 1);

/** Totals of a range, and groups that only another range has: without an amount, so that what they had there is told too. */
export function withGone(totals: readonly Total[], before: readonly Total[]): Total[] {
  const present = new Set(totals.map(({ key }) => key));
  const gone = before.filter(({ key }) => !present.has(key));
  return [...totals, ...gone.map(({ outer, key }) => ({ outer, key, amount: null, records: 0, withValue: 0 }))];
}

/**
 * The largest groups, as many as are shown by name and none of less than `least`, on either side of zero; and the others.
 * A single other takes the room of its name, so it has it.
 */
export function nameLargest(
  totals: readonly Total[],
  { top, least = null }: { top: number; least?: string | null | undefined },
): { named: Total[]; folded: Total[] } {
  const sorted = totals.toSorted(largestFirst);
  const bound = exact(least);
  const room = sorted.length === top + 1 ? sorted.length : top;
  if (bound === null) return { named: sorted.slice(0, room), folded: sorted.slice(room) };
  const named = sorted.filter(({ amount }) => amount !== null && distance(amount, null) >= bound).slice(0, room);
  const names = new Set(named);
  return { named, folded: sorted.filter((total) => !names.has(total)) };
}

/**
 * Amounts of one answer, by group and bucket, and of one file. Each of them is an object of its own until it is text; the
 * text of an answer is one piece, and that of a file is not.
 */
export const mostAmounts = { answer: 500_000, file: 1_000_000 } as const;

/** Throws where the answer would be endless. */
export function requireAmounts(rows: number, buckets: number, most: number): void {
  if (rows * buckets <= most) return;
  const [shownRows, shownBuckets, shownMost] = [rows, buckets, most].map((count) => count.toLocaleString('en-US'));
  throw new Problem({
    code: 'invalid_request',
    message: `The answer would have ${shownRows} rows with ${shownBuckets} amounts each; at most ${shownMost} amounts are told at once.`,
    action: 'Ask by week or month, for fewer days, or for fewer rows.',
    fields: [{ field: 'granularity', message: `makes more than ${shownMost} amounts of this range and these rows` }],
  });
}

/** Rows that are made between two turns of everything else: a row may have an amount for each of a thousand days. */
const rowsOfTurn = 32;

/** What becomes of each part, one after the other. */
export async function inTurns<Part, Row>(parts: readonly Part[], rowOf: (part: Part) => Row | Promise<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const part of parts) {
    rows.push(await rowOf(part));
    if (rows.length % rowsOfTurn === 0) await breath();
  }
  return rows;
}

export const countsOf = (totals: readonly Total[]) => ({
  records: totals.reduce((records, one) => records + one.records, 0),
  withValue: totals.reduce((records, one) => records + one.withValue, 0),
});

export function groupsOf<Part>(parts: readonly Part[], keyOf: (part: Part) => string | null): Map<string | null, Part[]> {
  const found = new Map<string | null, Part[]>();
  for (const part of parts) {
    const known = found.get(keyOf(part));
    if (known) known.push(part);
    else found.set(keyOf(part), [part]);
  }
  return found;
}

/** What points of several bases come to. */
type Bases = Map<CostBasis, { total: Exact; records: number }>;

interface GroupAmounts {
  /** One for each bucket of the answer. */
  amounts: Exact[];
  bases: Bases;
}
interface Sums {
  /** By the first day of the whole bucket. */
  amounts: Map<Day | null, Exact>;
  bases: Bases;
}
export interface Values {
  named: ReadonlyMap<string | null, GroupAmounts>;
  others: Sums;
  all: Sums;
}

const nothing = (): Sums => ({ amounts: new Map(), bases: new Map() });
export const noValues: Values = { named: new Map(), others: nothing(), all: nothing() };

/** Amounts by the group of the first dimension, null where there is one dimension. Points come in batches, and none is kept. */
export async function valuesOf(
  series: AsyncIterable<readonly Point[]>,
  buckets: readonly Bucket[],
): Promise<ReadonlyMap<string | null, Values>> {
  const indexes = new Map(buckets.map(({ start }, index) => [start, index]));
  const found = new Map<string | null, { named: Map<string | null, GroupAmounts>; others: Sums; all: Sums }>();
  for await (const points of series)
    for (const point of points) {
      const values = found.get(point.outer) ?? { named: new Map(), others: nothing(), all: nothing() };
      if (!found.has(point.outer)) found.set(point.outer, values);
      addTo(values.all, point);
      if (!point.named) addTo(values.others, point);
      else {
        const own = values.named.get(point.key) ?? { amounts: buckets.map(() => null), bases: new Map() };
        if (!values.named.has(point.key)) values.named.set(point.key, own);
        addBasis(own.bases, point);
        const index = point.bucket === null ? undefined : indexes.get(point.bucket);
        if (index !== undefined) own.amounts[index] = add(own.amounts[index] ?? null, point.amount);
      }
    }
  return found;
}

function addTo(sums: Sums, point: Point): void {
  sums.amounts.set(point.bucket, add(sums.amounts.get(point.bucket) ?? null, point.amount));
  addBasis(sums.bases, point);
}

function addBasis(bases: Bases, { basis, amount, records }: Point): void {
  if (basis === null) return;
  const known = bases.get(basis);
  if (!known) bases.set(basis, { total: amount, records });
  else {
    known.total = add(known.total, amount);
    known.records += records;
  }
}

/** What points are made of. */
export function basesIn(points: readonly Point[]): SpendGroup['bases'] {
  const bases: Bases = new Map();
  for (const point of points) addBasis(bases, point);
  return basesOf(bases);
}

/** In the order of the bases. */
export const basesOf = (bases: Bases = new Map()): SpendGroup['bases'] =>
  costBases.flatMap((basis) => {
    const part = bases.get(basis);
    return part ? { basis, total: amountOf(part.total), records: part.records } : [];
  });
