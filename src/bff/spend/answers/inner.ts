import type { Kysely } from 'kysely';
import type { InnerGroup, InnerGroups, SpendFilter, SpendQuestion } from '../../../contract/canopy/spend.ts';
import type { Tables } from '../../database/schema.ts';
import { Problem } from '../../problem.ts';
import { amountOf, sum } from '../amount.ts';
import { bucketsOf } from '../days.ts';
import { labelsOf, onlyLabel } from '../labels.ts';
import { basesOf, countsOf, groupsOf, inTurns, nameLargest, noValues, requireAmounts, valuesOf, withGone } from './parts.ts';
import { nameOf, SpendQueries } from './queries.ts';
import type { Named, Total } from './queries.ts';
import type { Reach } from '../reach.ts';
import type { Selection } from '../sources.ts';

interface Asked {
  query: Kysely<Tables>;
  selection: Selection;
  question: SpendQuestion;
  reach: Reach;
  /** The groups of the first dimension that are shown by name. */
  named: readonly Total[];
  /** Whether there are no others. */
  isAll: boolean;
  /** How many amounts are told. */
  most: number;
}

/** A file of more rows is none that a spreadsheet opens, and it would have to be held whole. */
const mostRows = 100_000;

const tooMany = (rows: number) =>
  new Problem({
    code: 'invalid_request',
    message: `Both dimensions together have ${rows} rows; at most ${mostRows} can be answered.`,
    action: 'Filter by fewer values, or group by one dimension.',
    fields: [{ field: 'inner', message: 'makes too many rows' }],
  });

const outerOf = ({ outer }: { outer: string | null }): string | null => outer;

/** The groups of the second dimension, by the key of the first. */
export async function innerGroups(asked: Asked): Promise<(key: string | null) => Promise<InnerGroups | null>> {
  const { query, selection, question, reach, named: outer, isAll, most } = asked;
  const { groupBy, inner, measure, granularity, compare } = question;
  if (!inner || groupBy === null || outer.length === 0) return async () => null;
  const range = { from: question.from, to: question.to };
  const ofNamed: SpendFilter = { dimension: groupBy, operator: 'is', values: outer.map(({ key }) => key) };
  const queries = new SpendQueries(
    query,
    isAll ? selection : { ...selection, filters: [...selection.filters, ofNamed] },
    measure,
    { within: groupBy, by: inner.groupBy },
  );
  const found = groupsOf((await queries.totals(range)).totals, outerOf);
  const past = compare ? groupsOf((await queries.totals(compare)).totals, outerOf) : new Map<string | null, Total[]>();
  const split = new Map(
    outer.map(({ key }) => {
      const totals = withGone(found.get(key) ?? [], past.get(key) ?? []);
      return [key, nameLargest(totals, { top: inner.top, least: question.least })] as const;
    }),
  );
  const named: readonly Named[] = [...split.values()].flatMap((one) => one.named);
  if (named.length > mostRows) throw tooMany(named.length);
  const buckets = bucketsOf(range, granularity);
  requireAmounts(named.length, buckets.length, most);
  const shown = new Set(named.map(nameOf));

  const all = await valuesOf(queries.series(range, named, granularity), buckets);
  const accounts = await queries.accounts(range, named);
  const levels = queries.summable ? [] : await queries.sums(range, named);
  const pastLevels = queries.summable || !compare ? [] : await queries.sums(compare, named);
  const labels = await labelsOf(query, reach, inner.groupBy, [...new Set(named.map(({ key }) => key))]);

  return async (key) => {
    const own = split.get(key) ?? { named: [], folded: [] };
    const values = all.get(key) ?? noValues;
    const before = past.get(key) ?? [];
    const previous = new Map(before.map((total) => [total.key, total]));
    const isOthers = (point: { outer: string | null; named: boolean }) => point.outer === key && !point.named;
    const groups = await inTurns(own.named, ({ key: innerKey, amount, records, withValue }): InnerGroup => ({
      key: innerKey,
      ...labels(innerKey),
      values: (values.named.get(innerKey)?.amounts ?? buckets.map(() => null)).map(amountOf),
      total: amountOf(amount),
      previous: amountOf(previous.get(innerKey)?.amount ?? null),
      previousRecords: previous.get(innerKey)?.records ?? 0,
      records,
      recordsWithCost: withValue,
      bases: basesOf(values.named.get(innerKey)?.bases),
      accounts: accounts.named(key, innerKey),
    }));
    const foldedBefore = before.filter((total) => !shown.has(nameOf(total)));
    const { records, withValue } = countsOf(own.folded);
    const others = {
      key: null,
      ...onlyLabel('Others'),
      values: buckets.map(({ start }) => amountOf(values.others.amounts.get(start) ?? null)),
      total: amountOf(queries.summable ? sum(own.folded.map(({ amount }) => amount)) : (levels.find(isOthers)?.amount ?? null)),
      previous: amountOf(
        queries.summable ? sum(foldedBefore.map(({ amount }) => amount)) : (pastLevels.find(isOthers)?.amount ?? null),
      ),
      previousRecords: countsOf(foldedBefore).records,
      records,
      recordsWithCost: withValue,
      bases: basesOf(values.others.bases),
      accounts: accounts.others(key),
      groups: own.folded.length,
    };
    return { groups, others: own.folded.length > 0 ? others : null };
  };
}
