import type { Kysely } from 'kysely';
import { mostInnerGroups } from '../../../contract/canopy/spend.ts';
import type { SpendAnswer, SpendGroup, SpendQuestion } from '../../../contract/canopy/spend.ts';
import { isAskableDay, notAskable } from '../../../contract/day.ts';
import type { Tables } from '../../database/schema.ts';
import { Problem } from '../../problem.ts';
import { amountOf, sum } from '../amount.ts';
import { bucketsOf, daysBetween, stateOfBucket } from '../days.ts';
import type { Bucket, Day, DayRange } from '../days.ts';
import { innerGroups } from './inner.ts';
import { labelsOf, onlyLabel } from '../labels.ts';
import { withoutFinalPrice } from '../costs/without-final-price.ts';
import { moversOf } from './movers.ts';
import { bookOf } from './measure-columns.ts';
import { SpendQueries } from './queries.ts';
import type { Named, Total } from './queries.ts';
import {
  basesOf,
  countsOf,
  inTurns,
  largestFirst,
  mostAmounts,
  nameLargest,
  noValues,
  requireAmounts,
  valuesOf,
  withGone,
} from './parts.ts';
import type { Reach } from '../reach.ts';
import { selectionOf } from './selection.ts';
import { countStates, dayStates } from '../states.ts';

/** In days, three years: beyond that a question is a mistake. */
export const longestRange = 1100;

/** Throws where a range of the question is none. */
export function requireRanges({
  from,
  to,
  compare = null,
}: Pick<SpendQuestion, 'from' | 'to'> & Partial<Pick<SpendQuestion, 'compare'>>): void {
  const fields = [...rangeProblems({ from, to }, ''), ...(compare ? rangeProblems(compare, 'compare.') : [])];
  if (fields.length === 0) return;
  throw new Problem({
    code: 'invalid_request',
    message: 'The range of days is not valid.',
    action: 'Choose another range.',
    fields,
  });
}

function rangeProblems({ from, to }: DayRange, prefix: string): { field: string; message: string }[] {
  const problem = (field: 'from' | 'to', message: string) => ({ field: `${prefix}${field}`, message });
  return [
    ...(isAskableDay(from) ? [] : [problem('from', notAskable)]),
    ...(isAskableDay(to) ? [] : [problem('to', notAskable)]),
    ...(from < to ? [] : [problem('to', 'must be after from')]),
    ...(daysBetween(from, to) <= longestRange ? [] : [problem('to', `must be at most ${longestRange} days after from`)]),
  ];
}

/** Throws where the second dimension makes no sense beside the first, or the answer would be endless. */
export function requireInner({ groupBy, top, inner }: Pick<SpendQuestion, 'groupBy' | 'top' | 'inner'>): void {
  if (!inner) return;
  const fields = [
    ...(groupBy === null ? [{ field: 'groupBy', message: 'must be given where inner is' }] : []),
    ...(groupBy === inner.groupBy ? [{ field: 'inner.groupBy', message: 'must be another dimension than groupBy' }] : []),
    ...(top * inner.top > mostInnerGroups
      ? [{ field: 'inner.top', message: `top times inner.top must be at most ${mostInnerGroups}` }]
      : []),
  ];
  if (fields.length === 0) return;
  throw new Problem({
    code: 'invalid_request',
    message: 'The second dimension is not valid.',
    action: 'Choose another one, or fewer rows.',
    fields,
  });
}

/**
 * Answers a question from one snapshot of the store. Sums are exact: the groups and "Others" add up to the total, digit
 * for digit, in every bucket; so do the groups of the second dimension to the group they are in. `most` is how many amounts
 * of each dimension are told.
 */
export async function answer(
  query: Kysely<Tables>,
  question: SpendQuestion,
  reach: Reach,
  today: Day,
  most: number = mostAmounts.answer,
): Promise<SpendAnswer> {
  const { groupBy, granularity, measure } = question;
  const range = { from: question.from, to: question.to };
  const selection = await selectionOf(query, { book: bookOf(measure), filters: question.filters }, reach, [
    groupBy,
    question.inner?.groupBy ?? null,
  ]);
  const queries = new SpendQueries(query, selection, measure, { within: null, by: groupBy });

  const { totals: present, currencies } = await queries.totals(range);
  const before = question.compare && (await queries.totals(question.compare)).totals;
  const totals = withGone(present, before ?? []).toSorted(largestFirst);
  const { named, folded } = groupBy === null ? { named: [], folded: totals } : nameLargest(totals, question);
  const buckets = bucketsOf(range, granularity);
  requireAmounts(named.length, buckets.length, most);
  const innerOf = await innerGroups({ query, selection, question, reach, named, isAll: folded.length === 0, most });

  // One bucket of several days cannot be told from its parts where the measure is a level.
  const series = queries.series(range, groupBy !== null && folded.length === 0 ? null : named, granularity);
  const values = (await valuesOf(series, buckets)).get(null) ?? noValues;
  const whole = queries.summable ? null : await queries.wholeSeries(range, granularity);
  const wholeTotal = queries.summable ? null : await queries.wholeSeries(range, null);
  const past = question.compare && before && (await pastOf(queries, question.compare, before, named, granularity));
  const movers = before && queries.summable && groupBy !== null ? moversOf(present, before) : [];
  const accounts = await queries.accounts(range, named);
  const othersTotal = queries.summable
    ? sum(folded.map(({ amount }) => amount))
    : ((await queries.sums(range, named)).find((point) => !point.named)?.amount ?? null);
  const labels = await labelsOf(query, reach, groupBy, [...new Set([...named, ...movers].map(({ key }) => key))]);
  const states = await dayStates(query, reach.live, today);
  const pricesOf = async (days: DayRange) =>
    selection.book === 'costs' ? await withoutFinalPrice(query, reach, days) : { unpriced: 0, notFinal: 0 };

  const group = async ({ key, amount, records, withValue }: Total): Promise<SpendGroup> => ({
    key,
    ...labels(key),
    values: (values.named.get(key)?.amounts ?? buckets.map(() => null)).map(amountOf),
    total: amountOf(amount),
    previous: amountOf(past?.named.get(key)?.amount ?? null),
    previousRecords: past?.named.get(key)?.records ?? 0,
    previousValues: past ? (past.values.named.get(key)?.amounts ?? past.buckets.map(() => null)).map(amountOf) : [],
    records,
    recordsWithCost: withValue,
    bases: basesOf(values.named.get(key)?.bases),
    accounts: accounts.named(null, key),
    inner: await innerOf(key),
  });
  const all = countsOf(totals);
  const total: SpendGroup = {
    key: null,
    ...onlyLabel('Total'),
    values: buckets.map(({ start }) => amountOf((whole ?? values.all.amounts).get(start) ?? null)),
    total: amountOf(wholeTotal ? (wholeTotal.get(null) ?? null) : sum(totals.map(({ amount }) => amount))),
    previous: amountOf(past?.all ?? null),
    previousRecords: countsOf(before ?? []).records,
    previousValues: past ? past.buckets.map(({ start }) => amountOf(past.allValues.get(start) ?? null)) : [],
    records: all.records,
    recordsWithCost: all.withValue,
    bases: basesOf(values.all.bases),
    accounts: accounts.all,
    inner: null,
  };
  const metrics = await queries.metricsWithoutCost(range);
  const metricLabels = await labelsOf(
    query,
    reach,
    'metric',
    measure.kind === 'quantity' ? [measure.metric] : metrics.map(({ metric }) => metric),
  );
  const inStates = (list: readonly Bucket[]) =>
    list.map((bucket) => ({ from: bucket.from, to: bucket.to, state: stateOfBucket(bucket, today, states.of) }));

  return {
    question,
    unit:
      measure.kind === 'quantity'
        ? { kind: 'quantity', unit: measure.unit, metricName: metricLabels(measure.metric).label, summable: queries.summable }
        : { kind: 'money', currency: measure.currency },
    buckets: inStates(buckets),
    groups: await inTurns(named, group),
    others:
      groupBy === null || folded.length === 0
        ? null
        : {
            key: null,
            ...onlyLabel('Others'),
            values: buckets.map(({ start }) => amountOf(values.others.amounts.get(start) ?? null)),
            total: amountOf(othersTotal),
            previous: amountOf(past?.others ?? null),
            previousRecords: past?.othersRecords ?? 0,
            previousValues: past ? past.buckets.map(({ start }) => amountOf(past.values.others.amounts.get(start) ?? null)) : [],
            records: countsOf(folded).records,
            recordsWithCost: countsOf(folded).withValue,
            bases: basesOf(values.others.bases),
            accounts: accounts.others(null),
            inner: null,
            groups: folded.length,
          },
    total,
    days: countStates(range, states.of),
    compared: past && {
      buckets: inStates(past.buckets),
      days: countStates(past.range, states.of),
      ...(await pricesOf(past.range)),
      movers: movers.map(({ key, total, previous }) => {
        const { label, detail } = labels(key);
        return { key, label, detail, total: amountOf(total), previous: amountOf(previous) };
      }),
    },
    ...(await pricesOf(range)),
    throughDay: states.throughDay,
    currencies: currencies.map(({ currency, total, records }) => ({ currency, total: amountOf(total), records })),
    withoutCost: {
      records: metrics.reduce((records, metric) => records + metric.records, 0),
      accounts: accounts.withoutCost,
      metrics: metrics.map(({ metric, unit, quantity, records }) => ({
        metric,
        name: metricLabels(metric).label,
        unit,
        quantity,
        records,
      })),
    },
  };
}

/** The range that is compared with, for the same groups. */
async function pastOf(
  queries: SpendQueries,
  range: DayRange,
  totals: readonly Total[],
  named: readonly Named[],
  granularity: SpendQuestion['granularity'],
) {
  const buckets = bucketsOf(range, granularity);
  const shown = new Set(named.map(({ key }) => key));
  const folded = totals.filter(({ key }) => !shown.has(key));
  const values = (await valuesOf(queries.series(range, named, granularity), buckets)).get(null) ?? noValues;
  return {
    range,
    buckets,
    values,
    named: new Map(totals.filter(({ key }) => shown.has(key)).map((total) => [total.key, total])),
    othersRecords: countsOf(folded).records,
    others: queries.summable
      ? sum(folded.map(({ amount }) => amount))
      : ((await queries.sums(range, named)).find((point) => !point.named)?.amount ?? null),
    all: queries.summable
      ? sum(totals.map(({ amount }) => amount))
      : ((await queries.wholeSeries(range, null)).get(null) ?? null),
    allValues: queries.summable ? values.all.amounts : await queries.wholeSeries(range, granularity),
  };
}
