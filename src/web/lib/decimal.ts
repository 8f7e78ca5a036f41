/**
 * Exact arithmetic on decimal text. Amounts arrive as text so that no cent is lost in a float; they are rounded
 * once, when they are shown.
 */
export interface Decimal {
  /** The value is `units / 10^scale`. */
  units: bigint;
  scale: number;
}

const shape = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Null where the text is not a number. */
export function parseDecimal(text: string): Decimal | null {
  const match = shape.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '0', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { units: digits, scale } : { units: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** What a person typed, without commas between thousands. Every other comma stays, to be refused: `1,50` is not 150. */
export function ungrouped(typed: string): string {
  const text = typed.trim();
  return /^[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text;
}

/** Half away from zero, as people round by hand. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const [n, d] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const quotient = (n * 2n + d) / (d * 2n);
  return negative ? -quotient : quotient;
}

/** The value in units of `10^-places`, rounded. */
export function roundedUnits({ units, scale }: Decimal, places: number): bigint {
  return places >= scale ? units * 10n ** BigInt(places - scale) : divideRounded(units, 10n ** BigInt(scale - places));
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: roundedUnits(a, scale) - roundedUnits(b, scale), scale };
}

export function absolute({ units, scale }: Decimal): Decimal {
  return { units: units < 0n ? -units : units, scale };
}

/** -1, 0 or 1, against a whole number of units of `10^-places`. */
export function compareTo({ units, scale }: Decimal, other: bigint, places = 0): -1 | 0 | 1 {
  const common = Math.max(scale, places);
  const difference = units * 10n ** BigInt(common - scale) - other * 10n ** BigInt(common - places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** `a / b` in units of `10^-places`; null where b is zero. */
export function ratioUnits(a: Decimal, b: Decimal, places: number): bigint | null {
  if (b.units === 0n) return null;
  return divideRounded(a.units * 10n ** BigInt(b.scale + places), b.units * 10n ** BigInt(a.scale));
}

/** `1234567` with 2 places is `12,345.67`. No sign: the caller writes it. */
export function groupedText(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  return places === 0 ? whole : `${whole}.${digits.slice(digits.length - places)}`;
}

/** Decimal text of an exact value. */
export function decimalText({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
}

/** An exact sum of decimal texts; null where nothing was known. */
export function sumAmounts(amounts: readonly (string | null)[]): string | null {
  const known = amounts.flatMap((amount) => (amount === null ? [] : (parseDecimal(amount) ?? [])));
  if (known.length === 0) return null;
  const scale = Math.max(...known.map((value) => value.scale));
  return decimalText({ units: known.reduce((sum, value) => sum + roundedUnits(value, scale), 0n), scale });
}
