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

/** The text as an integer of `10^-scale` units. Null where it is no number or does not fit exactly. */
export function scaled(text: string, width: number, scale: number): bigint | null {
  const parsed = digits(text);
  if (!parsed) return null;
  const excess = parsed.scale - scale;
  const divisor = 10n ** BigInt(Math.max(excess, 0));
  if (parsed.value % divisor !== 0n) return null;
  const value = excess > 0 ? parsed.value / divisor : parsed.value * 10n ** BigInt(-excess);
  const limit = 10n ** BigInt(width);
  return value < limit && value > -limit ? value : null;
}
