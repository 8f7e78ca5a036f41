import { costText, divided, one, quantityText } from './decimal.ts';
import type { Cost, Quantity } from './decimal.ts';
import { costOfBillable, countOf } from './price.ts';
import { isFree } from './terms.ts';
import type { Terms } from './terms.ts';
import type { Line, RateCard } from '../../../contract/canopy/rate-card.ts';

/** What a cycle was used for: both figures stand in a `LineSummary`. */
export interface Used {
  used: Quantity;
  /** What of it is beyond the allowance; reckoned from `used` where it is not given. */
  billable?: Quantity;
  /** What all metrics that share the allowance used, this one included. */
  usedTogether?: Quantity;
}

const billableOf = (terms: Terms, { used, billable }: Used): Quantity =>
  billable ?? (used > terms.included ? used - terms.included : 0n);

/**
 * What a whole cycle costs that ends with this use: a sum, the highest level or the mean, as the line counts it. Where the
 * allowance is daily, the use of one day, unless `billable` is given. Null where there is no rate.
 */
export function costOfUsed(terms: Terms, used: Used): Cost | null {
  if (!terms.rate) return isFree(terms.reason) ? 0n : null;
  return costOfBillable(terms.rate, billableOf(terms, used));
}

export interface Explanation {
  /** The formula in words and numbers, one step after the other. */
  steps: readonly string[];
  /** Null where there is no rate. */
  cost: Cost | null;
}

/** How an estimate comes about, for a person who asks why. */
export function explain(terms: Terms, used: Used, currency: string): Explanation {
  const { line, rate, price, included } = terms;
  const { unit } = line;
  const cost = costOfUsed(terms, used);
  const total = `${grouped(quantityText(used.used))} ${unit} ${usedWords[line.aggregation]}`;
  if (!rate || !price || cost === null) return { steps: [total, reasonWords[terms.reason ?? 'price-unknown']], cost };
  const billable = billableOf(terms, used);
  const steps = [total];
  const { usedTogether = used.used } = used;
  const isShared = line.included.pool !== null && included > 0n;
  const isPart = isShared && usedTogether !== used.used;
  if (isPart) steps.push(`${grouped(quantityText(usedTogether))} ${unit} together with the metrics that share the allowance`);
  if (included > 0n) {
    const sharing = isShared && !isPart ? ', shared with other metrics' : '';
    steps.push(`less ${grouped(quantityText(included))} ${unit} included ${includedWords[line.included.per]}${sharing}`);
  } else steps.push('nothing included');
  if (isPart && billable > 0n)
    steps.push(
      `${grouped(quantityText(usedTogether - included))} ${unit} beyond it, of which by use ${grouped(shortened(billable))} are of this metric`,
    );
  else steps.push(`${grouped(quantityText(billable))} ${unit} billable`);
  if (cost === 0n && billable === 0n) return { steps: [...steps, `${money('0', currency)}: within the allowance`], cost };
  const count = countOf(rate, billable, 1n);
  const each = `${money(price.amount, currency)}${discountWords(terms)}`;
  const per = `${grouped(price.per)} ${unit}`;
  const perUnit = rate.per === one ? 'each' : per;
  if (rate.rounding === 'block')
    steps.push(`${grouped(count.toString())} ${count === 1n ? 'block' : 'blocks'} of ${per}, at ${each}`);
  else if (rate.rounding === 'none') steps.push(`at ${each} for ${perUnit}`);
  else steps.push(`${grouped(count.toString())} ${unit} in whole units, at ${each} for ${perUnit}`);
  const spread = line.aggregation === 'peak' ? ' for the whole cycle, spread over its days' : '';
  return { steps: [...steps, `${money(costText(cost), currency)}${spread}`], cost };
}

/** What a line of a card says, in words: the price, how it is counted, the allowance, and which metrics share it. */
export function lineWords(line: Line, { currency, lines }: RateCard): readonly string[] {
  const { price, unit, included, rounding } = line;
  const per = price && (price.per === '1' ? `each (${unit})` : `${grouped(price.per)} ${unit}`);
  const pool = included.pool === null ? [] : lines.filter((one) => one !== line && one.included.pool === included.pool);
  return [
    price && per !== null ? `${money(price.amount, currency)} for ${per}${roundingWords[rounding]}` : 'no list price',
    included.per === 'none' || !/[1-9]/.test(included.quantity)
      ? 'nothing included'
      : `${grouped(included.quantity)} ${unit} included ${includedWords[included.per]}`,
    ...(pool.length === 0 ? [] : [`shared with ${pool.map(({ name }) => name).join(', ')}`]),
    ...(line.status === 'billed' || line.status === 'legacy' ? [] : [statusWords[line.status]]),
  ];
}

/** A share has digits that tell nothing beside thousands. */
const shortened = (quantity: Quantity): string =>
  quantityText(quantity < 1000n * one ? quantity : divided(quantity, thousandth) * thousandth);
const thousandth = one / 1000n;

const discountWords = ({ discount }: Terms): string => (/[1-9]/.test(discount) ? ` less ${discount}%` : '');
const money = (amount: string, currency: string): string =>
  currency === 'USD' ? `$${grouped(amount)}` : `${currency} ${grouped(amount)}`;
const grouped = (digits: string): string => digits.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));

const usedWords = {
  sum: 'used',
  'gb-month': 'stored',
  peak: 'at the highest',
  'mean-of-daily-peaks': 'on average',
} as const;

const includedWords = {
  'account-cycle': 'for the account and cycle',
  'account-day': 'for the account every day',
  'zone-cycle': 'for every zone and cycle',
  none: '',
} as const;

const roundingWords = {
  none: '',
  block: ', a begun block as a whole one',
  unit: ', a begun unit as a whole one',
  'nearest-unit': ', to the nearest unit',
} as const;

const statusWords = {
  'announced-not-billed': 'announced, and not billed yet',
  'free-on-paid': 'metered, and free',
  'contract-only': 'contracts only',
} as const;

const reasonWords = {
  'free-on-paid': 'metered, and free',
  announced: 'the price is announced, and not billed on that day',
  'zero-price': 'the price is zero',
  'unknown-metric': 'no line of the rate card is about this metric',
  'other-unit': 'the rate card prices another unit',
  'no-list-price': 'there is no list price: contracts only',
  'price-unknown': 'the price is not known',
  ended: 'the price ended before that day',
} as const;
