import type { Line, Mapping, Override, Price } from '../../../contract/canopy/rate-card.ts';
import { formatDay } from '../../lib/format-time.ts';

const grouped = (digits: string): string => digits.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));

/** Every digit of a price, and two at least: `$0.30`, `$0.000005`, `EUR 1.50`. */
export function exactPrice(amount: string, currency: string): string {
  const [whole = '0', rest = ''] = amount.split('.');
  return `${currency === 'USD' ? '$' : `${currency} `}${grouped(whole)}.${rest.padEnd(2, '0')}`;
}

const oneOf = (unit: string): string => (unit === '' ? 'unit' : unit.replace(/ies$/, 'y').replace(/(?<!s)s$/, ''));
const unitsOf = (unit: string): string => unit || 'units';

/** `1,000,000 Requests`, `GB-Month`: what one price is for. */
export const blockWords = (per: string, unit: string): string => (per === '1' ? oneOf(unit) : `${grouped(per)} ${unitsOf(unit)}`);

/** `10 GB-Months`, `1 GB-Month`. */
const quantityWords = (quantity: string, unit: string): string =>
  quantity === '1' ? `1 ${oneOf(unit)}` : `${grouped(quantity)} ${unitsOf(unit)}`;

export const priceWords = (price: Price | null, unit: string, currency: string): string =>
  price ? `${exactPrice(price.amount, currency)} per ${blockWords(price.per, unit)}` : 'No list price';

const isZero = (quantity: string): boolean => !/[1-9]/.test(quantity);

export const allowanceWords = {
  'account-cycle': 'per account and billing cycle',
  'account-day': 'per account and day',
  'zone-cycle': 'per zone and billing cycle',
  none: 'never',
} as const satisfies Record<Line['included']['per'], string>;

export function includedWords({ included, unit }: Pick<Line, 'included' | 'unit'>): string {
  if (included.per === 'none' || isZero(included.quantity)) return 'Nothing';
  const shared = included.pool === null ? '' : ', shared';
  return `${quantityWords(included.quantity, unit)} ${allowanceWords[included.per]}${shared}`;
}

/** In a column whose head says that it is per account: `10,000,000 Requests a cycle`. */
export function includedInShort({ included, unit }: Pick<Line, 'included' | 'unit'>): string {
  if (included.per === 'none' || isZero(included.quantity)) return 'Nothing';
  const each = { 'account-cycle': 'a cycle', 'account-day': 'a day', 'zone-cycle': 'a zone and cycle' }[included.per];
  return `${quantityWords(included.quantity, unit)} ${each}${included.pool === null ? '' : ', shared'}`;
}

export function roundingWords({ rounding, price, unit }: Pick<Line, 'rounding' | 'price' | 'unit'>): string {
  switch (rounding) {
    case 'none':
      return 'Not rounded';
    case 'block':
      return price ? `A begun ${blockWords(price.per, unit)} counts whole` : 'A begun block counts whole';
    case 'unit':
      return `A begun ${oneOf(unit)} counts whole`;
    case 'nearest-unit':
      return `To the nearest whole ${oneOf(unit)}`;
  }
}

export const roundingNames: Readonly<Record<Line['rounding'], string>> = {
  none: 'Not rounded',
  block: 'A begun block counts whole',
  unit: 'A begun unit counts whole',
  'nearest-unit': 'To the nearest whole unit',
};

export const roundingInShort: Readonly<Record<Line['rounding'], string>> = {
  none: 'Not rounded',
  block: 'Begun blocks count',
  unit: 'Begun units count',
  'nearest-unit': 'Nearest unit',
};

export const aggregationWords: Readonly<Record<Line['aggregation'], string>> = {
  sum: 'The days add up',
  'gb-month': 'A thirtieth of each day’s peak, added up',
  peak: 'The highest day counts',
  'mean-of-daily-peaks': 'The mean over all days counts',
};

export const statusWords: Readonly<Record<Line['status'], string>> = {
  billed: 'Billed',
  legacy: 'Legacy, still billed',
  'announced-not-billed': 'Announced, not billed',
  'free-on-paid': 'Metered, free',
  'contract-only': 'Contracts only',
};

/** `Billed`, or `Billed from 10 Aug 2026` where it has dates. */
export const statusWithDates = (line: Line): string =>
  line.from === null && line.until === null ? statusWords[line.status] : `${statusWords[line.status]} ${datesWords(line)}`;

export const certaintyWords: Readonly<Record<Line['certainty'], string>> = {
  official: 'Documented',
  invoice: 'Seen on an invoice',
  'third-party': 'Third party',
  secondary: 'Second-hand',
  uncertain: 'Uncertain',
  'no-public-price': 'No public price',
  custom: 'Your own',
};

/** Certainties that a person should check before trusting an estimate. */
export const isUncertain = ({ certainty }: Line): boolean =>
  certainty === 'uncertain' || certainty === 'secondary' || certainty === 'third-party';

/** From the first day, included, to the last, excluded. */
export function datesWords({ from, until }: { from?: string | null | undefined; until?: string | null | undefined }): string {
  const start = from && `from ${formatDay(from, 'with-year')}`;
  const end = until && `until ${formatDay(until, 'with-year')}`;
  return [start, end].filter(Boolean).join(', ') || 'Always';
}

/** A name and its value in words. */
export type WordedFact = readonly [name: string, words: string];

export const lineFacts = (line: Line, currency: string): WordedFact[] => [
  ['Name', line.name],
  ['Family', line.family],
  ['Unit', line.unit],
  ['Price', priceWords(line.price, line.unit, currency)],
  ['Included', includedWords(line)],
  ['Rounding', roundingWords(line)],
  ['Counting', aggregationWords[line.aggregation]],
  ['Status', statusWords[line.status]],
  ['In force', datesWords(line)],
  ['Certainty', certaintyWords[line.certainty]],
  ['Other names', line.aliases.join(', ')],
  ['Pool', line.included.pool ?? ''],
  ['Source', [line.source.url, line.source.evidence].filter(Boolean).join(', ')],
  ['Note', line.note],
];

/** What things are called: overrides and mappings hold ids. */
export interface Names {
  organization: (id: string) => string;
  account: (id: string) => string;
  line: (metric: string) => Line | undefined;
  currency: string;
}

export const targetWords = ({ organization, account }: Override, names: Names): string =>
  organization === undefined ? (account === undefined ? 'Everyone' : names.account(account)) : names.organization(organization);

export const metricWords = ({ metric }: Override, names: Names): string =>
  metric === undefined ? 'Every line' : (names.line(metric)?.name ?? metric);

/** What an override says, in the order people ask. */
export function termsWords(override: Override, names: Names): string {
  const { price, discount, included } = override;
  const unit = (override.metric === undefined ? undefined : names.line(override.metric)?.unit) ?? '';
  return [
    price === null ? 'Price not known' : price && priceWords(price, unit, names.currency),
    discount !== undefined && `${discount}% off`,
    included === null ? 'nothing included' : included !== undefined && `${grouped(included)} ${unitsOf(unit)} included`,
  ]
    .filter(Boolean)
    .join(', ')
    .replace(/^n/, 'N');
}

export const overrideFacts = (override: Override, names: Names): WordedFact[] => [
  ['For', targetWords(override, names)],
  ['Metric', metricWords(override, names)],
  ['Terms', termsWords(override, names)],
  ['In force', datesWords(override)],
  ['Note', override.note ?? ''],
];

export const mappingFacts = ({ metric, line }: Mapping, names: Names): WordedFact[] => [
  ['Metric', metric],
  ['Priced as', names.line(line)?.name ?? line],
];
