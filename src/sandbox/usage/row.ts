/**
 * One FOCUS row as the JSON it is sent as. Rows are texts and not objects because their numbers may have more digits than
 * a double holds, and because a month of a distributor is half a million of them.
 */
export type UsageRow = string;

/** The columns of a row. Absent, null and a value are three different things; numbers are digits. */
export interface RowFields {
  ServiceProviderName?: string;
  InvoiceIssuerName?: string;
  HostProviderName?: string;
  BillingAccountId?: string;
  BillingAccountName?: string;
  ChargePeriodStart?: string;
  ChargePeriodEnd?: string;
  ChargeCategory?: string;
  ChargeClass?: string | null;
  ChargeFrequency?: string;
  ChargeDescription?: string;
  ConsumedUnit?: string;
  SubAccountId?: string;
  SubAccountName?: string;
  RegionId?: string | null;
  RegionName?: string | null;
  x_BillableMetricId?: string;
  x_BillableMetricName?: string;
  x_ProductCategoryName?: string;
  x_ProductFamilyId?: string;
  x_ProductFamilyName?: string;
  x_ZoneId?: string | null;
  x_ZoneName?: string | null;
  Tags?: Readonly<Record<string, string | true>>;
  BillingCurrency?: string | null;
  BillingPeriodStart?: string | null;
  BillingPeriodEnd?: string | null;
  PricingUnit?: string | null;
  ListUnitPrice?: null;
  ContractedUnitPrice?: null;
  ListCost?: null;
  ContractedCost?: null;
  BilledCost?: null;
  EffectiveCost?: null;
}

/** A run of fields inside a row, each with the comma before it. */
export function fieldsText(fields: RowFields): string {
  const text = JSON.stringify(fields).slice(1, -1);
  return text === '' ? '' : `,${text}`;
}

/** How a row begins. It ends with a brace of its own. */
export const rowHead = (fields: RowFields): string => `{${fieldsText(fields).slice(1)}`;
