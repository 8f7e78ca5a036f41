import { costText, one, quantityText } from './decimal.ts';
import type { Cost, Quantity } from './decimal.ts';
import { costOfBillable, countOf } from './price.ts';
import { isFree } from './terms.ts';
import type { Terms } from './terms.ts';

/** What a cycle was used for: both figures stand in a `LineSummary`. */
export interface Used {
  used: Quantity;
  /** What of it is beyond the allowance; reckoned from `used` where it is not given. */
  billable?: Quantity;
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
  if (included > 0n) {
    const sharing = line.included.pool === null ? '' : ', shared with other metrics';
    steps.push(`less ${grouped(quantityText(included))} ${unit} included ${includedWords[line.included.per]}${sharing}`);
  } else steps.push('nothing included');
  steps.push(`${grouped(quantityText(billable))} ${unit} billable`);
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
