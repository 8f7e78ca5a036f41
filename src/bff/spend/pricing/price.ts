import { costOf, divided, dividedUp, one, quantityOf, reduced } from './decimal.ts';
import type { Cost, Quantity } from './decimal.ts';
import type { Price, Rounding } from '../../../contract/canopy/rate-card.ts';

/** A price, made ready for exact reckoning. */
export interface Rate {
  rounding: Rounding;
  /** Units in a block. */
  per: Quantity;
  /** What one counted thing costs, as a fraction: a block, a whole unit, or with rounding `none` a unit of 10^-12. */
  upper: bigint;
  lower: bigint;
  /** Excess that is only noise: a billionth of what is counted. Thirtieths of a gigabyte do not add up evenly. */
  noise: bigint;
}

/** A whole price in millionths. */
export const wholePercent = 1_000_000n;
/** 12.5 percent as millionths of the price. */
export const millionths = (percent: string): bigint => (quantityOf(percent) * 10_000n) / one;

export function rateOf(price: Price, rounding: Rounding, discount: string): Rate {
  const per = quantityOf(price.per);
  const amount = costOf(price.amount) * (wholePercent - millionths(discount));
  const blocks = rounding === 'block';
  const { upper, lower } = blocks
    ? reduced(amount, wholePercent)
    : reduced(rounding === 'none' ? amount : amount * one, per * wholePercent);
  return { rounding, per, upper, lower, noise: (blocks ? per : one) / 1_000_000_000n };
}

/** What is counted of a quantity: blocks or whole units; with rounding `none` the quantity itself. */
export function countOf(rate: Rate, quantity: bigint, over: bigint): bigint {
  if (quantity <= 0n) return 0n;
  switch (rate.rounding) {
    case 'block': {
      const blocks = dividedUp(quantity - rate.noise * over, rate.per * over);
      return blocks > 0n ? blocks : 1n;
    }
    case 'unit': {
      const units = dividedUp(quantity - rate.noise * over, one * over);
      return units > 0n ? units : 0n;
    }
    case 'nearest-unit':
      return divided(quantity, one * over);
    case 'none':
      return quantity;
  }
}

/**
 * What a quantity beyond the allowance costs. The quantity is a fraction, so that a share of an allowance is exact; only
 * the cost is rounded, to its fifteenth digit. More never costs less.
 */
export function costOfBillable(rate: Rate, quantity: bigint, over = 1n): Cost {
  const count = countOf(rate, quantity, over);
  if (count === 0n) return 0n;
  const lower = rate.rounding === 'none' ? rate.lower * over : rate.lower;
  return lower === 1n ? count * rate.upper : divided(count * rate.upper, lower);
}
