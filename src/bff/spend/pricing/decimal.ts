import { scaled } from '../../database/decimal.ts';
import { textOf } from '../amount.ts';
import { quantityWidth, wholeCostWidth } from '../columns.ts';

/**
 * Exact numbers as whole units of their last digit: a quantity counts units of 10^-12, a cost units of 10^-15, as the
 * columns of the store do.
 */
export type Quantity = bigint;
export type Cost = bigint;

/** One whole unit of a quantity. */
export const one: Quantity = 10n ** BigInt(quantityWidth.scale);

const parsed = (text: string, width: number, scale: number): bigint => {
  const value = scaled(text, width, scale);
  if (value === null) throw new RangeError(`${text} is no decimal number with at most ${scale} digits after the point`);
  return value;
};

const mostCost = 10n ** BigInt(wholeCostWidth.width);
/** Whether a column holds it. A cost that none does is beyond all reason: it is told as unknown. */
export const isKept = (cost: Cost): boolean => cost < mostCost && cost > -mostCost;

export const quantityOf = (text: string): Quantity => parsed(text, quantityWidth.width, quantityWidth.scale);
export const costOf = (text: string): Cost => parsed(text, wholeCostWidth.width, wholeCostWidth.scale);
export const quantityText = (value: Quantity): string => textOf({ value, scale: quantityWidth.scale });
export const costText = (value: Cost): string => textOf({ value, scale: wholeCostWidth.scale });

/** To the nearest whole number, half away from zero. The divisor is positive. */
export function divided(value: bigint, by: bigint): bigint {
  const half = by >> 1n;
  // an odd divisor has no exact half: cutting it off rounds the same way
  return value < 0n ? -((half - value) / by) : (value + half) / by;
}

/** To the next whole number up. The divisor is positive. */
export function dividedUp(value: bigint, by: bigint): bigint {
  const whole = value / by; // toward zero, which is up for negative numbers
  return value > 0n && whole * by !== value ? whole + 1n : whole;
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** A fraction in its lowest terms. Both are positive, or the upper one is zero. */
export function reduced(upper: bigint, lower: bigint): { upper: bigint; lower: bigint } {
  const divisor = greatestDivisor(upper, lower);
  return { upper: upper / divisor, lower: lower / divisor };
}
