/** Text as FOCUS 1.2 wants it. */

const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
  '‐': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '\u00a0': ' ',
};

/**
 * The same in ASCII: the validator takes no other letters, though the specification does not forbid them. Accents go,
 * letters with a usual spelling get it, every other character is a question mark.
 */
export function ascii(text: string): string {
  if (/^[\u0020-\u007e]*$/.test(text)) return text;
  return text
    .replace(/[^\u0020-\u007e]/gu, (character) => letters[character] ?? character)
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[\t\r\n]+/g, ' ')
    .replace(/[^\u0020-\u007e]/gu, '?');
}

/** `Cloudflare, Inc.` in one endpoint and `Cloudflare` in another are one company: the rules on who bills compare names. */
export function providerName(sent: string | null): string {
  const name = ascii(sent ?? '').trim();
  return name === '' || /^cloudflare(,? inc\.?)?$/i.test(name) ? 'Cloudflare' : name;
}

/** Units whose letters are not those of a capitalized word. */
const spelled = ['Kb', 'Mb', 'Gb', 'Tb', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'vCPU'];
const spellings = new Map(spelled.map((unit) => [unit.toLowerCase(), unit]));

/**
 * A unit in the spelling of FOCUS: `GB-months` is `GB-Months`. Abbreviations that differ by case only (`GB`, `Gb`) keep
 * theirs; in other letters they are bytes. Null where there is none.
 */
export function focusUnit(sent: string | null): string | null {
  const unit = ascii(sent ?? '').trim();
  if (unit === '') return null;
  return unit.replace(/[A-Za-z]+/g, (word) => {
    if (spelled.includes(word)) return word;
    return spellings.get(word.toLowerCase()) ?? word.charAt(0).toUpperCase() + word.slice(1);
  });
}

/** A unit of prices: how many units make one, and how it is written. */
export interface PricingUnit {
  text: string;
  count: bigint;
}

/** `1000000 Requests` is a million. A number before a unit made of two (`GB-Seconds`) is not allowed: those are priced by one. */
export function pricingUnitOf(sent: string | null, consumed: string): PricingUnit {
  const unit = focusUnit(sent) ?? consumed;
  const [, count = '1', plain = unit] = /^([1-9]\d*) +(.+)$/.exec(unit) ?? [];
  if (count === '1' || /[-/]/.test(plain)) return { text: plain, count: 1n };
  return { text: `${count} ${plain}`, count: BigInt(count) };
}

const categories = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'];
const frequencies = ['One-Time', 'Recurring', 'Usage-Based'];
const canonical = (values: readonly string[], sent: string | null): string | undefined =>
  values.find((value) => value.toLowerCase() === (sent ?? '').toLowerCase());

/** One of the five of the specification. What is none of them is an adjustment; nothing at all is usage. */
export const chargeCategory = (sent: string | null): string =>
  sent === null ? 'Usage' : (canonical(categories, sent) ?? 'Adjustment');

/** One of the three of the specification; usage is usage-based where nothing else is said, other charges come once. */
export const chargeFrequency = (sent: string | null, category: string): string =>
  canonical(frequencies, sent) ?? (category === 'Usage' ? 'Usage-Based' : 'One-Time');
