import { digits } from '../../database/decimal.ts';

/**
 * The rules of FOCUS 1.2 that bind our file, as far as rows can show them: a stand-in for the FinOps Foundation's
 * validator, written from the specification's column pages (`specification/columns` of FOCUS_Spec, version 1.2).
 */

type Row = Readonly<Record<string, string | null>>;
interface File {
  columns: readonly { name: string; type: string }[];
  rows: readonly Row[];
}

const text = [
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'CommitmentDiscountStatus',
  'ConsumedUnit',
  'HostProviderName',
  'InvoiceId',
  'InvoiceIssuerName',
  'PricingCategory',
  'PricingUnit',
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
  'SkuPriceDetails',
  'SkuPriceId',
  'SubAccountId',
  'SubAccountName',
  'SubAccountType',
];
const costs = ['BilledCost', 'ContractedCost', 'EffectiveCost', 'ListCost'];
const decimals = [...costs, 'ConsumedQuantity', 'ContractedUnitPrice', 'ListUnitPrice', 'PricingQuantity'];
const times = ['BillingPeriodStart', 'BillingPeriodEnd', 'ChargePeriodStart', 'ChargePeriodEnd'];

const neverNull = [
  ...costs,
  ...times,
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'ChargeCategory',
  'ChargeDescription',
  'HostProviderName',
  'InvoiceIssuerName',
  'ProviderName',
  'PublisherName',
  'ServiceCategory',
  'ServiceName',
  'ServiceProviderName',
  'ServiceSubcategory',
];
/** Required of usage and purchases that are no corrections. */
const ofRegularCharges = [
  'PricingQuantity',
  'PricingUnit',
  'ListUnitPrice',
  'ContractedUnitPrice',
  'PricingCategory',
  'SkuId',
  'SkuPriceId',
];
/** The second is null where, and only where, the first is. */
const together = [
  ['ConsumedQuantity', 'ConsumedUnit'],
  ['PricingQuantity', 'PricingUnit'],
  ['RegionId', 'RegionName'],
  ['SubAccountId', 'SubAccountName'],
  ['SubAccountId', 'SubAccountType'],
] as const;

const subcategories: Readonly<Record<string, string>> = {
  'AI and Machine Learning': 'AI Platforms|Bots|Generative AI|Machine Learning|Natural Language Processing',
  Analytics: 'Analytics Platforms|Business Intelligence|Data Processing|Search|Streaming Analytics',
  'Business Applications': 'Productivity and Collaboration',
  Compute: 'Containers|End User Computing|Quantum Compute|Serverless Compute|Virtual Machines',
  Databases: 'Caching|Data Warehouses|Ledger Databases|NoSQL Databases|Relational Databases|Time Series Databases',
  'Developer Tools':
    'Developer Platforms|Continuous Integration and Deployment|Development Environments|Source Code Management|Quality Assurance',
  Identity: 'Identity and Access Management',
  Integration: 'API Management|Messaging|Workflow Orchestration',
  'Internet of Things': 'IoT Analytics|IoT Platforms',
  'Management and Governance':
    'Architecture|Compliance|Cost Management|Data Governance|Disaster Recovery|Endpoint Management|Observability|Support',
  Media: 'Content Creation|Gaming|Media Streaming|Mixed Reality',
  Migration: 'Data Migration|Resource Migration',
  Mobile: '',
  Multicloud: 'Multicloud Integration',
  Networking:
    'Application Networking|Content Delivery|Network Connectivity|Network Infrastructure|Network Routing|Network Security',
  Other: '',
  Security: 'Secret Management|Security Posture Management|Threat Detection and Response',
  Storage: 'Backup Storage|Block Storage|File Storage|Object Storage|Storage Platforms',
  Web: 'Application Platforms',
};

const size = '(?:[KMGTPE]i?)?[bB]|Bytes';
const word = `${size}|[A-Z][a-z]+(?: [A-Z][a-z]+)*|vCPU`;
const units = [
  new RegExp(`^(?:[1-9]\\d* )?(?:${word})$`), // a number only before a plain unit
  new RegExp(`^(?:${word})-(?:Years|Months|Days|Hours|Minutes|Seconds)$`),
  new RegExp(`^(?:${word})/(?:Year|Month|Day|Hour|Minute|Second)$`),
];
const isUnit = (unit: string): boolean => units.some((pattern) => pattern.test(unit));

const number = (value: string | null | undefined) => (value === null || value === undefined ? null : Number(value));

/** A number as units of 10^-30, so that products are exact. */
function exactly(value: string): bigint {
  const parsed = digits(value) ?? { value: 0n, scale: 0 };
  return parsed.value * 10n ** BigInt(30 - parsed.scale);
}

/** Whether price times quantity is the cost, as far as the twelve digits of a quantity and the fifteen of a cost can say. */
function isProduct(price: string, quantity: string, cost: string): boolean {
  const scale = 10n ** 30n;
  const product = (exactly(price) * exactly(quantity)) / scale;
  const difference = product - exactly(cost);
  const tolerance = exactly(price) / (2n * 10n ** 12n) + 10n ** 15n;
  return (difference < 0n ? -difference : difference) <= tolerance;
}

/** Each rule by name, and whether a row keeps it. */
const rowRules: Readonly<Record<string, (row: Row) => boolean>> = {
  ...Object.fromEntries(neverNull.map((name) => [`${name}-not-null`, (row: Row) => row[name] !== null])),
  ...Object.fromEntries(
    together.map(([first, second]) => [
      `${second}-with-${first}`,
      (row: Row) => (row[first] === null) === (row[second] === null),
    ]),
  ),
  ...Object.fromEntries(
    ofRegularCharges.map((name) => [
      `${name}-of-usage`,
      (row: Row) => !isRegular(row) || (row[name] !== null && row[name] !== undefined),
    ]),
  ),
  ...Object.fromEntries(
    text.map((name) => [`${name}-ascii`, (row: Row) => /^[\u0020-\u007e]*$/.test(row[name] ?? '') && row[name] !== '']),
  ),
  ...Object.fromEntries(
    decimals.map((name) => [`${name}-numeric-format`, (row: Row) => /^-?\d+\.\d+$/.test(row[name] ?? '0.0')]),
  ),
  'ListUnitPrice-not-negative': (row) => (number(row['ListUnitPrice']) ?? 0) >= 0,
  'ContractedUnitPrice-not-negative': (row) => (number(row['ContractedUnitPrice']) ?? 0) >= 0,
  'BillingCurrency-format': (row) => /^[A-Z]{3}$/.test(row['BillingCurrency'] ?? ''),
  'ChargeCategory-values': (row) => /^(Usage|Purchase|Tax|Credit|Adjustment)$/.test(row['ChargeCategory'] ?? ''),
  'ChargeClass-values': (row) => row['ChargeClass'] === null || row['ChargeClass'] === 'Correction',
  'ChargeFrequency-values': (row) => /^(One-Time|Recurring|Usage-Based)$/.test(row['ChargeFrequency'] ?? ''),
  'PricingCategory-values': (row) => /^(Standard|Dynamic|Committed|Other)$/.test(row['PricingCategory'] ?? 'Standard'),
  'ServiceCategory-values': (row) => (row['ServiceCategory'] ?? '') in subcategories,
  'ServiceSubcategory-values': ({ ServiceCategory: category = null, ServiceSubcategory: subcategory = null }) =>
    [...(subcategories[category ?? '']?.split('|') ?? []), `Other (${category})`].includes(subcategory ?? ''),
  'ConsumedUnit-format': (row) => isUnit(row['ConsumedUnit'] ?? 'Requests'),
  'PricingUnit-format': (row) => isUnit(row['PricingUnit'] ?? 'Requests'),
  'ConsumedQuantity-of-usage': (row) => row['ConsumedQuantity'] === null || row['ChargeCategory'] === 'Usage',
  'CommitmentDiscountStatus-without-discount': (row) => row['CommitmentDiscountStatus'] === null,
  'SkuPriceDetails-without-sku-price': (row) => row['SkuPriceDetails'] === null || row['SkuPriceId'] !== null,
  'BilledCost-of-others': (row) => row['ProviderName'] === row['InvoiceIssuerName'] || number(row['BilledCost']) === 0,
  'BillingPeriod-order': (row) => (row['BillingPeriodStart'] ?? '') < (row['BillingPeriodEnd'] ?? ''),
  'ChargePeriod-order': (row) => (row['ChargePeriodStart'] ?? '') < (row['ChargePeriodEnd'] ?? ''),
  'ListCost-equation': (row) => isEquation(row, 'ListUnitPrice', 'ListCost'),
  'ContractedCost-equation': (row) => isEquation(row, 'ContractedUnitPrice', 'ContractedCost'),
  // The two rules on invoices are looked at apart: an empty id fails this one, any other would fail the other.
  'InvoiceId-of-invoiced': (row) => row['InvoiceId'] !== null,
};

const isRegular = (row: Row): boolean =>
  (row['ChargeCategory'] === 'Usage' || row['ChargeCategory'] === 'Purchase') && row['ChargeClass'] === null;

function isEquation(row: Row, price: string, cost: string): boolean {
  const [unitPrice, quantity, amount] = [row[price], row['PricingQuantity'], row[cost]];
  if (!isRegular(row) || !unitPrice || !quantity || !amount) return true;
  return isProduct(unitPrice, quantity, amount);
}

/** The names of the rules that a file breaks, each with the first row that does. */
export function brokenRules(file: File, format: 'csv' | 'parquet'): Map<string, Row | string> {
  const broken = new Map<string, Row | string>();
  const types = new Map(file.columns.map(({ name, type }) => [name, type]));
  for (const name of [...text, ...decimals, ...times]) if (!types.has(name)) broken.set(`${name}-present`, 'no column');
  for (const name of decimals) {
    const type = types.get(name) ?? '';
    if (!/^(DECIMAL|DOUBLE|FLOAT)/.test(type)) broken.set(`${name}-type`, type);
  }
  for (const name of times) if (!types.get(name)?.startsWith('TIMESTAMP')) broken.set(`${name}-type`, types.get(name) ?? '');
  for (const name of text) if (types.get(name) !== 'VARCHAR') broken.set(`${name}-type`, types.get(name) ?? '');
  const names = file.columns.map(({ name }) => name);
  const firstOwn = names.findIndex((name) => name.startsWith('x_'));
  if (names.slice(firstOwn).some((name) => !/^x_[A-Z][A-Za-z]{1,47}$/.test(name)))
    broken.set('custom-columns-last', names.join(' '));
  for (const [name, keeps] of Object.entries(rowRules)) {
    const row = file.rows.find((one) => !keeps(one));
    if (row) broken.set(name, row);
  }
  if (format === 'csv')
    for (const name of times) {
      const row = file.rows.find((one) => !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(one[name] ?? ''));
      if (row) broken.set(`${name}-format`, row);
    }
  return broken;
}
