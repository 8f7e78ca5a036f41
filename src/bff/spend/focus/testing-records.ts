import { addDays } from '../days.ts';
import { defaultCard } from '../pricing/default-card.ts';
import { recordText } from '../testing.ts';

/** The days that have records, each with every metric of the card; the second has what is odd, the third what breaks a rule. */
export const days = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'] as const;

const whole = (day: string) => ({ ChargePeriodStart: `${day}T00:00:00Z`, ChargePeriodEnd: `${addDays(day, 1)}T00:00:00Z` });

/** Every metric of the card on days below its allowance, across it, beyond it, and with a fraction. */
function everyMetric(day: string, index: number): string[] {
  return defaultCard.lines.map((line) => {
    const included = Number(line.included.quantity) || 1;
    const per = Number(line.price?.per ?? '1');
    const quantity = [included * 0.4, included + per * 2.5, per * 3 + 7, 0.0000473][index] ?? 0;
    return recordText(
      'a',
      day,
      {
        ...whole(day),
        ChargeDescription: `${line.name} — daily usage`,
        ConsumedUnit: line.unit,
        x_BillableMetricId: line.metric,
        x_BillableMetricName: line.name,
        x_ProductFamilyId: undefined,
        x_ProductFamilyName: line.family,
      },
      `"ConsumedQuantity":${quantity.toFixed(7)}`,
    );
  });
}

/** What is odd in one way each. */
function oddities(day: string): string[] {
  const quantity = '"ConsumedQuantity":5';
  const billed = '"ConsumedQuantity":2000000,"BilledCost":0.60,"EffectiveCost":0.60,"ContractedCost":0.60,"ListCost":0.80';
  const prices = '"PricingQuantity":2,"ListUnitPrice":0.40,"ContractedUnitPrice":0.30';
  const period = { BillingPeriodStart: '2026-10-12T00:00:00Z', BillingPeriodEnd: '2026-11-12T00:00:00Z' };
  return [
    recordText('b', day, { ...whole(day), BillingAccountName: 'Köln “Nord” GmbH', RegionId: 'WEUR' }, quantity),
    recordText('0123456789', day, { ...whole(day), BillingAccountName: '=cmd|x', x_ZoneName: '+evil', x_ZoneId: 'z1' }, quantity),
    recordText(
      'h',
      day,
      { ...whole(day), ...period, BillingCurrency: 'usd', PricingUnit: '1000000 Requests' },
      `${billed},${prices}`,
    ),
    recordText('c', day, { ...whole(day), ...period, BillingCurrency: 'EUR' }, '"ConsumedQuantity":3,"BilledCost":0.1'),
    recordText(
      'c',
      day,
      { ...whole(day), ...period, BillingCurrency: 'USD', ChargeClass: 'Correction' },
      '"ConsumedQuantity":-1000,"BilledCost":-0.0003',
    ),
    recordText(
      'd',
      day,
      { ...whole(day), ConsumedUnit: 'GB-months', x_BillableMetricId: 'kv_storage', SubAccountId: 's-1' },
      '"ConsumedQuantity":40.25,"RegionId":null',
    ),
    recordText(
      'd',
      day,
      {
        ...whole(day),
        x_BillableMetricId: 'unheard_of',
        x_BillableMetricName: 'Unheard',
        ConsumedUnit: '',
        x_ProductFamilyId: 'new',
        x_ProductFamilyName: 'New',
      },
      quantity,
    ),
    recordText(
      'e',
      day,
      { ...whole(day), InvoiceIssuerName: 'A Reseller', ServiceProviderName: 'Cloudflare, Inc.' },
      '"ConsumedQuantity":30000000',
    ),
    recordText('f', day, { ...whole(day), Colour: { of: 'somebody@example.com' } }, '"ConsumedQuantity":1e3'),
    recordText('f', day, { ...whole(day) }, '"ConsumedQuantity":0.12345678901234567890'),
    recordText('g', day, { ChargePeriodStart: `${day}T05:00:00Z`, ChargePeriodEnd: `${day}T06:00:00Z` }, quantity),
  ];
}

/** Units that are none of FOCUS. */
const units = [
  'GB-Month',
  'NULL',
  '%',
  'Requests (Millions)',
  'Mb/S',
  '1,000 Requests',
  '1000 GB-Months',
  '4K Minutes',
  'µs',
  'Pay-As',
];

/** What breaks a rule of the format if it is passed on. */
export function breaking(day: string): string[] {
  const quantity = '"ConsumedQuantity":5';
  const unheard = { ...whole(day), x_BillableMetricId: 'unheard_of', x_BillableMetricName: 'Unheard' };
  const billed = { ...whole(day), BillingCurrency: 'USD' };
  const none = { x_BillableMetricId: undefined, x_BillableMetricName: undefined };
  const noFamily = { x_ProductFamilyId: undefined, x_ProductFamilyName: undefined };
  const prices = '"PricingQuantity":2,"ListUnitPrice":0.40,"ContractedUnitPrice":0.30';
  return [
    ...units.map((unit) => recordText('i', day, { ...unheard, ConsumedUnit: unit }, quantity)),
    recordText(
      'i',
      day,
      { ...billed, PricingUnit: '1000000 GB-Seconds' },
      `${quantity},"BilledCost":0.6,"ListCost":0.8,${prices}`,
    ),
    // matched by name: with another id, and without one
    recordText('j', day, { ...whole(day), x_BillableMetricId: 'another_id' }, quantity),
    recordText('j', day, { ...whole(day), x_BillableMetricId: undefined }, quantity),
    recordText('20261101', day, { ...whole(day), BillingAccountName: '2026', SubAccountId: '7001' }, quantity),
    recordText('k', day, { ...unheard, x_ProductFamilyId: 'r2', x_ProductFamilyName: 'R2 Storage' }, quantity),
    recordText('k', day, { ...unheard, x_ProductFamilyId: undefined, x_ProductFamilyName: 'R2 Storage' }, quantity),
    recordText('k', day, { ...unheard, x_ProductFamilyId: undefined, x_ProductFamilyName: 'r2 ' }, quantity),
    recordText('k', day, { ...unheard, x_ProductFamilyId: 'workers', x_ProductFamilyName: 'New' }, quantity),
    recordText('k', day, { ...whole(day), ...noFamily, x_BillableMetricId: undefined, x_BillableMetricName: 'R2' }, quantity),
    recordText(
      'l',
      day,
      { ...billed, ChargeCategory: 'Tax', ChargeFrequency: 'Recurring', PricingUnit: 'Invoices' },
      `"ConsumedQuantity":3,"BilledCost":0.6,${prices}`,
    ),
    recordText('l', day, { ...whole(day), ChargeCategory: 'Tax' }, quantity),
    recordText('m', day, { ...billed, ChargeCategory: 'Purchase' }, '"ConsumedQuantity":1,"BilledCost":20,"EffectiveCost":0'),
    ...['ABC', 'DEM', '$', 'usd'].map((currency) =>
      recordText('n', day, { ...whole(day), BillingCurrency: currency }, '"ConsumedQuantity":5,"BilledCost":0.5'),
    ),
    // sent in a currency, and no cost with it: one that the card knows a price of, and one that it does not
    ...['CHF', 'chf', 'USD'].map((currency) => recordText('u', day, { ...whole(day), BillingCurrency: currency }, quantity)),
    recordText('u', day, { ...unheard, BillingCurrency: 'GBP' }, quantity),
    recordText('i', day, billed, `${quantity},"BilledCost":0,"PricingQuantity":0`),
    // more than a hundred million, as they are soon in rupiahs
    recordText('s', day, { ...billed, BillingCurrency: 'IDR' }, '"ConsumedQuantity":3,"BilledCost":400000000000'),
    recordText('s', day, { ...billed, BillingCurrency: 'VND' }, '"ConsumedQuantity":700000000000,"BilledCost":700000000'),
    recordText('t', day, { ...whole(day) }, '"ConsumedQuantity":1000000000000007'),
    recordText('o', day, { ...whole(day), ...none, ...noFamily }, quantity),
    recordText('o', day, { ...whole(day), ...none, ...noFamily, x_ProductFamilyName: '', BillingAccountName: '' }, quantity),
    recordText('p', day, { ...whole(day), BillingAccountName: 'NULL' }, quantity),
    recordText('q', day, { ...unheard, BillingAccountName: 'INVALID', SubAccountId: 'NULL', RegionId: 'INVALID_INT' }, quantity),
    recordText(
      'r',
      day,
      billed,
      '"ConsumedQuantity":2000000,"BilledCost":-0.6,"ListCost":-0.8,"PricingQuantity":2,"ListUnitPrice":-0.40,"ContractedUnitPrice":-0.30',
    ),
  ];
}

/** What is true, and still breaks a rule of the validator. */
export function trueButRefused(day: string): string[] {
  const billed = { ...whole(day), BillingCurrency: 'USD' };
  return [
    recordText('x', day, { ...billed, InvoiceIssuerName: 'A Reseller' }, '"ConsumedQuantity":5,"BilledCost":0.5'),
    recordText('y', day, { ...billed, ChargeCategory: 'Purchase', ChargeFrequency: 'Recurring' }, '"BilledCost":20'),
    recordText('z', day, { ...billed, BillingCurrency: 'ZWG' }, '"ConsumedQuantity":5,"BilledCost":0.5'),
  ];
}
export const refused: ReadonlySet<string | null | undefined> = new Set(['x', 'y', 'z']);

export const recordsOf = (day: string, index: number): string[] => [
  ...everyMetric(day, index),
  ...(index === 1 ? oddities(day) : []),
  ...(index === 2 ? [...breaking(day), ...trueButRefused(day)] : []),
];
