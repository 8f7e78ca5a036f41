import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { CanopyId, OrganizationId } from '../ids.ts';
import { flag, text } from '../query.ts';
import { Currency } from './currency.ts';
import { isTagDimension } from './tag-key.ts';
import type { TagDimension } from './tag-key.ts';
import type { ForecastAmounts } from './forecast.ts';
import type { Amount, CostBasis, DayState } from './spend.ts';

const Month = z.string().check(z.regex(/^[12]\d{3}-(0[1-9]|1[0-2])$/, 'must be a month, YYYY-MM'));
const Money = z
  .string()
  .check(
    z.regex(/^(0|[1-9]\d{0,11})(\.\d{1,6})?$/, 'must be an amount such as 1500 or 99.50, with at most 6 digits after the point'),
  );

/** What a budget is for, of the spend of its organization with all below it; null for all of that. */
export const BudgetPart = z.strictObject({
  dimension: z.union([
    z.enum(['account', 'family']),
    z.string().check(z.refine(isTagDimension, 'must be account, family, or tag: and a key')) as z.ZodMiniType<TagDimension>, // the refinement is the proof
  ]),
  value: z.string().check(z.minLength(1, 'must be chosen'), z.maxLength(320)),
});
export type BudgetPart = z.infer<typeof BudgetPart>;

/** Characters of a name. */
export const longestBudgetName = 120;
const mostThresholds = 10;
export const defaultThresholds: readonly number[] = [50, 75, 90, 100];

/** What people say about a budget. Nothing is capped by it, and nobody is alerted. */
export const BudgetTerms = z.strictObject({
  name: z.string().check(
    z.refine((name) => name.trim() !== '', 'must not be empty'),
    z.maxLength(longestBudgetName, `must have at most ${longestBudgetName} characters`),
  ),
  organizationId: OrganizationId,
  part: z.nullable(BudgetPart),
  currency: Currency,
  /** For each calendar month. */
  amount: Money.check(z.refine((amount) => /[1-9]/.test(amount), 'must be more than zero')),
  /** Months that have another amount. */
  months: z.array(z.strictObject({ month: Month, amount: Money })).check(
    z.maxLength(60, 'must name at most 60 months'),
    z.refine((months) => new Set(months.map(({ month }) => month)).size === months.length, 'must name a month once'),
  ),
  /** Whole percents of the amount, ascending. */
  thresholds: z.array(z.int().check(z.minimum(1, 'must be 1 to 1000'), z.maximum(1000, 'must be 1 to 1000'))).check(
    z.maxLength(mostThresholds, `must be at most ${mostThresholds}`),
    z.refine((all) => all.every((one, at) => at === 0 || one > (all[at - 1] ?? 0)), 'must ascend, each once'),
  ),
  /** The first month. */
  from: Month,
});
export type BudgetTerms = z.infer<typeof BudgetTerms>;

/** The amount of a month, `YYYY-MM`: its own where it has one. */
export const budgetAmountIn = ({ amount, months }: Pick<BudgetTerms, 'amount' | 'months'>, month: string): string =>
  months.find((one) => one.month === month)?.amount ?? amount;

/**
 * - `on-track`: the month is expected to end within the amount
 * - `at-risk`: it is expected to end beyond it
 * - `over`: it is beyond it
 * - `no-forecast`: within so far; why nothing is expected is said beside it
 * - `not-started`: its first month is to come
 * - `unknown`: its spend cannot be asked for
 */
export const budgetStates = ['over', 'at-risk', 'no-forecast', 'on-track', 'not-started', 'unknown'] as const;
export type BudgetState = (typeof budgetStates)[number];

export interface BudgetThreshold {
  percent: number;
  amount: string;
  /** When spend passed it. */
  passedOn: string | null;
  /** When it is expected to; the rest of the month's forecast is spread evenly over its days. */
  expectedOn: string | null;
}

/** How a budget stands in the running month: the figures of the spend page for the same question. */
export interface BudgetStanding {
  state: BudgetState;
  /** Its first day, and the first day after it. */
  month: { from: string; to: string };
  amount: string;
  /** What its complete days cost; null where nothing is known. */
  used: Amount;
  /** Used of the amount: 1 is all of it; null where that says nothing. */
  share: number | null;
  /** Used of what an even month would have used by now: 1 is as planned. */
  burn: number | null;
  /** Complete days, of how many. */
  elapsed: { days: number; of: number };
  forecast: Omit<ForecastAmounts, 'actual'>;
  /** Why there is no forecast. */
  withheld: string | null;
  /** The first day that is beyond the amount, passed or expected. */
  breach: { day: string; passed: boolean } | null;
  thresholds: readonly BudgetThreshold[];
  bases: readonly { basis: CostBasis; total: Amount; records: number }[];
  /**
   * What the figures lack: records without a rate or not priced yet, those without a final price (which are not priced yet or
   * may change), days that are not whole, and files that nothing more is expected of.
   */
  lacks: { withoutRate: number; unpriced: number; notFinal: number; days: number; beside: number };
}

export interface Budget extends BudgetTerms {
  id: string;
  /** Of its terms; sent back with a change. */
  version: number;
  organizationName: string;
  /** What it is for, in names: "Larkfield Distribution", "family Workers". */
  partName: string | null;
  /** No account that the person sees carries the tag it is for: it was removed, or renamed for some accounts only or by who may not change the budget. */
  isTagGone: boolean;
  created: { at: string; by: { id: string; name: string } };
  changed: { at: string; by: { id: string; name: string } };
  standing: BudgetStanding;
}

export interface BudgetDetail extends Budget {
  /** Every day of the running month. Amounts are added up from its first day. */
  days: readonly {
    day: string;
    state: DayState;
    /** Null on days that are not over. */
    used: Amount;
    /** From the last complete day on. */
    expected: Amount;
    low: Amount;
    high: Amount;
    /** An even month. */
    planned: string;
  }[];
  /** Months before, newest first, at most 12. */
  history: readonly { month: string; amount: string; used: Amount; share: number | null; isWhole: boolean }[];
}

/** Budgets of organizations of a scope, those that need a look first. */
export const listBudgets = endpoint({
  name: 'listBudgets',
  method: 'GET',
  path: '/canopy/budgets',
  params: {},
  query: { organization: text(32), descendants: flag() },
  body: null,
  result: answer<{ budgets: readonly Budget[]; today: string }>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});

/** What people said about budgets, without how they stand: cheap enough to draw beside other figures. */
export type PlannedBudget = BudgetTerms & { id: string };

/** Budgets set at one organization, not at those below it, by name. */
export const listPlannedBudgets = endpoint({
  name: 'listPlannedBudgets',
  method: 'GET',
  path: '/canopy/planned-budgets/:organizationId',
  params: { organizationId: OrganizationId },
  query: {},
  body: null,
  result: answer<readonly PlannedBudget[]>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});

/** One budget with every day of the running month, and the months before. `not_found` where the person does not see its organization. */
export const getBudget = endpoint({
  name: 'getBudget',
  method: 'GET',
  path: '/canopy/budgets/:budgetId',
  params: { budgetId: CanopyId },
  query: {},
  body: null,
  result: answer<BudgetDetail>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});

/** Sets a budget; the names and the standing come back with it. `invalid_request` where the organization has 100 already. */
export const createBudget = endpoint({
  name: 'createBudget',
  method: 'POST',
  path: '/canopy/budgets',
  params: {},
  query: {},
  body: BudgetTerms,
  result: answer<Budget>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:write',
  effect: 'read',
});

/** Fails with `stale_version` where somebody changed it after `base`. */
export const changeBudget = endpoint({
  name: 'changeBudget',
  method: 'PUT',
  path: '/canopy/budgets/:budgetId',
  params: { budgetId: CanopyId },
  query: {},
  body: z.strictObject({ base: z.int().check(z.minimum(1)), terms: BudgetTerms }),
  result: answer<Budget>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:write',
  effect: 'read',
});

/** Deletes what people said; spend and forecasts stay. `not_found` where the person does not see it. */
export const deleteBudget = endpoint({
  name: 'deleteBudget',
  method: 'DELETE',
  path: '/canopy/budgets/:budgetId',
  params: { budgetId: CanopyId },
  query: {},
  body: null,
  result: answer<{ id: string }>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:write',
  effect: 'read',
});
