import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { SpendQuestion } from './spend.ts';
import type { Amount, SpendGroup } from './spend.ts';

const { organization, descendants, from, to, filters } = SpendQuestion.shape;

/** A figure: the total of the question with the same scope, measure, range and filters. */
const figure = {
  organization,
  descendants,
  /** Measures that the rate card has a part in. */
  measure: z.strictObject({
    kind: z.enum(['spend', 'estimate']),
    currency: z.string().check(z.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')),
  }),
  from,
  to,
  filters,
} as const;

export const ExplanationQuestion = z.strictObject(figure);
export type ExplanationQuestion = z.infer<typeof ExplanationQuestion>;

export const MetricExplanationQuestion = z.strictObject({
  ...figure,
  /** Its key in the dimension; the empty text for records without a metric. */
  metric: z.string().check(z.maxLength(320)),
  unit: z.string().check(z.maxLength(320)),
});
export type MetricExplanationQuestion = z.infer<typeof MetricExplanationQuestion>;

/** The part of a figure that one metric in one unit makes up. */
export interface ExplainedMetric {
  metric: string;
  unit: string;
  name: string;
  /** Used by the records of the figure; null for a level, whose days are never added up. */
  quantity: Amount;
  total: Amount;
  /** What the total is made of. */
  bases: SpendGroup['bases'];
  /** The line of the rate card that prices it, in words: price, rounding, allowance, who shares it; empty where none does. */
  terms: readonly string[];
}

export interface SpendExplanation {
  /** The figure itself. */
  total: Amount;
  bases: SpendGroup['bases'];
  /** Dearest first; they add up to the total, digit for digit. */
  metrics: readonly ExplainedMetric[];
  /** The card in force. */
  card: { version: number; name: string };
  /** Records of the range without a final price: the figure will change. */
  notFinal: number;
}

/** What an account pays for a metric in one billing cycle, as far as it is in the figure: `upTo` less `before` less `elsewhere`. */
export interface ExplainedCycle {
  cycle: { from: string; to: string };
  /** Its days in the figure, from the first, included, to the last, excluded. */
  days: { from: string; to: string };
  /** From the first day of the cycle to the last of the figure: what was used, what was included, what it costs, one step after the other. */
  steps: readonly string[];
  /** Why the days do not add up to what the steps end with, and where terms come from that are not the line's. */
  remarks: readonly string[];
  /** What the days of the cycle up to the last one of the figure cost together. */
  upTo: string;
  /** What of it the days before the figure cost. */
  before: string;
  /** What of it records cost that are not in the figure: of other zones, regions or subscriptions, or billed. */
  elsewhere: string;
  cost: string;
  /** The card in force, or newer usage, gives another amount than the figure holds: it is being priced again. */
  isOld: boolean;
}

export interface ExplainedAccount {
  accountId: string;
  accountName: string;
  organizationName: string;
  total: Amount;
  /** What Cloudflare billed of it; null where nothing is billed. */
  billed: Amount;
  /** What is estimated of it, by billing cycle, oldest first. */
  cycles: readonly ExplainedCycle[];
}

export interface MetricExplanation {
  /** What the metric makes up of the figure. */
  total: Amount;
  /** The dearest accounts, at most 20. They and the others add up to the total, digit for digit. */
  accounts: readonly ExplainedAccount[];
  /** Null where all are named. */
  others: { accounts: number; total: Amount } | null;
  /**
   * On the days of the figure: what was used, what of it was within allowances and what is billable, by the accounts that are
   * in the figure with all that they used, and how many these are. Null for a level, where nothing prices it, and for more
   * accounts than can be reckoned at once.
   */
  sums: { used: string; within: string; billable: string; accounts: number } | null;
}

const common = { method: 'POST', params: {}, query: {}, paging: 'none', credential: 'none', effect: 'read' } as const;

/** How a figure of spend comes about, metric by metric, by the same sums as the figure. `invalid_request` for a range that is none; `out_of_scope` where the person does not see the organization. */
export const explainSpend = endpoint({
  ...common,
  name: 'explainSpend',
  path: '/canopy/spend/explanation',
  body: ExplanationQuestion,
  result: answer<SpendExplanation>(),
  permission: 'spend:read',
});

/** How what one metric makes up of a figure comes about, account by account and cycle by cycle, by the code that prices usage. Fails as `explainSpend` does. */
export const explainSpendMetric = endpoint({
  ...common,
  name: 'explainSpendMetric',
  path: '/canopy/spend/explanation/metric',
  body: MetricExplanationQuestion,
  result: answer<MetricExplanation>(),
  permission: 'spend:read',
});
