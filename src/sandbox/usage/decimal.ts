/** Exact decimals as whole numbers of 10^-12: enough for every price and quantity of the catalogue. */
export type Decimal = bigint;

const places = 12;
const one = 10n ** BigInt(places);

/** From digits such as `0.0000000005`. */
export function decimal(digits: string): Decimal {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(digits) ?? [];
  const value = BigInt(whole + fraction.padEnd(places, '0').slice(0, places));
  return sign === '-' ? -value : value;
}

/** From a number that was measured: whole ones exactly, others to nine places, or to three where they are large. */
export function decimalOf(value: number): Decimal {
  if (Number.isInteger(value)) return BigInt(value) * one;
  return Math.abs(value) < 9_000_000 ? BigInt(Math.round(value * 1e9)) * 1000n : BigInt(Math.round(value * 1e3)) * 1_000_000_000n;
}

/** Digits without trailing zeros, never in exponent form. */
export function digitsOf(value: Decimal): string {
  if (value % one === 0n) return (value / one).toString();
  const absolute = value < 0n ? -value : value;
  const fraction = (absolute % one).toString().padStart(places, '0').replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${absolute / one}.${fraction}`;
}

/** Rounded half away from zero. */
export function divided(value: bigint, by: bigint): bigint {
  const negative = value < 0n !== by < 0n;
  const [a, b] = [value < 0n ? -value : value, by < 0n ? -by : by];
  const result = (a + b / 2n) / b;
  return negative ? -result : result;
}

export const times = (a: Decimal, b: Decimal): Decimal => divided(a * b, one);
export const ratio = (a: Decimal, b: Decimal): Decimal => divided(a * one, b);

/** The next whole number up. */
export function ceiling(value: Decimal): Decimal {
  const rest = value % one;
  return rest > 0n ? value - rest + one : value - rest;
}

/** The nearest whole number. */
export const nearest = (value: Decimal): Decimal => divided(value, one) * one;
