import type { UsageSeriesTable } from '../../database/migrations/usage.ts';
import { upstreamSource } from '../dimensions.ts';
import { currencyOf } from './currencies.ts';
import type { SaidService } from './said-services.ts';
import { serviceAsSaid, serviceOf } from './services.ts';
import { ascii, chargeCategory, chargeFrequency, focusUnit, providerName } from './words.ts';

/** Text columns of the sheet that go into the file under their own name, in ASCII. */
export const wordColumns = [
  'BillingAccountId',
  'BillingAccountName',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'HostProviderName',
  'InvoiceIssuerName',
  'ProviderName',
  'PublisherName',
  'RegionId',
  'RegionName',
  'ServiceCategory',
  'ServiceName',
  'ServiceProviderName',
  'ServiceSubcategory',
  'SkuId',
  'SkuMeter',
  'SubAccountId',
  'SubAccountName',
  'SubAccountType',
  'x_AsSent',
  'x_BillableMetricId',
  'x_BillableMetricName',
  'x_OrganizationId',
  'x_ProductCategoryName',
  'x_ProductFamilyId',
  'x_ProductFamilyName',
  'x_Source',
  'x_ZoneId',
  'x_ZoneName',
] as const;
export type Words = Record<(typeof wordColumns)[number], string | null>;

const nothingSaid: SaidService = { ServiceCategory: null, ServiceName: null, ServiceSubcategory: null };

/** The words of a series as FOCUS wants them. What had to be changed stands in `x_AsSent` as it was. */
export function wordsOf(one: UsageSeriesTable, said: SaidService = nothingSaid): Words {
  const asSent: Record<string, string> = {};
  const plain = (name: string, text: string | null): string | null => {
    if (!text) return null;
    const made = ascii(text);
    if (made !== text && name !== 'ChargeDescription') asSent[name] = text;
    return made;
  };
  const known = (name: string, sent: string | null, made: string): string => {
    if (sent !== null && sent !== made) asSent[name] = sent;
    return made;
  };
  const category = known('ChargeCategory', one.charge_category, chargeCategory(one.charge_category));
  const isCorrection = one.charge_class?.toLowerCase() === 'correction';
  if (one.charge_class !== null && one.charge_class !== 'Correction') asSent['ChargeClass'] = one.charge_class;
  const isTax = category === 'Tax';
  known('BillingCurrency', one.currency, currencyOf(one.currency));
  // Quantities of other charges than usage, and all but the cost of a tax, are empty.
  if (one.consumed_unit && (category !== 'Usage' || focusUnit(one.consumed_unit) !== one.consumed_unit))
    asSent['ConsumedUnit'] = one.consumed_unit;
  if (one.pricing_unit && (isTax || focusUnit(one.pricing_unit) !== one.pricing_unit)) asSent['PricingUnit'] = one.pricing_unit;
  const account = plain('BillingAccountId', one.account_id) ?? 'none';
  const region = plain('RegionId', one.region_id);
  const subscription = plain('SubAccountId', one.sub_account_id);
  // a file of another provider may leave out who hosts or bills
  const named = [one.service_provider_name, one.host_provider_name, one.invoice_issuer_name].find((name) => name?.trim());
  const unnamed = one.source === upstreamSource ? 'Cloudflare' : (named ?? 'unknown');
  const company = (name: string, sent: string | null) => known(name, sent, providerName(sent?.trim() ? sent : unnamed));
  const provider = company('ServiceProviderName', one.service_provider_name);
  const publisher = company('HostProviderName', one.host_provider_name);
  const service = serviceAsSaid(said, serviceOf(one.family_id, one.family_name, one.metric_name));
  const metric = plain('SkuId', one.metric_id) ?? 'unknown';
  const meter = plain('SkuMeter', one.metric_name) ?? metric;
  return {
    BillingAccountId: account,
    BillingAccountName: plain('BillingAccountName', one.account_name) ?? (one.account_id === null ? 'No account' : account),
    ChargeCategory: category,
    ChargeClass: isCorrection ? 'Correction' : null,
    ChargeDescription: plain('ChargeDescription', one.charge_description) ?? meter,
    ChargeFrequency: known('ChargeFrequency', one.charge_frequency, chargeFrequency(one.charge_frequency, category)),
    HostProviderName: publisher,
    InvoiceIssuerName: company('InvoiceIssuerName', one.invoice_issuer_name),
    ProviderName: provider,
    PublisherName: publisher,
    RegionId: region,
    RegionName: region === null ? null : (plain('RegionName', one.region_name) ?? region),
    ServiceCategory: known('ServiceCategory', said.ServiceCategory, service.category),
    ServiceName: known('ServiceName', said.ServiceName ?? (one.family_name || null), service.name),
    ServiceProviderName: provider,
    ServiceSubcategory: known('ServiceSubcategory', said.ServiceSubcategory, service.subcategory),
    SkuId: isTax ? null : metric,
    SkuMeter: isTax ? null : meter,
    SubAccountId: subscription,
    SubAccountName: subscription === null ? null : (plain('SubAccountName', one.sub_account_name) ?? subscription),
    SubAccountType: subscription === null ? null : 'Subscription',
    x_AsSent: Object.keys(asSent).length > 0 ? JSON.stringify(asSent) : null,
    x_BillableMetricId: one.metric_id,
    x_BillableMetricName: one.metric_name,
    x_OrganizationId: one.organization_id,
    x_ProductCategoryName: one.category,
    x_ProductFamilyId: one.family_id,
    x_ProductFamilyName: one.family_name,
    x_Source: one.source,
    x_ZoneId: one.zone_id,
    x_ZoneName: one.zone_name,
  };
}
