const number = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Exponents beyond this are refused before any text is built. */
const widest = 400;

/** A JSON number, kept as its digits: `-12.50e1` is -1250 at scale 1. Null where the text is no number. */
export function digits(text: string): { value: bigint; scale: number } | null {
  const match = number.exec(text);
  if (!match) return null;
  const [, sign, whole = '0', fraction = '', exponent = '0'] = match;
  const scale = fraction.length - Number(exponent);
  if (Math.abs(scale) > widest) return null;
  const unsigned = BigInt(whole + fraction) * (scale < 0 ? 10n ** BigInt(-scale) : 1n);
  return { value: sign === '-' ? -unsigned : unsigned, scale: Math.max(scale, 0) };
}

/** A number as an integer of `10^-scale` units, and whether it is the number or only its nearest neighbor. */
export interface Fitted {
  value: bigint;
  exact: boolean;
}

/** The text as a column of this width and scale holds it, rounded half away from zero. Null where it is no number or too large. */
export function fitted(text: string, width: number, scale: number): Fitted | null {
  const parsed = digits(text);
  if (!parsed) return null;
  const excess = parsed.scale - scale;
  let value = parsed.value;
  let exact = true;
  if (excess <= 0) value *= 10n ** BigInt(-excess);
  else {
    const divisor = 10n ** BigInt(excess);
    const rest = value % divisor;
    exact = rest === 0n;
    value /= divisor;
    if (rest * 2n >= divisor) value += 1n;
    else if (rest * -2n >= divisor) value -= 1n;
  }
  const limit = 10n ** BigInt(width);
  return value < limit && value > -limit ? { value, exact } : null;
}

/** As `fitted`, but null where it does not fit exactly. */
export function scaled(text: string, width: number, scale: number): bigint | null {
  const fit = fitted(text, width, scale);
  return fit?.exact ? fit.value : null;
}
