import { compare, distance } from '../amount.ts';
import type { Exact } from '../amount.ts';
import type { Total } from './queries.ts';

const shownMovers = 10;

/** What a group amounts to in two ranges; null where it has no record in one of them. */
export interface Mover {
  key: string | null;
  total: Exact;
  previous: Exact;
}

/**
 * Groups whose amount changed most, up or down, also those that are new or gone. A group with records in both ranges and
 * an amount in one of them only is none: what it costs without a rate is not known, so neither is how much it changed.
 */
export function moversOf(now: readonly Total[], before: readonly Total[]): Mover[] {
  const previous = new Map(before.map((total) => [total.key, total]));
  const present = new Set(now.map(({ key }) => key));
  const changes = [
    ...now.map(({ key, amount }): Mover => ({ key, total: amount, previous: previous.get(key)?.amount ?? null })),
    ...before.filter(({ key }) => !present.has(key)).map(({ key, amount }): Mover => ({ key, total: null, previous: amount })),
  ];
  const isKnown = ({ key, total, previous: past }: Mover): boolean =>
    (total !== null || !present.has(key)) && (past !== null || !previous.has(key));
  return changes
    .map((change) => ({ change, size: distance(change.total, change.previous) }))
    .filter(({ change, size }) => size > 0n && isKnown(change))
    .toSorted((a, b) => compare(b.size, a.size))
    .slice(0, shownMovers)
    .map(({ change }) => change);
}
