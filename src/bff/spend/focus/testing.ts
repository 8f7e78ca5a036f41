import { digits } from '../../database/decimal.ts';

/**
 * The rules of FOCUS 1.2 that bind our file, as far as rows can show them: a stand-in for the FinOps Foundation's
 * validator, written from the specification's column pages (`specification/columns` of FOCUS_Spec, version 1.2) and the
 * validator's own model (`model-1.2.0.1.json` of focus_validator).
 */

type Row = Readonly<Record<string, string | null>>;
interface File {
  columns: readonly { name: string; type: string }[];
  rows: readonly Row[];
  /** Of CSV, the file itself. */
  text: string;
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
const nullOfTax = [
  'ContractedUnitPrice',
  'ListUnitPrice',
  'PricingCategory',
  'PricingQuantity',
  'SkuId',
  'SkuMeter',
  'SkuPriceDetails',
  'SkuPriceId',
];
/** A text of the first column stands beside one text of the second, wherever in the file. */
const oneOfEach = [
  ['SkuPriceId', 'SkuId'],
  ['ServiceName', 'ServiceCategory'],
  ['ServiceName', 'ServiceSubcategory'],
] as const;
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
  ['SkuId', 'SkuMeter'],
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

const size = '(?:[KMGTPE]i?)?[bB]';
const word = '[A-Za-z][A-Za-z0-9]*(?: [A-Za-z][A-Za-z0-9]*)*';
const spans = '(?:Year|Month|Day|Hour|Minute|Second)s';
const units = [
  new RegExp(`^(?:[0-9]+ )?(?:${size}|${word})$`), // a number only before a plain unit
  new RegExp(`^(?:${size}|${word})-${spans}$`),
  new RegExp(`^(?:${size}|${word})/(?:${spans.slice(0, -1)}|[0-9]+ ${spans})$`),
];
const isUnit = (unit: string): boolean => units.some((pattern) => pattern.test(unit));

/** The validator's list, which is ISO 4217 as it was in 2023. */
const currencies: ReadonlySet<string> = new Set(
  `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
  CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
  HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
  MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
  SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED
  VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWL`.split(/\s+/),
);

/** What the validator takes for no value as it reads CSV, in quotes or not. */
const noValues: ReadonlySet<string | null> = new Set([
  'NULL',
  'INVALID',
  'INVALID_COST',
  'INVALID_DECIMAL',
  'INVALID_INT',
  'BAD_DATE',
]);

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
  ...Object.fromEntries(
    nullOfTax.map((name) => [`${name}-of-tax`, (row: Row) => row['ChargeCategory'] !== 'Tax' || row[name] === null]),
  ),
  'BillingCurrency-values': (row) => currencies.has(row['BillingCurrency'] ?? ''),
  'ChargeCategory-values': (row) => /^(Usage|Purchase|Tax|Credit|Adjustment)$/.test(row['ChargeCategory'] ?? ''),
  'ChargeClass-values': (row) => row['ChargeClass'] === null || row['ChargeClass'] === 'Correction',
  'ChargeFrequency-values': (row) => /^(One-Time|Recurring|Usage-Based)$/.test(row['ChargeFrequency'] ?? ''),
  'ChargeFrequency-of-purchase': (row) => row['ChargeCategory'] !== 'Purchase' || row['ChargeFrequency'] !== 'Usage-Based',
  'PricingCategory-values': (row) => /^(Standard|Dynamic|Committed|Other)$/.test(row['PricingCategory'] ?? 'Standard'),
  'ServiceCategory-values': (row) => (row['ServiceCategory'] ?? '') in subcategories,
  'ServiceSubcategory-values': ({ ServiceCategory: category = null, ServiceSubcategory: subcategory = null }) =>
    [...(subcategories[category ?? '']?.split('|') ?? []), `Other (${category})`].includes(subcategory ?? ''),
  'ConsumedUnit-format': (row) => isUnit(row['ConsumedUnit'] ?? 'Requests'),
  'PricingUnit-format': (row) => isUnit(row['PricingUnit'] ?? 'Requests'),
  'ConsumedQuantity-of-usage': (row) => row['ConsumedQuantity'] === null || row['ChargeCategory'] === 'Usage',
  'CommitmentDiscountStatus-without-discount': (row) => row['CommitmentDiscountStatus'] === null,
  'SkuPriceDetails-json': (row) => isJson(row['SkuPriceDetails'] ?? 'null'),
  'SkuPriceDetails-without-sku-price': (row) => row['SkuPriceDetails'] === null || row['SkuPriceId'] !== null,
  'BilledCost-of-others': (row) => row['ProviderName'] === row['InvoiceIssuerName'] || number(row['BilledCost']) === 0,
  'EffectiveCost-of-purchase': (row) => row['ChargeCategory'] !== 'Purchase' || number(row['EffectiveCost']) === 0,
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

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** The names of columns that have a value outside of quotes: a column of such digits would be taken for numbers. */
function bareColumns(csv: string): Set<string> {
  const fields = [...csv.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n)/g)];
  const width = fields.findIndex(([, , end]) => end !== ',') + 1;
  const names = fields.slice(0, width).map(([, name = '']) => name.replaceAll('"', ''));
  const bare = fields.flatMap(([, field = ''], index) =>
    index >= width && field !== '' && !field.startsWith('"') ? [names[index % width] ?? ''] : [],
  );
  return new Set(bare);
}

/** The names of the rules that a file breaks, each with the first row that does. */
export function brokenRules({ columns, rows: written, text: csv }: File, format: 'csv' | 'parquet'): Map<string, Row | string> {
  const broken = new Map<string, Row | string>();
  const read = (row: Row): Row =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, noValues.has(value) ? null : value]));
  const file = { columns, rows: format === 'csv' ? written.map(read) : written };
  const types = new Map(file.columns.map(({ name, type }) => [name, type]));
  for (const name of [...text, ...decimals, ...times]) if (!types.has(name)) broken.set(`${name}-present`, 'no column');
  for (const name of decimals) {
    const type = types.get(name) ?? '';
    if (!/^(DECIMAL|DOUBLE|FLOAT)/.test(type)) broken.set(`${name}-type`, type);
  }
  for (const name of times) if (!types.get(name)?.startsWith('TIMESTAMP')) broken.set(`${name}-type`, types.get(name) ?? '');
  if (format === 'parquet') {
    for (const name of text) if (types.get(name) !== 'VARCHAR') broken.set(`${name}-type`, types.get(name) ?? '');
  } else {
    const bare = bareColumns(csv);
    for (const name of text) if (bare.has(name)) broken.set(`${name}-in-quotes`, 'not in quotes');
  }
  for (const [one, other] of oneOfEach) {
    const first = new Map<string, string | null>();
    for (const row of file.rows) {
      const [key, value] = [row[one] ?? null, row[other] ?? null];
      if (key === null) continue;
      if (!first.has(key)) first.set(key, value);
      else if (first.get(key) !== value) broken.set(`${one}-with-one-${other}`, `${key}: ${first.get(key)}, ${value}`);
    }
  }
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
