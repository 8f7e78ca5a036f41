import type { Amount } from '../../contract/canopy/spend.ts';
import { digits } from '../database/decimal.ts';

/** Exact arithmetic on decimal text. Null is "no record had a value" and adds nothing. */

interface Scaled {
  value: bigint;
  scale: number;
}

function scaledOf(amount: string): Scaled {
  const parsed = digits(amount);
  if (!parsed) throw new RangeError(`${amount} is no decimal number`);
  return parsed;
}

function aligned(a: Scaled, b: Scaled): { a: bigint; b: bigint; scale: number } {
  const scale = Math.max(a.scale, b.scale);
  return { a: a.value * 10n ** BigInt(scale - a.scale), b: b.value * 10n ** BigInt(scale - b.scale), scale };
}

/** Plain decimal text: no exponent, no zeros at the end. */
export function textOf({ value, scale }: Scaled): string {
  const unsigned = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = unsigned.slice(0, unsigned.length - scale);
  const fraction = unsigned.slice(unsigned.length - scale).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** The same number in its shortest plain text. */
export const plain = (amount: Amount): Amount => (amount === null ? null : textOf(scaledOf(amount)));

export function add(a: Amount, b: Amount): Amount {
  if (a === null || b === null) return a ?? b;
  const { a: left, b: right, scale } = aligned(scaledOf(a), scaledOf(b));
  return textOf({ value: left + right, scale });
}

/** A missing amount counts as nothing; null where both are missing. */
export const subtract = (a: Amount, b: Amount): Amount => (b === null ? a : add(a, negative(b)));
const negative = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

/** The amount without its sign. */
export const magnitude = (amount: Amount): Amount => (amount?.startsWith('-') ? amount.slice(1) : amount);

/** Ascending; null before every number. */
export function compare(a: Amount, b: Amount): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  const { a: left, b: right } = aligned(scaledOf(a), scaledOf(b));
  return left < right ? -1 : left > right ? 1 : 0;
}
