import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { AccountId, OrganizationId } from '../ids.ts';
import { maybe } from '../open.ts';
import { day } from '../query.ts';

/**
 * One FOCUS row. Costs, prices, currency and periods are absent today; absent, null and zero are three
 * different things. Numbers may have more digits than a double holds: the spend store reads their text.
 */
export const UsageRecord = z.looseObject({
  BillingAccountId: z.string(),
  BillingAccountName: maybe(z.string()),
  BillingCurrency: maybe(z.string()),
  BillingPeriodStart: maybe(z.string()),
  BillingPeriodEnd: maybe(z.string()),
  ChargeCategory: maybe(z.string()),
  ChargeClass: maybe(z.string()),
  ChargeDescription: maybe(z.string()),
  ChargeFrequency: maybe(z.string()),
  /** Inclusive. The day a record belongs to. */
  ChargePeriodStart: z.string(),
  /** Exclusive. */
  ChargePeriodEnd: maybe(z.string()),
  ConsumedQuantity: maybe(z.number()),
  ConsumedUnit: maybe(z.string()),
  PricingQuantity: maybe(z.number()),
  PricingUnit: maybe(z.string()),
  ListUnitPrice: maybe(z.number()),
  ContractedUnitPrice: maybe(z.number()),
  BilledCost: maybe(z.number()),
  EffectiveCost: maybe(z.number()),
  ContractedCost: maybe(z.number()),
  ListCost: maybe(z.number()),
  RegionId: maybe(z.string()),
  RegionName: maybe(z.string()),
  SubAccountId: maybe(z.string()),
  SubAccountName: maybe(z.string()),
  x_BillableMetricId: maybe(z.string()),
  x_BillableMetricName: maybe(z.string()),
  x_ProductCategoryName: maybe(z.string()),
  x_ProductFamilyId: maybe(z.string()),
  x_ProductFamilyName: maybe(z.string()),
  x_ZoneId: maybe(z.string()),
  x_ZoneName: maybe(z.string()),
});
export type UsageRecord = z.infer<typeof UsageRecord>;

/** Both or neither; at most 31 days apart; days of the charge period. Whether the last one is included is not documented. */
const range = { from: day(), to: day() } as const;

/** Not paged: the whole answer is one body, which may not fit in memory. */
export const getOrganizationUsage = endpoint({
  name: 'getOrganizationUsage',
  method: 'GET',
  path: '/organizations/:organizationId/billable/usage',
  params: { organizationId: OrganizationId },
  query: range,
  body: null,
  result: z.array(UsageRecord),
  paging: 'none',
  credential: 'token',
  permission: 'spend:read',
  effect: 'read',
});

export const getAccountUsage = endpoint({
  name: 'getAccountUsage',
  method: 'GET',
  path: '/accounts/:accountId/billable/usage',
  params: { accountId: AccountId },
  query: range,
  body: null,
  result: z.array(UsageRecord),
  paging: 'none',
  credential: 'token',
  permission: 'spend:read',
  effect: 'read',
});

/** A list of different ids, as upstream's schema bounds it. */
const ids = (most: number) =>
  z.array(z.string().check(z.maxLength(128))).check(
    z.maxLength(most, `must hold at most ${most} values`),
    z.refine((values) => new Set(values).size === values.length, 'must not repeat a value'),
  );

/** The same rows chosen by a body. It changes nothing, so it is a read in spite of its method. */
export const queryAccountUsage = endpoint({
  name: 'queryAccountUsage',
  method: 'POST',
  path: '/accounts/:accountId/billable/usage',
  params: { accountId: AccountId },
  query: {},
  body: z.strictObject({
    FilterBy: z.optional(
      z.strictObject({
        MetricIds: z.optional(ids(20)),
        ProductFamilyIds: z.optional(ids(10)),
      }),
    ),
    TimePeriod: z.optional(z.strictObject({ From: z.optional(z.string()), To: z.optional(z.string()) })),
  }),
  result: z.array(UsageRecord),
  paging: 'none',
  credential: 'token',
  permission: 'spend:read',
  effect: 'read',
});
