import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { OrganizationId } from '../ids.ts';
import { flag, integer, oneOf, text } from '../query.ts';
import { Currency } from './currency.ts';
import { SpendDimension, SpendFilter } from './spend.ts';
import type { Amount } from './spend.ts';

/** Where the running calendar month will end. */
export const ForecastQuestion = z.strictObject({
  organization: z.optional(OrganizationId),
  descendants: z.boolean(),
  currency: Currency,
  groupBy: z.nullable(SpendDimension),
  filters: z.array(SpendFilter).check(z.maxLength(20)),
  /** Groups shown by name; the rest is one group, "Others". */
  top: z.int().check(z.minimum(1), z.maximum(500)),
});
export type ForecastQuestion = z.infer<typeof ForecastQuestion>;

/** A month: what its complete days cost, and what all of it is expected to cost. Null: nothing is known, which is not zero. */
export interface ForecastAmounts {
  actual: Amount;
  /** All of the month: the complete days as they are, the others as expected. */
  expected: Amount;
  /** Four of five months end between these. */
  low: Amount;
  high: Amount;
}

export interface ForecastGroup extends ForecastAmounts {
  key: string | null;
  label: string;
  /** For an account: the organization it is in. */
  detail: string | null;
}

/**
 * Why metrics of accounts have no forecast.
 * - `few-days`: fewer than three complete days of history
 * - `no-rate`: the rate card has no price
 * - `other-currency`: they are billed in another currency than the rate card's
 */
export type ForecastGap = 'few-days' | 'no-rate' | 'other-currency';

export interface SpendForecast {
  /** The running month: its first day, and the first day after it. */
  month: { from: string; to: string };
  /** The last complete day that all organizations have; null where there is none. */
  throughDay: string | null;
  /** Days of the month after it. */
  daysLeft: number;
  /** Why there is no forecast, in words; then only what the complete days cost is given. */
  withheld: string | null;
  total: ForecastAmounts;
  /** Largest first. */
  groups: readonly ForecastGroup[];
  others: (ForecastGroup & { groups: number }) | null;
  /** What the complete days cost, by what that is founded on. All of the rest is estimated. */
  basis: { billed: Amount; estimated: Amount };
  /** How it is made, one sentence after the other. */
  method: readonly string[];
  /** What it covers: a metric of an account counts once. */
  covers: { accounts: number; metrics: number };
  gaps: readonly { reason: ForecastGap; accounts: number; metrics: number }[];
  /** Days of the month, of single organizations, that should be complete and were not read: they are in no amount. */
  unreadDays: number;
  /**
   * Names of files that count beside Cloudflare's records and hold days of the month or of the four weeks before it: what
   * they hold is in the amounts, and nothing more is expected of them.
   */
  beside: readonly string[];
  /** Organizations whose forecast is still being made. */
  waiting: number;
}

/** Asks where the running month will end. Where no forecast can be made, `withheld` says why, and what the complete days cost is given all the same. */
export const forecastSpend = endpoint({
  name: 'forecastSpend',
  method: 'POST',
  path: '/canopy/spend/forecast',
  params: {},
  query: {},
  body: ForecastQuestion,
  result: answer<SpendForecast>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});

/**
 * How an account stands with the allowance of a metric, in its running billing cycle.
 * - `within`: not used up, and not expected to be
 * - `will-be-used-up`: expected to be used up before the cycle ends
 * - `used-up`: some of the use is billable
 */
export const allowanceStates = ['within', 'will-be-used-up', 'used-up'] as const;
export type AllowanceState = (typeof allowanceStates)[number];

export interface Allowance {
  organizationId: string;
  organizationName: string;
  accountId: string;
  accountName: string;
  /** The line of the rate card. */
  metric: string;
  metricName: string;
  family: string | null;
  unit: string;
  /** Once a cycle, every day, or once a cycle for every zone. */
  per: 'account-cycle' | 'account-day' | 'zone-cycle';
  /** Whether other metrics use it up too. */
  shared: boolean;
  cycle: { from: string; to: string };
  state: AllowanceState;
  used: string;
  included: string;
  /** Used by all metrics that share the allowance. */
  usedTogether: string;
  billable: string;
  remaining: string;
  /** Used of the whole; 1 is all of it. */
  share: number;
  /** Expected of the whole cycle; null without a forecast. */
  expected: Amount;
  cost: Amount;
  currency: string;
  /** The first day beyond the allowance, seen or expected; null where none is. */
  usedUpOn: string | null;
  /** How the cost comes about, one step after the other; empty while it is priced again. */
  steps: readonly string[];
}

export interface Allowances {
  /** Where those that are used up are asked for, the dearest first; otherwise most of its allowance used first. */
  rows: readonly Allowance[];
  /** Of all pages, by state. */
  counts: Readonly<Record<AllowanceState, number>>;
  total: number;
  /** Organizations whose allowances are still being worked out. */
  waiting: number;
}

/** Allowances of a scope: those that are used up by what they cost, otherwise most used first. */
export const listAllowances = endpoint({
  name: 'listAllowances',
  method: 'GET',
  path: '/canopy/spend/allowances',
  params: {},
  query: {
    organization: text(32),
    descendants: flag(),
    account: text(),
    metric: text(),
    state: oneOf(allowanceStates),
    page: integer(1, 1_000_000),
    per_page: integer(1, 200),
  },
  body: null,
  result: answer<Allowances>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});
