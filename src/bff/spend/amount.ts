import type { Amount } from '../../contract/canopy/spend.ts';
import { digits } from '../database/decimal.ts';
import { wholeCostWidth } from './columns.ts';

/**
 * An amount to reckon with: whole units of 10^-15, the last digit that any column has. Null is "no record had a value":
 * it adds nothing, and is not zero.
 */
export type Exact = bigint | null;

const powers = Array.from({ length: wholeCostWidth.scale + 1 }, (_, power) => 10n ** BigInt(power));

/** Throws where the text is no decimal number, or has more digits than can be kept. */
export function exact(amount: Amount): Exact {
  if (amount === null) return null;
  const parsed = digits(amount);
  const power = parsed && powers[wholeCostWidth.scale - parsed.scale];
  if (!power) throw new RangeError(`${amount} is no decimal number with at most ${wholeCostWidth.scale} digits after the point`);
  return parsed.value * power;
}

/** Plain decimal text: no exponent, no zeros at the end. */
export const amountOf = (value: Exact): Amount => (value === null ? null : textOf({ value, scale: wholeCostWidth.scale }));

export function textOf({ value, scale }: { value: bigint; scale: number }): string {
  const unsigned = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = unsigned.slice(0, unsigned.length - scale);
  const fraction = unsigned.slice(unsigned.length - scale).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** The same number in its shortest plain text. */
export const plain = (amount: Amount): Amount => amountOf(exact(amount));

/** The sum of an amount that is added up in two columns, as they leave the database: see `Parts`. */
export const together = (whole: Amount, rest: Amount): Exact => add(exact(whole), exact(rest));

export const add = (a: Exact, b: Exact): Exact => (a === null || b === null ? (a ?? b) : a + b);
export const sum = (amounts: readonly Exact[]): Exact => amounts.reduce(add, null);

/** A missing amount counts as nothing; null where both are missing. */
export const subtract = (a: Exact, b: Exact): Exact => add(a, b === null ? null : -b);

/** How far two amounts are apart; a missing one counts as nothing. */
export function distance(a: Exact, b: Exact): bigint {
  const difference = (a ?? 0n) - (b ?? 0n);
  return difference < 0n ? -difference : difference;
}

/** Ascending; null before every number. */
export function compare(a: Exact, b: Exact): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return a < b ? -1 : a > b ? 1 : 0;
}
