import type { Group } from './collect.ts';
import { divided } from './decimal.ts';
import type { Cost, Quantity } from './decimal.ts';
import type { Basis, Metered } from './meter.ts';
import type { Line } from '../../../contract/canopy/rate-card.ts';
import { isFree } from './terms.ts';
import type { Reason, Terms } from './terms.ts';

/** What an account used of a line in a cycle, and what is left of the allowance. */
export interface LineSummary {
  /** Null where the card does not price the metric. */
  line: Line | null;
  /** As the records name it. */
  metricId: string | null;
  metricName: string | null;
  unit: string | null;
  /** How it stands on the last day with records. */
  basis: Basis;
  /** Why it is free or has no rate. */
  reason: Reason | null;
  /** The terms of the last day with records, for `explain` and `costOfUsed`. */
  terms: Terms | null;
  /** What counts: a sum, a level or a mean, of the days with a rate; of all days where no day has one. */
  used: Quantity;
  /** Included in one cycle; where the allowance is daily, in one day; where it is by zone, in all zones with usage. */
  included: Quantity;
  /** Used up of the allowance by all metrics that share it, this one included; else the same as `used`. */
  usedTogether: Quantity;
  /** What of `used` is beyond the allowance. */
  billable: Quantity;
  /** What is left of the allowance: of the cycle, or of the last day with records where it is daily. */
  remaining: Quantity;
  /** Of the days up to the last one with records. Null where no day has a rate. */
  cost: Cost | null;
  /** Days with usage, and those of them without a rate. */
  days: number;
  daysWithoutRate: number;
}

const positive = (value: bigint): bigint => (value > 0n ? value : 0n);

/** One for each line, and one for each metric and unit without a line. */
export function summariesOf(groups: readonly Group[]): LineSummary[] {
  const pools = new Map<string, Quantity>();
  for (const { metered } of groups) {
    const pool = metered?.line.included.pool ?? null;
    if (metered && pool !== null) pools.set(pool, (pools.get(pool) ?? 0n) + metered.used);
  }
  const byLine = new Map<Line, LineSummary>();
  const summaries: LineSummary[] = [];
  for (const group of groups) {
    const summary = group.metered ? summaryOf(group, group.metered, pools) : unpriced(group);
    const zones = summary.line && byLine.get(summary.line);
    if (zones) addZone(zones, summary);
    else {
      summaries.push(summary);
      if (summary.line) byLine.set(summary.line, summary);
    }
  }
  return summaries;
}

function summaryOf({ metricId, metricName, unit }: Group, metered: Metered, pools: ReadonlyMap<string, Quantity>): LineSummary {
  const { line, last, billable, included, costs, bases, days } = metered;
  const lastDay = days.findLastIndex((quantity) => quantity !== undefined);
  const withoutRate = bases.filter((basis) => basis === 'no-rate').length; // `filter` leaves out days without records
  const seen = days.filter((quantity) => quantity !== undefined);
  const counted = bases.some((basis) => basis === 'estimated' || basis === 'within-allowance');
  const used = counted ? metered.used : aggregated(line, seen, days.length);
  const usedTogether = line.included.pool === null ? used : (pools.get(line.included.pool) ?? used);
  const ofAllowance = line.included.per === 'account-day' ? (days[lastDay] ?? 0n) : usedTogether;
  return {
    line,
    metricId,
    metricName,
    unit,
    basis: bases[lastDay] ?? 'no-rate',
    reason: last?.reason ?? null,
    terms: last,
    used,
    included,
    usedTogether,
    billable,
    remaining: positive(included - ofAllowance),
    cost: withoutRate === seen.length ? null : costs.reduce<Cost>((sum, cost) => sum + (cost ?? 0n), 0n),
    days: seen.length,
    daysWithoutRate: withoutRate,
  };
}

function aggregated({ aggregation }: Line, quantities: readonly Quantity[], cycleDays: number): Quantity {
  if (aggregation === 'peak') return quantities.reduce((highest, one) => (one > highest ? one : highest), 0n);
  const sum = quantities.reduce((sum, one) => sum + one, 0n);
  return aggregation === 'mean-of-daily-peaks' ? divided(sum, BigInt(cycleDays)) : sum;
}

function unpriced({ metricId, metricName, unit, reason, rows }: Group): LineSummary {
  const days = new Set<number>();
  let used = 0n;
  for (const row of rows) {
    for (const [day, quantity] of row.days.entries()) {
      if (quantity === undefined) continue;
      days.add(day);
      used += quantity;
    }
  }
  return {
    line: null,
    metricId,
    metricName,
    unit,
    basis: 'no-rate',
    reason,
    terms: null,
    used,
    included: 0n,
    usedTogether: used,
    billable: 0n,
    remaining: 0n,
    cost: null,
    days: days.size,
    daysWithoutRate: days.size,
  };
}

/** Every zone has its own allowance; the account's summary is their sum. */
function addZone(sum: LineSummary, zone: LineSummary): void {
  sum.used += zone.used;
  sum.usedTogether += zone.usedTogether;
  sum.included += zone.included;
  sum.billable += zone.billable;
  sum.remaining += zone.remaining;
  sum.cost = sum.cost === null && zone.cost === null ? null : (sum.cost ?? 0n) + (zone.cost ?? 0n);
  sum.days = Math.max(sum.days, zone.days);
  sum.daysWithoutRate = Math.max(sum.daysWithoutRate, zone.daysWithoutRate);
  if (!isFree(zone.reason) && zone.basis === 'estimated') sum.basis = 'estimated';
}
