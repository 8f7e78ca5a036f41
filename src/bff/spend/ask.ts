import type { Kysely } from 'kysely';
import type { Amount, DayState, SpendAnswer, SpendGroup, SpendQuestion } from '../../contract/canopy/spend.ts';
import type { Tables } from '../database/schema.ts';
import { Problem } from '../problem.ts';
import { add, compare } from './amount.ts';
import { addDays, bucketsOf, daysBetween, eachDay, isDay, stateOfBucket } from './days.ts';
import type { Bucket, Day, DayRange } from './days.ts';
import { labelsOf } from './labels.ts';
import type { Label } from './labels.ts';
import { SpendQueries } from './queries.ts';
import type { Names, Point, Total } from './queries.ts';
import type { Reach } from './reach.ts';
import { builtMonths } from './rollup.ts';
import { dayStates } from './states.ts';

/** Three years: beyond that a question is a mistake. */
const longestRange = 1100;

/** Throws where the range is none. */
export function requireRange({ from, to }: DayRange): void {
  const fields = [
    ...(isDay(from) ? [] : [{ field: 'from', message: 'must be a day of the calendar' }]),
    ...(isDay(to) ? [] : [{ field: 'to', message: 'must be a day of the calendar' }]),
    ...(from < to ? [] : [{ field: 'to', message: 'must be after from' }]),
    ...(daysBetween(from, to) <= longestRange
      ? []
      : [{ field: 'to', message: `must be at most ${longestRange} days after from` }]),
  ];
  if (fields.length === 0) return;
  throw new Problem({
    code: 'invalid_request',
    message: 'The range of days is not valid.',
    action: 'Choose another range.',
    fields,
  });
}

/**
 * Answers a question from one snapshot of the store. Sums are exact: the groups and "Others" add up to the total, digit
 * for digit, in every bucket.
 */
export async function answer(query: Kysely<Tables>, question: SpendQuestion, reach: Reach, today: Day): Promise<SpendAnswer> {
  const { groupBy, granularity, top, measure } = question;
  const range = { from: question.from, to: question.to };
  const before = { from: addDays(question.from, -daysBetween(question.from, question.to)), to: question.from };
  const selection = { organizationIds: reach.ids, filters: question.filters, built: await builtMonths(query) };
  const queries = new SpendQueries(query, selection, question);

  const { totals: unsorted, currencies } = await queries.totals(range);
  const totals = unsorted.toSorted(largestFirst);
  const named = groupBy === null ? [] : totals.slice(0, top);
  const folded = totals.slice(named.length);
  const names: Names = named.map(({ key }) => key);
  const buckets = bucketsOf(range, granularity);

  // One bucket of several days cannot be told from its parts where the measure is a level.
  const series = await queries.series(range, groupBy !== null && folded.length === 0 ? null : names, granularity);
  const whole = queries.summable ? null : await queries.wholeSeries(range, granularity);
  const wholeTotal = queries.summable ? null : await queries.wholeSeries(range, null);
  const past = question.comparePrevious ? await previousOf(queries, before, names) : null;
  const accounts = await queries.accounts(range, names);
  const othersTotal = queries.summable
    ? sum(folded.map(({ amount }) => amount))
    : ((await queries.series(range, names, null)).find((point) => !point.named)?.amount ?? null);
  const labels = await labelsOf(query, reach, groupBy, names);
  const states = await dayStates(query, reach.live, today);

  const values = valuesOf(series, buckets);
  const group = ({ key, amount, records, withValue }: Total): SpendGroup => ({
    key,
    ...labels(key),
    values: values.named.get(key) ?? buckets.map(() => null),
    total: amount,
    previous: past?.named.get(key) ?? null,
    records,
    recordsWithCost: withValue,
    accounts: accounts.named.get(key) ?? 0,
  });
  const all: Total = {
    key: null,
    amount: wholeTotal ? (wholeTotal.get(null) ?? null) : sum(totals.map(({ amount }) => amount)),
    ...countsOf(totals),
  };
  const total: SpendGroup = {
    key: null,
    ...noLabel('Total'),
    values: buckets.map(({ start }) => (whole ? (whole.get(start) ?? null) : (values.all.get(start) ?? null))),
    total: all.amount,
    previous: past?.all ?? null,
    records: all.records,
    recordsWithCost: all.withValue,
    accounts: accounts.all,
  };
  const metrics = await queries.metricsWithoutCost(range);
  const metricLabels = await labelsOf(
    query,
    reach,
    'metric',
    measure.kind === 'cost' ? metrics.map(({ metric }) => metric) : [measure.metric],
  );

  return {
    question,
    unit:
      measure.kind === 'cost'
        ? { kind: 'money', currency: measure.currency }
        : { kind: 'quantity', unit: measure.unit, metricName: metricLabels(measure.metric).label, summable: queries.summable },
    buckets: buckets.map((bucket) => ({ from: bucket.from, to: bucket.to, state: stateOfBucket(bucket, today, states.of) })),
    groups: named.map(group),
    others:
      groupBy === null || folded.length === 0
        ? null
        : {
            key: null,
            ...noLabel('Others'),
            values: buckets.map(({ start }) => values.others.get(start) ?? null),
            total: othersTotal,
            previous: past?.others ?? null,
            records: countsOf(folded).records,
            recordsWithCost: countsOf(folded).withValue,
            accounts: accounts.others,
            groups: folded.length,
          },
    total,
    days: countStates(range, states.of),
    throughDay: states.throughDay,
    currencies,
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

const noLabel = (label: string): Label => ({ label, detail: null });
const sum = (amounts: readonly Amount[]): Amount => amounts.reduce(add, null);
const largestFirst = (a: Total, b: Total): number =>
  compare(b.amount, a.amount) || b.records - a.records || ((a.key ?? '') < (b.key ?? '') ? -1 : 1);
const countsOf = (totals: readonly Total[]) => ({
  records: totals.reduce((records, one) => records + one.records, 0),
  withValue: totals.reduce((records, one) => records + one.withValue, 0),
});

interface Values {
  named: Map<string | null, Amount[]>;
  others: Map<Day | null, Amount>;
  all: Map<Day | null, Amount>;
}

function valuesOf(series: readonly Point[], buckets: readonly Bucket[]): Values {
  const indexes = new Map(buckets.map(({ start }, index) => [start, index]));
  const values: Values = { named: new Map(), others: new Map(), all: new Map() };
  for (const { named, key, bucket, amount } of series) {
    values.all.set(bucket, add(values.all.get(bucket) ?? null, amount));
    const index = bucket === null ? undefined : indexes.get(bucket);
    if (!named) values.others.set(bucket, amount);
    else if (index !== undefined) {
      const own = values.named.get(key) ?? buckets.map(() => null);
      own[index] = amount;
      values.named.set(key, own);
    }
  }
  return values;
}

/** The range just before, for the same groups. */
async function previousOf(queries: SpendQueries, before: DayRange, names: Names) {
  const points = await queries.series(before, names, null);
  const others = points.find((point) => !point.named)?.amount ?? null;
  return {
    named: new Map(points.filter((point) => point.named).map((point) => [point.key, point.amount])),
    others,
    all: queries.summable
      ? sum(points.map(({ amount }) => amount))
      : ((await queries.wholeSeries(before, null)).get(null) ?? null),
  };
}

function countStates(range: DayRange, stateOf: (day: Day) => DayState): Record<DayState, number> {
  const counts: Record<DayState, number> = { stored: 0, incomplete: 0, failed: 0, missing: 0, today: 0 };
  for (const day of eachDay(range)) counts[stateOf(day)]++;
  return counts;
}
