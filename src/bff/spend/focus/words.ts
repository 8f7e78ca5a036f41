import { spreadsheetText } from '../../exports/csv.ts';

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
  µ: 'u',
  μ: 'u',
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
export function providerName(sent: string): string {
  const name = ascii(sent).trim();
  return /^cloudflare(,? inc\.?)?$/i.test(name) ? 'Cloudflare' : name;
}

/** Units whose letters are not those of a capitalized word. */
const spelled = ['Kb', 'Mb', 'Gb', 'Tb', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'vCPU'];
const spellings = new Map(spelled.map((unit) => [unit.toLowerCase(), unit]));
const spelling = (word: string): string =>
  spelled.includes(word) ? word : (spellings.get(word.toLowerCase()) ?? word.charAt(0).toUpperCase() + word.slice(1));

const spans = ['Year', 'Month', 'Day', 'Hour', 'Minute', 'Second'];
const spanNames = new Map([
  ...spans.flatMap((span) => [[span.toLowerCase(), span] as const, [`${span.toLowerCase()}s`, span] as const]),
  ['s', 'Second'],
  ['sec', 'Second'],
  ['min', 'Minute'],
  ['h', 'Hour'],
]);

/** What the validator takes for no value as it reads CSV, in quotes or not. */
const noValues: ReadonlySet<string> = new Set(['NULL', 'INVALID', 'INVALID_COST', 'INVALID_DECIMAL', 'INVALID_INT', 'BAD_DATE']);

/** Letters and digits, each word beginning with a letter. Null where that cannot be said. */
function wordsIn(text: string): string | null {
  const words = text.replaceAll('%', ' percent ').match(/[A-Za-z0-9]+/g) ?? [];
  const said = words.map(spelling).join(' ');
  return words.length > 0 && words.every((word) => /^[A-Za-z]/.test(word)) && !noValues.has(said) ? said : null;
}

/** A unit that has no FOCUS spelling: what it was stands in `x_AsSent`. */
const unsaid = 'Units';

/**
 * A unit in the spelling of FOCUS: `GB-months` is `GB-Months`, `Mb/S` is `Mb/Second`, `Requests (Millions)` is
 * `Requests Millions`. Abbreviations that differ by case only (`GB`, `Gb`) keep theirs; in other letters they are bytes. A
 * number may stand before a plain unit only, so `1000 GB-Months` are `1000 GB Months`. Null where there is none.
 */
export function focusUnit(sent: string | null): string | null {
  const unit = ascii(sent ?? '').trim();
  if (unit === '') return null;
  const { count, plain } = counted(unit);
  if (count !== null) {
    const words = wordsIn(plain);
    return words === null ? unsaid : `${count} ${words}`;
  }
  const [, before = '', sign = '', many = '', span = ''] = /^(.+?) *([-/]) *(?:(\d+) +)?([A-Za-z]+)$/.exec(unit) ?? [];
  const [words, time] = [wordsIn(before), spanNames.get(span.toLowerCase())];
  if (words !== null && time !== undefined) {
    if (sign === '/') return many ? `${words}/${many} ${time}s` : `${words}/${time}`;
    if (!many) return `${words}-${time}s`;
  }
  return wordsIn(unit) ?? unsaid;
}

/** The number that stands before a unit. */
function counted(unit: string): { count: string | null; plain: string } {
  const [, digits, plain] = /^([1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+) +(.+)$/.exec(unit) ?? [];
  return digits && plain ? { count: digits.replaceAll(',', ''), plain } : { count: null, plain: unit };
}

/** A unit of prices: how many units make one, and how it is written. */
export interface PricingUnit {
  text: string;
  count: bigint;
}

/** `1000000 Requests` is a million. A number before a unit made of two (`GB-Seconds`) is not allowed: those are priced by one. */
export function pricingUnitOf(sent: string | null, consumed: string): PricingUnit {
  const { count, plain } = counted(ascii(sent ?? '').trim());
  const unit = focusUnit(plain) ?? consumed;
  if (count === null || count === '1' || unit === unsaid || /[-/]/.test(unit)) return { text: unit, count: 1n };
  return { text: `${count} ${unit}`, count: BigInt(count) };
}

/** Text as it stands in CSV: what a reader would take for something else begins with an apostrophe. */
export const csvText = (text: string): string => (noValues.has(text) ? `'${text}` : spreadsheetText(text));

const categories = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'];
const frequencies = ['One-Time', 'Recurring', 'Usage-Based'];
export const canonical = (values: readonly string[], sent: string | null): string | undefined =>
  values.find((value) => value.toLowerCase() === (sent ?? '').toLowerCase());

/** One of the five of the specification. What is none of them is an adjustment; nothing at all is usage. */
export const chargeCategory = (sent: string | null): string =>
  sent === null ? 'Usage' : (canonical(categories, sent) ?? 'Adjustment');

/**
 * One of the three of the specification; usage is usage-based where nothing else is said, other charges come once. A
 * purchase is never usage-based.
 */
export function chargeFrequency(sent: string | null, category: string): string {
  const said = canonical(frequencies, sent) ?? (category === 'Usage' ? 'Usage-Based' : 'One-Time');
  return category === 'Purchase' && said === 'Usage-Based' ? 'One-Time' : said;
}
