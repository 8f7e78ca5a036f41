import type { ForecastGap } from '../../../contract/canopy/forecast.ts';
import { addDays, daysBetween } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { isSummable } from '../levels.ts';
import type { Usage } from '../pricing/collect.ts';
import { calendarOf, cycleOf, cyclesOf } from '../pricing/cycle.ts';
import { one } from '../pricing/decimal.ts';
import type { Cost, Quantity } from '../pricing/decimal.ts';
import { priceCycle } from '../pricing/price-cycle.ts';
import type { PricedCycle, PricedDay } from '../pricing/price-cycle.ts';
import type { Line } from '../../../contract/canopy/rate-card.ts';
import type { LineSummary } from '../pricing/summary.ts';
import type { Payer, Pricing } from '../pricing/terms.ts';
import { bandOf, historyDays, project } from './project.ts';
import type { Method, Projection } from './project.ts';

/** What is used of a metric in a day, with the words a forecast is grouped by. Those of one metric have one number. */
export interface UsedOnDay extends Usage {
  category: string | null;
  family: string | null;
  /** The currency it was billed in; null where it was not billed. */
  billedIn: string | null;
}

/** What is known when an account is looked ahead for. */
export interface Now {
  pricing: Pricing;
  /** The days of the running calendar month. */
  month: DayRange;
  today: Day;
  /** The last complete day. */
  through: Day;
  /** Whether a day was read after it had ended: one that was, and has no record, was not used. */
  isRead: (day: Day) => boolean;
}

export interface Account extends Payer {
  /** The day of the month on which its billing cycles start, where it is known. */
  anchor: number | null;
  /** From the start of the cycle that holds the first day of the month on, and at least as far back as projections look. */
  usage: readonly UsedOnDay[];
}

interface MetricWords {
  metricId: string | null;
  unit: string | null;
  category: string | null;
  family: string | null;
}

/** What a metric is expected to cost from the first day that is not complete to the end of the month. */
export type MetricForecast = MetricWords &
  ({ withheld: ForecastGap } | { withheld: null; method: Method; low: Cost; mid: Cost; high: Cost });

/** How an account stands with an allowance of its running cycle. */
export interface AllowanceState {
  line: Line;
  summary: LineSummary;
  cycle: DayRange;
  /** The last day with records. */
  termsDay: Day;
  /** Expected of the whole cycle; null without a forecast. */
  expected: Quantity | null;
  /** The first day beyond the allowance, seen or expected. */
  usedUpOn: Day | null;
}

interface Metric {
  words: UsedOnDay;
  line: Line | null;
  byDay: Map<Day, Quantity>;
  projection: Projection | null;
}

/** A level that was not seen for this long is gone. */
const levelLasts = 7;

/** Looks ahead for one account: what is left of the month, and how far its allowances reach. */
export function lookAhead(account: Account, now: Now): { forecasts: MetricForecast[]; allowances: AllowanceState[] } {
  const { pricing, month, through, today } = now;
  const metrics = metricsOf(account, now);
  const complete = account.usage.filter((record) => record.day <= through);
  const remaining = daysBetween(through, month.to) - 1;
  const running = cycleOf(today, account.anchor);
  const price = (cycle: DayRange, usage: Iterable<Usage>, closed: Day): PricedCycle =>
    priceCycle({ pricing, organizations: account.organizations, accountId: account.accountId, cycle, usage, today: closed });

  const rest = { low: new Map<number, Cost>(), mid: new Map<number, Cost>(), high: new Map<number, Cost>() };
  const noRate = new Set<number>();
  let expected: PricedCycle | null = null;
  const firstAhead = addDays(through, 1);
  for (const cycle of cyclesOf(month, account.anchor)) {
    if (cycle.to <= firstAhead) continue;
    const ahead = { from: firstAhead > cycle.from ? firstAhead : cycle.from, to: cycle.to };
    for (const [side, direction] of sides) {
      const usage = [...complete, ...projected(metrics, ahead, through, direction, remaining)];
      const priced = price(cycle, usage, month.to);
      if (direction === 0 && cycle.from === running.from) expected = priced;
      for (const { series, day, cost } of priced.days(ahead.from)) {
        if (day >= month.to || day < month.from) continue;
        if (cost === null) noRate.add(series);
        else rest[side].set(series, (rest[side].get(series) ?? 0n) + cost);
      }
    }
  }
  return {
    forecasts: Array.from(metrics, ([series, metric]) => forecastOf(series, metric, rest, noRate, now)),
    allowances: allowancesOf(price(running, account.usage, today), expected, running, firstAhead),
  };
}

const sides = [
  ['low', -1],
  ['mid', 0],
  ['high', 1],
] as const;

/** The metrics that were used lately, by number. */
function metricsOf(account: Account, { pricing, through, isRead }: Now): Map<number, Metric> {
  const metrics = new Map<number, Metric>();
  for (const record of account.usage) {
    let metric = metrics.get(record.series);
    if (!metric) {
      metric = { words: record, line: pricing.lineOf(record), byDay: new Map(), projection: null };
      metrics.set(record.series, metric);
    }
    if (record.day >= metric.words.day) metric.words = record;
    if (record.day <= through && isRead(record.day))
      metric.byDay.set(record.day, (metric.byDay.get(record.day) ?? 0n) + record.quantity);
  }
  const { days } = calendarOf({ from: addDays(through, 1 - historyDays), to: addDays(through, 1) });
  const first = days[0] ?? through;
  const lately = addDays(through, 1 - levelLasts);
  for (const [series, metric] of metrics) {
    const level = isLevel(metric);
    if (metric.words.day < (level ? lately : first)) metrics.delete(series);
    else metric.projection = project(historyOf(metric, days, level ? () => false : isRead), level);
  }
  return metrics;
}

function isLevel({ line, words }: Metric): boolean {
  if (line) return line.aggregation === 'peak' || line.aggregation === 'mean-of-daily-peaks';
  return !isSummable(words.metricId ?? '', words.unit ?? '');
}

/** A metric is new until its first record; from then on a day without one was read and holds nothing, or was not read. */
function historyOf({ byDay }: Metric, days: readonly Day[], isZero: (day: Day) => boolean): (number | undefined)[] {
  const [first = ''] = days;
  let began = [...byDay.keys()].some((day) => day < first);
  return days.map((day) => {
    const used = byDay.get(day);
    began ||= used !== undefined;
    if (used !== undefined) return Number(used) / Number(one);
    return began && isZero(day) ? 0 : undefined;
  });
}

function* projected(
  metrics: ReadonlyMap<number, Metric>,
  ahead: DayRange,
  through: Day,
  direction: -1 | 0 | 1,
  remaining: number,
): Generator<Usage> {
  const { days } = calendarOf(ahead);
  const before = daysBetween(through, ahead.from);
  for (const { words, projection } of metrics.values()) {
    if (!projection) continue;
    const { series, metricId, metricName, unit, zoneId } = words;
    const off = direction * bandOf(projection, remaining);
    for (const [at, day] of days.entries()) {
      const quantity = quantityOfNumber(projection.on(before + at) + off);
      yield { series, metricId, metricName, unit, zoneId, day, quantity };
    }
  }
}

/** Statistics are floating point, and hold to the millionth at best; from here on, everything is exact. Nobody uses less than nothing. */
const quantityOfNumber = (value: number): Quantity => (value > 0 ? BigInt(Math.round(value * 1e6)) * (one / 1_000_000n) : 0n);

function forecastOf(
  series: number,
  { words, projection }: Metric,
  rest: Readonly<Record<'low' | 'mid' | 'high', ReadonlyMap<number, Cost>>>,
  noRate: ReadonlySet<number>,
  { pricing }: Now,
): MetricForecast {
  const { metricId, unit, category, family, billedIn } = words;
  const about = { metricId, unit, category, family };
  if (!projection) return { ...about, withheld: 'few-days' };
  if (billedIn !== null && billedIn !== pricing.card.currency) return { ...about, withheld: 'other-currency' };
  if (noRate.has(series)) return { ...about, withheld: 'no-rate' };
  const costs = [rest.low.get(series) ?? 0n, rest.mid.get(series) ?? 0n, rest.high.get(series) ?? 0n];
  const mid = costs[1] ?? 0n;
  // where metrics share an allowance, more of all of them can cost one of them less
  return { ...about, withheld: null, method: projection.method, low: smallest(costs), mid, high: largest(costs) };
}

const smallest = (costs: readonly Cost[]): Cost => costs.reduce((least, cost) => (cost < least ? cost : least));
const largest = (costs: readonly Cost[]): Cost => costs.reduce((most, cost) => (cost > most ? cost : most));

function allowancesOf(used: PricedCycle, expected: PricedCycle | null, cycle: DayRange, firstAhead: Day): AllowanceState[] {
  const ahead = new Map(expected?.summaries.map((summary) => [summary.line, summary]));
  const seen = progressOf(used.days());
  const later = progressOf(expected?.days(firstAhead) ?? []);
  return used.summaries.flatMap((summary): AllowanceState[] => {
    const { line, terms } = summary;
    const progress = line && seen.get(line.metric);
    if (!progress || !terms?.rate || summary.included === 0n) return [];
    // a correction may have given back what was used up: then only days to come can be beyond the allowance
    const usedUpOn = (summary.billable > 0n ? progress : later.get(line.metric))?.usedUpOn ?? null;
    return [{ line, summary, cycle, termsDay: progress.lastDay, expected: ahead.get(line)?.used ?? null, usedUpOn }];
  });
}

/** The last day of each line, and the first one that is beyond its allowance. */
function progressOf(days: Iterable<PricedDay>): Map<string, { lastDay: Day; usedUpOn: Day | null }> {
  const lines = new Map<string, { lastDay: Day; usedUpOn: Day | null }>();
  for (const { line, day, basis } of days) {
    if (line === null) continue;
    const known = lines.get(line);
    const progress = known ?? { lastDay: day, usedUpOn: null };
    if (!known) lines.set(line, progress);
    if (day > progress.lastDay) progress.lastDay = day;
    if (basis === 'estimated' && (progress.usedUpOn === null || day < progress.usedUpOn)) progress.usedUpOn = day;
  }
  return lines;
}
