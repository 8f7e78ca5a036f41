/** A number as its digits: some have more of them than a double holds. */
export type Digits = string;

/** One FOCUS row as Cloudflare sends it. Absent keys are left out of the answer; null is sent as null. */
export interface UsageRow {
  ServiceProviderName: string;
  InvoiceIssuerName: string;
  HostProviderName: string;
  BillingAccountId: string;
  BillingAccountName: string;
  ChargePeriodStart: string;
  ChargePeriodEnd: string;
  x_BillableMetricId: string;
  x_BillableMetricName: string;
  ChargeCategory: string;
  ChargeFrequency: string;
  ChargeDescription: string;
  ConsumedQuantity: Digits;
  ConsumedUnit: string;
  x_ProductCategoryName?: string;
  x_ProductFamilyId?: string;
  x_ProductFamilyName?: string;
  SubAccountId?: string;
  SubAccountName?: string;
  x_ZoneId?: string | null;
  x_ZoneName?: string | null;
  RegionId?: string | null;
  RegionName?: string | null;
  BillingCurrency?: string | null;
  BillingPeriodStart?: string | null;
  BillingPeriodEnd?: string | null;
  ChargeClass?: string | null;
  PricingQuantity?: Digits | null;
  PricingUnit?: string | null;
  ListUnitPrice?: Digits | null;
  ContractedUnitPrice?: Digits | null;
  ListCost?: Digits | null;
  ContractedCost?: Digits | null;
  BilledCost?: Digits | null;
  EffectiveCost?: Digits | null;
  Tags?: Readonly<Record<string, string | true>>;
}

const numeric: ReadonlySet<string> = new Set<keyof UsageRow>([
  'ConsumedQuantity',
  'PricingQuantity',
  'ListUnitPrice',
  'ContractedUnitPrice',
  'ListCost',
  'ContractedCost',
  'BilledCost',
  'EffectiveCost',
]);

/** The row as JSON, with its numbers written digit by digit. */
export function usageRowJson(row: UsageRow): string {
  let text = '';
  for (const [name, value] of Object.entries(row)) {
    text += `${text === '' ? '{' : ','}"${name}":${numeric.has(name) ? String(value) : JSON.stringify(value)}`;
  }
  return `${text}}`;
}
