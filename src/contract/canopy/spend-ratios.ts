import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { Day } from '../day.ts';
import { endpoint } from '../endpoint.ts';
import { OrganizationId } from '../ids.ts';
import { Currency } from './currency.ts';
import { SpendDimension, SpendFilter } from './spend.ts';
import type { Amount } from './spend.ts';

/**
 * What is divided by what.
 * - `effective-savings`: what the effective cost is below the list cost, by the list cost
 * - `negotiated-savings`: the same of the contracted cost
 * - `unit-cost`: what records cost, billed or estimated, by the quantity of one metric in one unit that is no level
 */
export const SpendRatio = z.union([
  z.strictObject({ kind: z.enum(['effective-savings', 'negotiated-savings']), currency: Currency }),
  z.strictObject({
    kind: z.literal('unit-cost'),
    currency: Currency,
    metric: z.string().check(z.maxLength(200)),
    unit: z.string().check(z.maxLength(100)),
  }),
]);
export type SpendRatio = z.infer<typeof SpendRatio>;

export const SpendRatioQuestion = z.strictObject({
  organization: z.optional(OrganizationId),
  descendants: z.boolean(),
  ratio: SpendRatio,
  /** First UTC day, included. */
  from: Day,
  /** Last UTC day, excluded. */
  to: Day,
  groupBy: z.nullable(SpendDimension),
  filters: z.array(SpendFilter).check(z.maxLength(20)),
  /** Groups shown by name; the rest is one group, "Others". */
  top: z.int().check(z.minimum(1), z.maximum(500)),
});
export type SpendRatioQuestion = z.infer<typeof SpendRatioQuestion>;

/**
 * A ratio of sums, `part` by `whole`, each over the records that have both. A ratio of groups is never the mean of their
 * ratios.
 */
export interface RatioGroup {
  key: string | null;
  label: string;
  /** For an account: the organization it is in. */
  detail: string | null;
  /** Null where no record has both. */
  part: Amount;
  whole: Amount;
  /** Records that have both, of all that are not in another currency. */
  recordsWithBoth: number;
  records: number;
}

export interface SpendRatios {
  /** Most money first: the list cost of savings, the cost of units. */
  groups: readonly RatioGroup[];
  others: (RatioGroup & { groups: number }) | null;
  total: RatioGroup;
}

/** A savings rate, or what a unit of a metric costs: of all records that carry both amounts, and by group. `invalid_request` for the unit cost of a level. */
export const askSpendRatios = endpoint({
  name: 'askSpendRatios',
  method: 'POST',
  path: '/canopy/spend/ratios',
  params: {},
  query: {},
  body: SpendRatioQuestion,
  result: answer<SpendRatios>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});
