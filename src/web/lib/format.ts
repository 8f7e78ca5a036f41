import { absolute, compareTo, decimalText, groupedText, parseDecimal, ratioUnits, roundedUnits, subtract } from './decimal.ts';

export { formatCount, formatHereBelow, plural, shortId } from './count.ts';

/** A real minus sign: as wide as a plus, so that columns of changes line up. */
export const minus = '−';
/** Nothing was sent. Different from zero and from null. */
export const noRecord = '–';
/** Sent as null. */
export const notAvailable = 'n/a';

const symbols = new Map<string, { symbol: string; places: number }>();

function currencyOf(code: string): { symbol: string; places: number } {
  let found = symbols.get(code);
  if (!found) {
    try {
      const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: code });
      const symbol = format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? code;
      found = { symbol: symbol === code ? `${code} ` : symbol, places: format.resolvedOptions().maximumFractionDigits ?? 2 };
    } catch {
      // not an ISO 4217 code: shown as it is
      found = { symbol: `${code} `, places: 2 };
    }
    symbols.set(code, found);
  }
  return found;
}

/**
 * `$12,828.77`: two decimals from 1 up, four below, `<$0.01` for less. `whole` is for narrow places: `$12,829`.
 * Text that is not a number is shown as it came.
 */
export function formatMoney(amount: string, currency = 'USD', precision: 'exact' | 'whole' = 'exact'): string {
  const value = parseDecimal(amount);
  if (!value) return amount;
  const { symbol, places } = currencyOf(currency);
  const sign = value.units < 0n ? minus : '';
  const size = absolute(value);
  if (size.units === 0n) return symbol + groupedText(0n, precision === 'whole' ? 0 : places);
  if (precision === 'whole') {
    const rounded = roundedUnits(size, 0);
    return rounded === 0n ? tiny(sign, `${symbol}1`) : sign + symbol + groupedText(rounded, 0);
  }
  if (places === 2 && compareTo(size, 1n, 2) < 0) return tiny(sign, `${symbol}0.01`);
  // what rounds up to one whole is written like one
  const small = places === 2 && compareTo(size, 99_995n, 5) < 0;
  const shown = small ? 4 : places;
  return sign + symbol + groupedText(roundedUnits(size, shown), shown);
}

function tiny(sign: string, bound: string): string {
  return sign === '' ? `<${bound}` : `>${sign}${bound}`;
}

/** Every digit that was sent, for tooltips and for copying. */
export function exactMoney(amount: string, currency = 'USD'): string {
  const value = parseDecimal(amount);
  if (!value) return amount;
  const sign = value.units < 0n ? minus : '';
  return `${sign}${groupedText(value.units, value.scale)} ${currency}`;
}

/** `+5.0%`, `−7.1%`; `new` where there was nothing before. Null where either side is unknown. */
export function formatChange(from: string | null, to: string | null): string | null {
  const [before, after] = [from === null ? null : parseDecimal(from), to === null ? null : parseDecimal(to)];
  if (!before || !after) return null;
  const difference = subtract(after, before);
  if (difference.units === 0n) return '0.0%';
  const ratio = ratioUnits(difference, absolute(before), 3);
  if (ratio === null) return 'new';
  return `${difference.units < 0n ? minus : '+'}${groupedText(ratio, 1)}%`;
}

/** `+$2,350.02`, `−$180.72`. Null where either side is unknown. */
export function formatMoneyChange(
  from: string | null,
  to: string | null,
  currency = 'USD',
  precision: 'exact' | 'whole' = 'exact',
): string | null {
  const [before, after] = [from === null ? null : parseDecimal(from), to === null ? null : parseDecimal(to)];
  if (!before || !after) return null;
  const difference = subtract(after, before);
  const size = formatMoney(decimalText(absolute(difference)), currency, precision);
  if (difference.units === 0n) return size;
  return (difference.units < 0n ? minus : '+') + size;
}

const bytes = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
const byteNames: Readonly<Record<string, string>> = { bytes: 'B', byte: 'B', Bytes: 'B', KB: 'kB' };
const scales = ['', 'M', 'B', 'T'];

/**
 * `9.41 B`, `418.2 TB`, `2,140 Mb/s`: the figure and its unit apart, since the unit is muted. Bytes climb their own
 * ladder; other units count in millions (M), billions (B) and trillions (T).
 */
export function formatQuantity(amount: string, unit = ''): { figure: string; unit: string } {
  const value = parseDecimal(amount);
  if (!value) return { figure: amount, unit };
  const sign = value.units < 0n ? minus : '';
  let size = absolute(value);
  const from = bytes.indexOf(byteNames[unit] ?? unit);
  if (from >= 0) {
    let step = from;
    while (step < bytes.length - 1 && compareTo(size, 1000n) >= 0) {
      size = { units: size.units, scale: size.scale + 3 };
      step += 1;
    }
    while (step > 0 && size.units !== 0n && compareTo(size, 1n) < 0) {
      size = { units: size.units * 1000n, scale: size.scale };
      step -= 1;
    }
    return { figure: sign + short(size), unit: bytes[step] ?? unit };
  }
  if (compareTo(size, 1_000_000n) < 0) return { figure: sign + trimmed(size), unit };
  size = { units: size.units, scale: size.scale + 6 };
  let scale = 1;
  while (scale < scales.length - 1 && compareTo(size, 1000n) >= 0) {
    size = { units: size.units, scale: size.scale + 3 };
    scale += 1;
  }
  return { figure: `${sign}${short(size)} ${scales[scale] ?? ''}`, unit };
}

/** Three or four figures: 9.41, 36.7, 418.2. */
function short(size: { units: bigint; scale: number }): string {
  if (size.scale === 0) return groupedText(size.units, 0);
  const places = compareTo(size, 10n) < 0 ? 2 : 1;
  const units = roundedUnits(size, places);
  return units === 0n && size.units !== 0n ? '<0.01' : dropZeros(groupedText(units, places));
}

function trimmed(size: { units: bigint; scale: number }): string {
  const places = Math.min(size.scale, compareTo(size, 1n) < 0 ? 4 : compareTo(size, 1000n) < 0 ? 2 : 0);
  const units = roundedUnits(size, places);
  if (units === 0n && size.units !== 0n) return '<0.0001';
  return dropZeros(groupedText(units, places));
}

function dropZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `13.8%` of a whole; what is there and rounds to nothing, or to all, is said to be there. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  return share < 1 && share > 0.999 ? '>99.9%' : formatPercent(share);
}

const percent = (places: 0 | 1) =>
  new Intl.NumberFormat('en-US', { style: 'percent', minimumFractionDigits: places, maximumFractionDigits: places });
const percents = { 0: percent(0), 1: percent(1) };

/** `25.8%` of a ratio that is mostly between 0 and 1. */
export function formatPercent(ratio: number, places: 0 | 1 = 1): string {
  return percents[places].format(ratio);
}
