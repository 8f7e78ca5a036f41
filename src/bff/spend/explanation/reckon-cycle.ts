import type { Line, Override } from '../../../contract/canopy/rate-card.ts';
import { addDays } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import type { Usage } from '../pricing/collect.ts';
import type { Cost, Quantity } from '../pricing/decimal.ts';
import { explain } from '../pricing/explain.ts';
import { priceCycle } from '../pricing/price-cycle.ts';
import type { LineSummary } from '../pricing/summary.ts';
import type { Payer, Pricing, Terms } from '../pricing/terms.ts';

interface CycleToReckon extends Payer {
  pricing: Pricing;
  line: Line;
  cycle: DayRange;
  /** Days of the cycle that are asked about. */
  days: DayRange;
  /** Of the line, and of those that share its allowance, on every day of the cycle. */
  usage: readonly Usage[];
  today: Day;
}

/** What an account used of a line on some days of a cycle. */
export interface Sums {
  used: Quantity;
  /** What of it was within the allowance. */
  within: Quantity;
  billable: Quantity;
}

export interface ReckonedCycle {
  steps: readonly string[];
  remarks: readonly string[];
  /** What the days of the cycle cost, up to the last one that is asked about. */
  upTo: Cost;
  /** What of it the days before those that are asked about cost. */
  before: Cost;
  /** Null for a level. */
  sums: Sums | null;
}

/**
 * How what an account pays for a line on some days of a billing cycle comes about. The days cost what `priceCycle` says of the whole
 * cycle, as the figures of the store do; the steps are those of the cycle up to the last of these days.
 */
export function reckonCycle(asked: CycleToReckon): ReckonedCycle {
  const { pricing, organizations, accountId, line, cycle, days, usage, today } = asked;
  const payer = { organizations, accountId };
  const priced = priceCycle({ ...payer, pricing, cycle, usage, today });
  let upTo = 0n;
  let before = 0n;
  for (const { day, cost, line: by } of priced.days()) {
    if (by !== line.metric || cost === null || day >= days.to) continue;
    upTo += cost;
    if (day < days.from) before += cost;
  }
  /** As the account stood when a day began; nobody knows then that the cycle is over. */
  const summaryAt = (end: Day): LineSummary | null => {
    const isAll = usage.every(({ day }) => day < end || day >= cycle.to);
    const { summaries } = isAll
      ? priced
      : priceCycle({ ...payer, pricing, cycle, usage: usage.filter(({ day }) => day < end), today: cycle.from });
    return summaries.find((one) => one.line === line) ?? null;
  };
  const summary = summaryAt(days.to);
  if (!summary?.terms) return { steps: [], remarks: [], upTo, before, sums: null };
  const { steps, cost } = explain(summary.terms, summary, pricing.card.currency);
  const lastDay = addDays(days.to, -1);
  return {
    // the sum that follows begins with what they end with
    steps: cost === upTo && cost > 0n ? steps.slice(0, -1) : steps,
    remarks: [
      ...(cost === null || cost === upTo ? [] : [whyByDay(summary.terms, asked)]),
      ...overrideWords(pricing.overridesOf(payer, { from: lastDay, to: days.to }), line),
    ],
    upTo,
    before,
    sums: isSum(line) ? sumsOf(summary, days.from > cycle.from ? summaryAt(days.from) : null) : null,
  };
}

const isSum = ({ aggregation }: Line): boolean => aggregation === 'sum' || aggregation === 'gb-month';

function sumsOf({ used, billable }: LineSummary, before: LineSummary | null): Sums {
  const on = { used: used - (before?.used ?? 0n), billable: billable - (before?.billable ?? 0n) };
  return { ...on, within: on.used - on.billable };
}

/** Why the days do not add up to what the steps end with. */
function whyByDay(terms: Terms, { pricing, line, cycle, organizations, accountId }: CycleToReckon): string {
  const stretches = pricing.stretchesOf(line, pricing.overridesOf({ organizations, accountId }, cycle), cycle);
  if (stretches.length > 1) return 'The terms change within the cycle: each day costs by those of its own date.';
  if (line.included.per === 'zone-cycle') return 'It is reckoned zone by zone: each has its own allowance and its own rounding.';
  if (line.aggregation === 'peak') return 'The highest level costs for the whole cycle, and each day has its part of that.';
  if (terms.line.included.pool !== null)
    return 'Metrics that share the allowance add to each other’s cost; that counts on the next day with usage.';
  return 'Each day costs what the cycle costs up to it less what it cost the day before.';
}

/** Where terms come from that are not those of the line. */
function overrideWords(overrides: readonly Override[], { metric }: Line): string[] {
  const nearest = overrides.findLast((one) => one.metric === undefined || one.metric === metric);
  if (!nearest) return [];
  const whose =
    nearest.account !== undefined
      ? 'this account'
      : nearest.organization !== undefined
        ? 'an organization it is in'
        : 'all accounts';
  return [`An override of the rate card holds for ${whose}.`];
}
