import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { isDay } from '../day.ts';
import { endpoint } from '../endpoint.ts';
import { OrganizationId } from '../ids.ts';
import { Currency } from './currency.ts';

const decimalText = (message: string) =>
  z.string('must be a decimal number in quotes').check(z.regex(/^(0|[1-9]\d{0,14})(\.\d{1,12})?$/, message));

const Decimal = decimalText('must be a decimal number such as 0.30, with at most 12 digits after the point');
const Positive = Decimal.check(z.refine((text) => /[1-9]/.test(text), 'must be more than zero'));
const Percent = decimalText('must be a percentage such as 12.5').check(
  z.refine(
    (text) => Number(text) <= 100 && /^\d+(\.\d{1,4})?$/.test(text),
    'must be 0 to 100, with at most 4 digits after the point',
  ),
);
const Day = z.string('must be a date, YYYY-MM-DD').check(z.refine(isDay, 'must be a date, YYYY-MM-DD'));
const Name = z
  .string('must be text')
  .check(z.minLength(1, 'must not be empty'), z.maxLength(200, 'must have at most 200 characters'));
const Note = z.string('must be text').check(z.maxLength(2000, 'must have at most 2,000 characters'));
const oneOf = <const T extends readonly string[]>(values: T) => z.enum(values, `must be one of ${values.join(', ')}`);

/**
 * How the days of a cycle become one quantity.
 * - `sum`: they add up
 * - `gb-month`: each is a thirtieth of that day's peak, and they add up
 * - `peak`: a level; its highest counts
 * - `mean-of-daily-peaks`: a level; the mean over all days of the cycle counts
 */
export const aggregations = ['sum', 'gb-month', 'peak', 'mean-of-daily-peaks'] as const;
/**
 * How what is beyond the allowance is counted.
 * - `none`: to the last digit
 * - `block`: in whole blocks of `per`, the begun one included
 * - `unit`: in whole units, the begun one included
 * - `nearest-unit`: in whole units, the nearest
 */
export const roundings = ['none', 'block', 'unit', 'nearest-unit'] as const;
/**
 * - `account-cycle`: once an account and billing cycle
 * - `account-day`: on every UTC day of an account; what is left of a day is lost
 * - `zone-cycle`: once a zone and billing cycle
 */
export const allowanceKinds = ['account-cycle', 'account-day', 'zone-cycle', 'none'] as const;
/**
 * - `legacy`: closed to new customers, still billed
 * - `announced-not-billed`: has a price, but is not billed yet
 * - `free-on-paid`: metered, and free
 * - `contract-only`: has no list price
 */
export const statuses = ['billed', 'legacy', 'announced-not-billed', 'free-on-paid', 'contract-only'] as const;
/** How well a list price is known; `custom` is a person's own. */
export const certainties = ['official', 'invoice', 'third-party', 'secondary', 'uncertain', 'no-public-price', 'custom'] as const;

export const Price = z.strictObject({
  /** What one block costs: less than a cost that can be kept. */
  amount: Decimal.check(z.refine((text) => !(Number(text) >= 1e12), 'must be less than 1,000,000,000,000')),
  /** Units in a block. */
  per: Positive,
});

export const Line = z.strictObject({
  /** Id of the metric; the line's own id. */
  metric: Name,
  name: Name,
  /** Other names and ids of the metric. */
  aliases: z.array(Name).check(z.maxLength(20, 'must hold at most 20 names')),
  family: Name,
  unit: z.string('must be text').check(z.maxLength(100, 'must have at most 100 characters')),
  aggregation: oneOf(aggregations),
  rounding: oneOf(roundings),
  status: oneOf(statuses),
  /** Null where there is none, or none that we know. */
  price: z.nullable(Price),
  /** FOCUS unit of the price, with the number of units in it. */
  pricingUnit: z.nullable(Name),
  included: z.strictObject({
    quantity: Decimal,
    per: oneOf(allowanceKinds),
    /** Metrics with the same pool use up one allowance together. */
    pool: z.nullable(Name),
  }),
  /** The first day it is billed: before it, usage is metered and free. Null: always. */
  from: z.nullable(Day),
  /** The day after the last one that has this price: from then on there is no rate. Null: none. */
  until: z.nullable(Day),
  certainty: oneOf(certainties),
  source: z.strictObject({ url: Note, evidence: Note }),
  note: Note,
});

/**
 * What differs for some accounts, on some days. An override without organization and account holds everywhere; one
 * without a metric holds for every line. The nearer one wins: account before organization, an organization before the one
 * above it, a metric's own before one for all.
 */
export const Override = z.strictObject({
  organization: z.optional(OrganizationId),
  account: z.optional(Name),
  metric: z.optional(Name),
  /** First day, included. */
  from: z.optional(Day),
  /** Last day, excluded. */
  until: z.optional(Day),
  /**
   * Null: the price is not known, so there is no rate. A price that is given here is net and billed: discounts of
   * farther overrides do not lower it, and a line that is free or has no list price has this one.
   */
  price: z.optional(z.nullable(Price)),
  /** Percent off the price. */
  discount: z.optional(Percent),
  /** The allowance; null: none. Where metrics share an allowance, this is the allowance they share. */
  included: z.optional(z.nullable(Decimal)),
  note: z.optional(Note),
});

/** A metric that neither has the id nor a name of a line, and the line that prices it. */
export const Mapping = z.strictObject({ metric: Name, line: Name });

export const RateCard = z.strictObject({
  id: Name,
  version: Name,
  name: Name,
  /** The day its prices were read. */
  compiled: Day,
  currency: Currency,
  note: Note,
  lines: z.array(Line).check(z.maxLength(2000, 'must hold at most 2,000 lines')),
  overrides: z.array(Override).check(z.maxLength(20_000, 'must hold at most 20,000 overrides')),
  mappings: z.array(Mapping).check(z.maxLength(2000, 'must hold at most 2,000 mappings')),
});

export type Price = z.infer<typeof Price>;
export type Line = z.infer<typeof Line>;
export type Mapping = z.infer<typeof Mapping>;
export type Override = z.infer<typeof Override>;
export type RateCard = z.infer<typeof RateCard>;
export type Rounding = Line['rounding'];

/** Who put a version in force. None is ever changed or removed: the versions are the record of what was changed, and why. */
export interface RateCardVersion {
  version: number;
  /** RFC 3339. */
  at: string;
  /** Null for the list that Canopy brings along. */
  by: { id: string; name: string } | null;
  /** Null where it may speak of organizations that the person may not see. */
  note: string | null;
}

export interface StoredRateCard extends RateCardVersion {
  card: RateCard;
  /** False where overrides of organizations and accounts that the person may not see are left out. */
  whole: boolean;
}

export interface RateCardInForce extends StoredRateCard {
  /** Newest first; the first one is in force. */
  versions: readonly RateCardVersion[];
}

const common = { params: {}, query: {}, paging: 'none', credential: 'none', effect: 'read' } as const;
/** A card at the bounds of its lists is about 4 MB. */
const cardLimit = 4 * 1024 * 1024;

/** The card in force with the list of its versions. Who sees a part of the hierarchy gets the overrides of that part, and no remarks of people. */
export const getRateCard = endpoint({
  ...common,
  name: 'getRateCard',
  method: 'GET',
  path: '/canopy/spend/rate-card',
  body: null,
  result: answer<RateCardInForce>(),
  permission: 'spend:read',
});

/** One version as it was saved, in as much as the person may see of it. `not_found` where there is none with this number. */
export const getRateCardVersion = endpoint({
  ...common,
  name: 'getRateCardVersion',
  method: 'GET',
  path: '/canopy/spend/rate-card/versions/:version',
  params: { version: z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'must be the number of a version')) },
  body: null,
  result: answer<StoredRateCard>(),
  permission: 'spend:read',
});

/**
 * Puts a card in force for everyone, and prices stored usage again. Sending the same card twice makes one version, so it
 * may be repeated. Leaves no receipt: the version says who saved what, when and why.
 */
export const saveRateCard = endpoint({
  ...common,
  name: 'saveRateCard',
  method: 'PUT',
  path: '/canopy/spend/rate-card',
  body: z.strictObject({
    /** The version that was changed. Where it is no longer in force, nothing is saved: `stale_version`. */
    base: z.int('must be the number of a version').check(z.minimum(1, 'must be the number of a version')),
    /** Why: it stands beside the version. */
    note: z.string('must be text').check(z.maxLength(500, 'must have at most 500 characters')),
    card: RateCard,
  }),
  bodyLimit: cardLimit,
  result: answer<RateCardInForce>(),
  permission: 'spend:write',
});

/** What usage would be estimated at with two cards; null where nothing of it has a rate. */
export interface TwoEstimates {
  inForce: string | null;
  draft: string | null;
}

export interface RateCardPreview extends TwoEstimates {
  /** The first of the running month, included, and the day after today, excluded. */
  from: string;
  to: string;
  /** Each card's own. */
  currencies: { inForce: string; draft: string };
  /** The version that is in force. */
  version: number;
  /** Those that differ most first. */
  families: readonly ({ family: string } & TwoEstimates)[];
  /** Metrics used in the month that have a rate with the card in force, and on some of these days none with the other: dearest first, at most 50. */
  lost: readonly { metric: string; inForce: string }[];
  /** Usage of the month is being priced: metrics that cost the same with both cards count as they were priced last. */
  isStale: boolean;
}

/** What the running month would be estimated at with another card, for all that the person may see. Saves nothing. */
export const previewRateCard = endpoint({
  ...common,
  name: 'previewRateCard',
  method: 'POST',
  path: '/canopy/spend/rate-card/preview',
  body: z.strictObject({ card: RateCard }),
  bodyLimit: cardLimit,
  result: answer<RateCardPreview>(),
  permission: 'spend:read',
});
