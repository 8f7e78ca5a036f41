import type { UsageRecordTable } from '../database/migrations/usage.ts';

/** The columns of a stored record that hold one field of the upstream record as it was sent. */
type Column = Exclude<keyof UsageRecordTable, 'organization_id' | 'day' | 'other' | 'exact' | 'nulls' | 'counted'>;

export type Kind = 'text' | 'quantity' | 'cost';

/** FOCUS name, column, and what it holds, in the order of the table. */
export const fields = [
  ['BillingAccountId', 'account_id', 'text'],
  ['BillingAccountName', 'account_name', 'text'],
  ['BillingCurrency', 'currency', 'text'],
  ['BillingPeriodStart', 'billing_period_start', 'text'],
  ['BillingPeriodEnd', 'billing_period_end', 'text'],
  ['ChargeCategory', 'charge_category', 'text'],
  ['ChargeClass', 'charge_class', 'text'],
  ['ChargeDescription', 'charge_description', 'text'],
  ['ChargeFrequency', 'charge_frequency', 'text'],
  ['ChargePeriodStart', 'charge_period_start', 'text'],
  ['ChargePeriodEnd', 'charge_period_end', 'text'],
  ['ConsumedQuantity', 'consumed_quantity', 'quantity'],
  ['ConsumedUnit', 'consumed_unit', 'text'],
  ['PricingQuantity', 'pricing_quantity', 'quantity'],
  ['PricingUnit', 'pricing_unit', 'text'],
  ['ListUnitPrice', 'list_unit_price', 'quantity'],
  ['ContractedUnitPrice', 'contracted_unit_price', 'quantity'],
  ['BilledCost', 'billed_cost', 'cost'],
  ['EffectiveCost', 'effective_cost', 'cost'],
  ['ContractedCost', 'contracted_cost', 'cost'],
  ['ListCost', 'list_cost', 'cost'],
  ['RegionId', 'region_id', 'text'],
  ['RegionName', 'region_name', 'text'],
  ['SubAccountId', 'sub_account_id', 'text'],
  ['SubAccountName', 'sub_account_name', 'text'],
  ['HostProviderName', 'host_provider_name', 'text'],
  ['InvoiceIssuerName', 'invoice_issuer_name', 'text'],
  ['ServiceProviderName', 'service_provider_name', 'text'],
  ['x_BillableMetricId', 'metric_id', 'text'],
  ['x_BillableMetricName', 'metric_name', 'text'],
  ['x_ProductCategoryName', 'category', 'text'],
  ['x_ProductFamilyId', 'family_id', 'text'],
  ['x_ProductFamilyName', 'family_name', 'text'],
  ['x_ZoneId', 'zone_id', 'text'],
  ['x_ZoneName', 'zone_name', 'text'],
] as const satisfies readonly (readonly [string, Column, Kind])[];

export type FieldName = (typeof fields)[number][0];

/** Width and scale of the decimal columns. */
export const decimals: Readonly<Record<Exclude<Kind, 'text'>, { width: number; scale: number }>> = {
  quantity: { width: 38, scale: 12 },
  cost: { width: 18, scale: 6 },
};

/** Fields of FOCUS 1.2 and 1.3 that Cloudflare does not send today. Where it starts to, they are kept without a remark. */
export const otherFocusFields: ReadonlySet<string> = new Set(
  `AvailabilityZone BillingAccountType CapacityReservationId CapacityReservationStatus CommitmentDiscountCategory
  CommitmentDiscountId CommitmentDiscountName CommitmentDiscountQuantity CommitmentDiscountStatus CommitmentDiscountType
  CommitmentDiscountUnit InvoiceId PricingCategory PricingCurrency PricingCurrencyContractedUnitPrice
  PricingCurrencyEffectiveCost PricingCurrencyListUnitPrice ProviderName PublisherName ResourceId ResourceName ResourceType
  ServiceCategory ServiceName ServiceSubcategory SkuId SkuMeter SkuPriceDetails SkuPriceId SubAccountType Tags`.split(/\s+/),
);

export const chargeCategories: ReadonlySet<string> = new Set(['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment']);
export const chargeFrequencies: ReadonlySet<string> = new Set(['one-time', 'recurring', 'usage-based']);
