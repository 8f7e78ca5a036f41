import { costBases } from '../../../contract/canopy/spend.ts';
import type { CostBasis, SpendGroup } from '../../../contract/canopy/spend.ts';
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

/** Amounts of one answer, by group and bucket. Each of them is an object of its own until it is text. */
const mostAmounts = 1_000_000;

/** Throws where the answer would be endless. */
export function requireAmounts(rows: number, buckets: number): void {
  if (rows * buckets <= mostAmounts) return;
  const [shownRows, shownBuckets, most] = [rows, buckets, mostAmounts].map((count) => count.toLocaleString('en-US'));
  throw new Problem({
    code: 'invalid_request',
    message: `The answer would have ${shownRows} rows with ${shownBuckets} amounts each; at most ${most} amounts are told at once.`,
    action: 'Ask by week or month, for fewer days, or for fewer rows.',
    fields: [{ field: 'granularity', message: `makes more than ${most} amounts of this range and these rows` }],
  });
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

export interface Values {
  named: Map<string | null, Exact[]>;
  /** What each named group, and the others, are made of. */
  points: Map<string | null, Point[]>;
  othersPoints: Point[];
  others: Map<Day | null, Exact>;
  all: Map<Day | null, Exact>;
}

export function valuesOf(series: readonly Point[], buckets: readonly Bucket[]): Values {
  const indexes = new Map(buckets.map(({ start }, index) => [start, index]));
  const values: Values = { named: new Map(), points: new Map(), othersPoints: [], others: new Map(), all: new Map() };
  for (const point of series) {
    const { named, key, bucket, amount } = point;
    const made = named ? values.points.get(key) : values.othersPoints;
    if (made) made.push(point);
    else values.points.set(key, [point]);
    values.all.set(bucket, add(values.all.get(bucket) ?? null, amount));
    const index = bucket === null ? undefined : indexes.get(bucket);
    if (!named) values.others.set(bucket, add(values.others.get(bucket) ?? null, amount));
    else if (index !== undefined) {
      const own = values.named.get(key) ?? buckets.map(() => null);
      own[index] = add(own[index] ?? null, amount);
      values.named.set(key, own);
    }
  }
  return values;
}

/** What points are made of, in the order of the bases. */
export function basesOf(points: readonly Point[]): SpendGroup['bases'] {
  const found = new Map<CostBasis, { total: Exact; records: number }>();
  for (const { basis, amount, records } of points) {
    if (basis === null) continue;
    const known = found.get(basis) ?? { total: null, records: 0 };
    found.set(basis, { total: add(known.total, amount), records: known.records + records });
  }
  return costBases.flatMap((basis) => {
    const part = found.get(basis);
    return part ? { basis, total: amountOf(part.total), records: part.records } : [];
  });
}
