import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { Day, isAskableDay, notAskable } from '../day.ts';
import { endpoint } from '../endpoint.ts';
import type { ErrorReport } from '../envelope.ts';
import { OrganizationId } from '../ids.ts';
import { flag, text } from '../query.ts';
import { Currency } from './currency.ts';
import { isTagDimension } from './tag-key.ts';
import type { TagDimension } from './tag-key.ts';

export const spendDimensions = [
  'organization',
  'account',
  'category',
  'family',
  'metric',
  'zone',
  'region',
  'subscription',
  'chargeClass',
  'currency',
  'source',
] as const;
/** A dimension that records carry themselves. */
export type RecordDimension = (typeof spendDimensions)[number];
export type SpendDimension = RecordDimension | TagDimension;
export const SpendDimension = z.union([
  z.enum(spendDimensions),
  z.string().check(z.refine(isTagDimension, 'must be a dimension, or tag: and a key')) as z.ZodMiniType<TagDimension>, // the refinement is the proof
]);

/**
 * A day of one scope.
 * - `stored`: every organization answered and the day is over
 * - `incomplete`: some organizations answered
 * - `failed`: none answered
 * - `missing`: never asked
 * - `today`: stored so far, but the day is not over
 * - `ahead`: it has not begun
 */
export type DayState = 'stored' | 'incomplete' | 'failed' | 'missing' | 'today' | 'ahead';

/**
 * How an import counts.
 * - `beside`: all of it counts, and Cloudflare's records count too
 * - `instead`: it counts, and Cloudflare's records of the same accounts and days do not
 * - `none`: it is kept, and counts nowhere
 */
export type SourceUse = 'beside' | 'instead' | 'none';

/** Failures that a state names. */
export const mostFailures = 100;
/** Days that one call has read again. */
export const mostFetchedDays = 400;

export interface SpendState {
  /** First day anything is stored for; null when the store is empty. */
  firstDay: string | null;
  /** Last complete day stored for every organization; null when there is none. */
  throughDay: string | null;
  /** The current UTC day. */
  today: string;
  /** The earliest day of history: where the sync goes back to, or an import before that begins. */
  historyStart: string;
  /** One entry for each day from `historyStart` to today. */
  days: readonly { day: string; state: DayState; records: number }[];
  sync: {
    status: 'idle' | 'running' | 'paused' | 'waiting';
    /** Why it waits, where it does. */
    waitingFor: string | null;
    /** How long the rest takes at least, while it waits for its part of the request budget; else null. */
    secondsLeft: number | null;
    /** Days of organizations read in this run, and to be read. */
    done: number;
    total: number;
    records: number;
    startedAt: string | null;
    finishedAt: string | null;
  };
  pricing: {
    /** Version of the rate card in force. */
    card: number;
    /** Months of an organization whose costs are older than their usage or the card; they are being priced again. */
    monthsLeft: number;
  };
  /** Days that could not be read, newest first, at most `mostFailures`. */
  failures: readonly { organizationId: string; organizationName: string; day: string; attempts: number; error: ErrorReport }[];
  /** Imports that count, by name, with their first and last day. */
  imports: readonly { id: string; name: string; counts: SourceUse; from: string; to: string }[];
  /** Things in the records that we keep but do not know: unknown categories, odd units, colliding rows. */
  notes: readonly { kind: string; text: string; records: number }[];
}

const scope = { organization: text(32), descendants: flag() } as const;

/** What is stored of every day of a scope, and how far reading and pricing are. */
export const getSpendState = endpoint({
  name: 'getSpendState',
  method: 'GET',
  path: '/canopy/spend',
  params: {},
  query: scope,
  body: null,
  result: answer<SpendState>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});

/**
 * Starts, pauses or resumes reading usage; `fetch` reads the named days again, for every organization or those named. All
 * organizations are read together: `out_of_scope` where somebody who sees a part of them pauses or resumes that.
 */
export const controlSpendSync = endpoint({
  name: 'controlSpendSync',
  method: 'POST',
  path: '/canopy/spend/sync',
  params: {},
  query: {},
  body: z.strictObject({
    action: z.enum(['start', 'pause', 'resume', 'fetch']),
    days: z.optional(z.array(Day.check(z.refine(isAskableDay, notAskable))).check(z.maxLength(mostFetchedDays))),
    organizationIds: z.optional(z.array(OrganizationId).check(z.maxLength(1000))),
  }),
  result: answer<SpendState>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:write',
  effect: 'read',
});

/**
 * What is added up.
 * - `spend`: what each record costs: as billed where upstream sent a billed cost, else as the rate card estimates it
 * - `estimate`: what the rate card makes of every record, also of those that were billed in its currency
 * - `cost`: what upstream sent in one of its cost columns, and nothing else. List and contracted costs are without purchases
 *   that pay for later usage, as that usage has them again
 * - `quantity`: of one metric in one unit. Levels (seats, buckets, peak rates) are never summed: their value over several
 *   days is the highest
 *
 * Money is of one currency.
 */
export const SpendMeasure = z.union([
  z.strictObject({ kind: z.literal('spend'), currency: Currency }),
  z.strictObject({ kind: z.literal('estimate'), currency: Currency }),
  z.strictObject({
    kind: z.literal('cost'),
    column: z.enum(['BilledCost', 'EffectiveCost', 'ContractedCost', 'ListCost']),
    currency: Currency,
  }),
  z.strictObject({
    kind: z.literal('quantity'),
    metric: z.string().check(z.maxLength(200)),
    unit: z.string().check(z.maxLength(100)),
  }),
]);
export type SpendMeasure = z.infer<typeof SpendMeasure>;

/**
 * What a cost is founded on.
 * - `billed`: upstream sent it
 * - `estimated`: the rate card gives it
 * - `within-allowance`: the rate card gives zero, because the allowance is not used up
 * - `free`: metered, and not charged
 * - `no-rate`: there is no price; it is in no total, and is not zero
 */
export const costBases = ['billed', 'estimated', 'within-allowance', 'free', 'no-rate'] as const;
export type CostBasis = (typeof costBases)[number];

export const SpendFilter = z.strictObject({
  dimension: SpendDimension,
  operator: z.enum(['is', 'is-not']),
  /** Keys of the dimension; null is the bucket of records without one ("no zone"). */
  values: z
    .array(z.nullable(z.string().check(z.maxLength(320))))
    .check(z.minLength(1, 'must hold at least one value'), z.maxLength(200)),
});
export type SpendFilter = z.infer<typeof SpendFilter>;

/** An amount in the unit of the measure. */
export const leastAmountShape = /^(0|[1-9]\d{0,14})(\.\d{1,9})?$/;
const LeastAmount = z
  .string()
  .check(z.regex(leastAmountShape, 'must be an amount such as 100 or 0.50, with at most 9 digits after the point'));

/** Rows of a second dimension that one answer may hold. */
export const mostInnerGroups = 5000;

/**
 * One question. The chart, the table, the headline and the export all ask it, so they cannot disagree.
 *
 * With a second dimension (`inner`), `top` times `inner.top` is at most `mostInnerGroups`.
 */
export const SpendQuestion = z.strictObject({
  organization: z.optional(OrganizationId),
  descendants: z.boolean(),
  measure: SpendMeasure,
  /** First UTC day, included. */
  from: Day,
  /** Last UTC day, excluded. */
  to: Day,
  granularity: z.enum(['day', 'week', 'month']),
  groupBy: z.nullable(SpendDimension),
  filters: z.array(SpendFilter).check(z.maxLength(20)),
  /** Groups shown by name; the rest is one group, "Others", unless it is a single one: that has its name too. */
  top: z.int().check(z.minimum(1), z.maximum(500)),
  /** Groups of less than this, on either side of zero, are among the others, in both dimensions; null for no such bound. */
  least: z.optional(z.nullable(LeastAmount)),
  /** A second dimension: each named group is split by it too, into this many by name and its own "Others". */
  inner: z.optional(z.nullable(z.strictObject({ groupBy: SpendDimension, top: z.int().check(z.minimum(1), z.maximum(500)) }))),
  /** Another range to compare with, from the first day, included, to the last, excluded; null for none. */
  compare: z.nullable(z.strictObject({ from: Day, to: Day })),
});
export type SpendQuestion = z.infer<typeof SpendQuestion>;

/** Amounts are exact decimal text. Null: no record had a value, which is not zero. */
export type Amount = string | null;

export interface SpendGroup {
  /** Key in the dimension; null is the bucket without one. */
  key: string | null;
  label: string;
  /** For an account: the organization it is in. */
  detail: string | null;
  /** One for each bucket of the answer. */
  values: readonly Amount[];
  total: Amount;
  /** Of the range that is compared with. */
  previous: Amount;
  /** Records of that range; 0 where there is none. With records and without an amount, what it came to is not known. */
  previousRecords: number;
  /** One for each bucket of the range that is compared with; empty where there is none. */
  previousValues: readonly Amount[];
  records: number;
  /** Records that have a cost (money). */
  recordsWithCost: number;
  /** What the total is made of; empty where the measure is not `spend`. */
  bases: readonly { basis: CostBasis; total: Amount; records: number }[];
  accounts: number;
  /** Its groups by the second dimension; null where none is asked for, and in what is a sum of groups ("Others", the total). */
  inner: InnerGroups | null;
}

/** A group of the second dimension within one of the first. */
export type InnerGroup = Omit<SpendGroup, 'inner' | 'previousValues'>;

/** Largest first. They and the others add up to the group they are in, digit for digit. */
export interface InnerGroups {
  groups: readonly InnerGroup[];
  /** Null where all are named. */
  others: (InnerGroup & { groups: number }) | null;
}

/** What changed between the two ranges. */
export interface SpendChange {
  key: string | null;
  label: string;
  detail: string | null;
  total: Amount;
  previous: Amount;
}

export interface SpendAnswer {
  question: SpendQuestion;
  unit: { kind: 'money'; currency: string } | { kind: 'quantity'; unit: string; metricName: string; summable: boolean };
  buckets: readonly { from: string; to: string; state: DayState }[];
  /** Largest first; last those that only the compared range has, without a record. */
  groups: readonly SpendGroup[];
  /** What did not fit in `top`; null when everything did. */
  others: (SpendGroup & { groups: number }) | null;
  total: SpendGroup;
  /** Days of the range by state. */
  days: Readonly<Record<DayState, number>>;
  /** What is compared with; null where nothing is. */
  compared: {
    buckets: readonly { from: string; to: string; state: DayState }[];
    /** Days of that range by state: a comparison of days that are not all stored says nothing. */
    days: Readonly<Record<DayState, number>>;
    /** As of the range itself: a comparison with such records says nothing. */
    unpriced: number;
    notFinal: number;
    /** Groups that changed most, by amount, at most 10; of all groups, also those that are new or gone. */
    movers: readonly SpendChange[];
  } | null;
  /**
   * Records of days of the range that are not priced yet by the rate card in force (`spend` and `estimate`), before any filter:
   * totals hold what their days cost when they were priced last, if they were.
   */
  unpriced: number;
  /** Those, and estimates that were made before other days of their billing cycles were read: what they cost will change. */
  notFinal: number;
  throughDay: string | null;
  /** Currencies that records of the range carry, with what each sums to in this cost column. */
  currencies: readonly { currency: string; total: Amount; records: number }[];
  /** Records of the range without this cost; never counted as zero. */
  withoutCost: {
    records: number;
    accounts: number;
    metrics: readonly { metric: string; name: string; unit: string; quantity: Amount; records: number }[];
  };
}

/** Answers one question from one moment of the store. `invalid_request` names the field of a range, a second dimension or a number of rows that cannot be answered. */
export const askSpend = endpoint({
  name: 'askSpend',
  method: 'POST',
  path: '/canopy/spend/query',
  params: {},
  query: {},
  body: SpendQuestion,
  result: answer<SpendAnswer>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});

/** An account among all. Amounts are of the range that is asked about. */
export interface RankedAccount {
  key: string | null;
  label: string;
  /** The organization it is in. */
  organization: string | null;
  /** As upstream calls it; null where the list of accounts does not know the account. */
  type: string | null;
  total: Amount;
  /** Of the range that is compared with, as in a group. */
  previous: Amount;
  previousRecords: number;
  /** What the total is made of; empty where the measure is not `spend`. */
  bases: SpendGroup['bases'];
  /** What all of the running month is expected to cost; null where nothing is known. */
  expected: Amount;
  /** The product family that most of its cost is of, in the calendar months that the range touches; null where it has no total. */
  product: { label: string } | null;
  /** The last day that it sent any record of, also outside the range. */
  lastDay: string | null;
  records: number;
}

export interface SpendRanking {
  /** Dearest first; also accounts of the compared range, and without filters all others that ever sent a record. */
  accounts: readonly RankedAccount[];
  total: Amount;
  previous: Amount;
  expected: Amount;
  /** The month that `expected` is of: its first day; null where no forecast is made. */
  month: string | null;
  days: Readonly<Record<DayState, number>>;
  comparedDays: Readonly<Record<DayState, number>> | null;
  /** As in an answer to a question, of both ranges. */
  notFinal: number;
  throughDay: string | null;
}

export const SpendRankingQuestion = z.strictObject({
  organization: z.optional(OrganizationId),
  descendants: z.boolean(),
  /** A sum: of money, or of one metric that is no level. */
  measure: SpendMeasure,
  from: Day,
  to: Day,
  filters: z.array(SpendFilter).check(z.maxLength(20)),
  compare: z.nullable(z.strictObject({ from: Day, to: Day })),
});
export type SpendRankingQuestion = z.infer<typeof SpendRankingQuestion>;

/** All accounts of a subtree by what they cost, without what they cost each day: twenty thousand are one answer. `invalid_request` for a level, which has no sum. */
export const rankSpendAccounts = endpoint({
  name: 'rankSpendAccounts',
  method: 'POST',
  path: '/canopy/spend/accounts',
  params: {},
  query: {},
  body: SpendRankingQuestion,
  result: answer<SpendRanking>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});

export interface SpendMetric {
  metric: string;
  name: string;
  family: string | null;
  unit: string;
  summable: boolean;
  accounts: number;
  records: number;
}

/** The metrics and currencies that stored records of a scope carry, for the pickers; metrics with most accounts first. */
export const listSpendMetrics = endpoint({
  name: 'listSpendMetrics',
  method: 'GET',
  path: '/canopy/spend/metrics',
  params: {},
  query: scope,
  body: null,
  /** `today`: the UTC day that is not over yet. */
  result: answer<{ metrics: readonly SpendMetric[]; currencies: readonly string[]; today: string }>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});

/**
 * Values of a dimension that contain a text, for a filter's list: at most 50, and how many there are. An account without
 * records is found by its whole id only.
 */
export const searchSpendValues = endpoint({
  name: 'searchSpendValues',
  method: 'GET',
  path: '/canopy/spend/values/:dimension',
  params: { dimension: z.enum(spendDimensions) as z.ZodMiniType<string> }, // path captures are typed as text
  query: { ...scope, contains: text() },
  body: null,
  result: answer<{ values: readonly { key: string | null; label: string }[]; total: number }>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});
