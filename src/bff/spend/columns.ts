import type { UsageRecordTable, UsageSeriesTable } from '../database/migrations/usage.ts';

type WordColumn = Exclude<keyof UsageSeriesTable, 'series_id' | 'organization_id' | 'key' | 'nulls' | 'source'>;
type ValueColumn = Exclude<keyof UsageRecordTable, 'series_id' | 'day' | 'other' | 'exact' | 'counted' | CostRest>;
type CostRest = 'billed_rest' | 'effective_rest' | 'contracted_rest' | 'list_rest';

/** Fields that say what a record is about, in the order of `usage_series`: FOCUS name and column. */
export const words = [
  ['BillingAccountId', 'account_id'],
  ['BillingAccountName', 'account_name'],
  ['BillingCurrency', 'currency'],
  ['ChargeCategory', 'charge_category'],
  ['ChargeClass', 'charge_class'],
  ['ChargeDescription', 'charge_description'],
  ['ChargeFrequency', 'charge_frequency'],
  ['ConsumedUnit', 'consumed_unit'],
  ['PricingUnit', 'pricing_unit'],
  ['RegionId', 'region_id'],
  ['RegionName', 'region_name'],
  ['SubAccountId', 'sub_account_id'],
  ['SubAccountName', 'sub_account_name'],
  ['HostProviderName', 'host_provider_name'],
  ['InvoiceIssuerName', 'invoice_issuer_name'],
  ['ServiceProviderName', 'service_provider_name'],
  ['x_BillableMetricId', 'metric_id'],
  ['x_BillableMetricName', 'metric_name'],
  ['x_ProductCategoryName', 'category'],
  ['x_ProductFamilyId', 'family_id'],
  ['x_ProductFamilyName', 'family_name'],
  ['x_ZoneId', 'zone_id'],
  ['x_ZoneName', 'zone_name'],
] as const satisfies readonly (readonly [string, WordColumn])[];

export type Kind = 'text' | 'quantity' | 'cost';

/** Fields that differ from day to day, in the order of `usage_record`; a cost takes two columns. */
export const values = [
  ['ChargePeriodStart', 'charge_period_start', 'text'],
  ['ChargePeriodEnd', 'charge_period_end', 'text'],
  ['BillingPeriodStart', 'billing_period_start', 'text'],
  ['BillingPeriodEnd', 'billing_period_end', 'text'],
  ['ConsumedQuantity', 'consumed_quantity', 'quantity'],
  ['PricingQuantity', 'pricing_quantity', 'quantity'],
  ['ListUnitPrice', 'list_unit_price', 'quantity'],
  ['ContractedUnitPrice', 'contracted_unit_price', 'quantity'],
  ['BilledCost', 'billed_cost', 'cost'],
  ['EffectiveCost', 'effective_cost', 'cost'],
  ['ContractedCost', 'contracted_cost', 'cost'],
  ['ListCost', 'list_cost', 'cost'],
] as const satisfies readonly (readonly [string, ValueColumn, Kind])[];

export type WordName = (typeof words)[number][0];
export type ValueName = (typeof values)[number][0];

interface Width {
  width: number;
  scale: number;
}
export const quantityWidth: Width = { width: 38, scale: 12 };
/** The first column of a cost adds up fast, and nearly every cost fits it. */
export const costWidth: Width = { width: 18, scale: 6 };
/** Both columns of a cost together: the second holds the digits that are left. */
export const wholeCostWidth: Width = { width: 27, scale: 15 };

/** Fields of FOCUS 1.0 to 1.3 that Cloudflare does not send today. Where it starts to, they are kept without a remark. */
export const otherFocusFields: ReadonlySet<string> = new Set(
  `AllocatedMethodDetails AllocatedMethodId AllocatedResourceId AllocatedResourceName AllocatedTags AvailabilityZone
  BillingAccountType CapacityReservationId CapacityReservationStatus CommitmentDiscountCategory
  CommitmentDiscountId CommitmentDiscountName CommitmentDiscountQuantity CommitmentDiscountStatus CommitmentDiscountType
  CommitmentDiscountUnit ContractApplied InvoiceId PricingCategory PricingCurrency PricingCurrencyContractedUnitPrice
  PricingCurrencyEffectiveCost PricingCurrencyListUnitPrice ProviderName PublisherName ResourceId ResourceName ResourceType
  ServiceCategory ServiceName ServiceSubcategory SkuId SkuMeter SkuPriceDetails SkuPriceId SubAccountType Tags`.split(/\s+/),
);

export const chargeCategories: ReadonlySet<string> = new Set(['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment']);
export const chargeFrequencies: ReadonlySet<string> = new Set(['one-time', 'recurring', 'usage-based']);
