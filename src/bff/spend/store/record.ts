import { isDay } from '../../../contract/day.ts';
import { fitted } from '../../database/decimal.ts';
import type { Cell } from '../../database/values.ts';
import {
  chargeCategories,
  chargeFrequencies,
  costWidth,
  otherFocusFields,
  quantityWidth,
  values,
  wholeCostWidth,
  words,
} from '../columns.ts';
import type { Kind, ValueName, WordName } from '../columns.ts';
import { addDays, dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import { storedDimensions } from '../dimensions.ts';
import { isKnownUnit } from '../levels.ts';

/** Something in a record that we keep but do not know. */
export type RecordNoteKind =
  | 'unknown-column'
  | 'unknown-category'
  | 'unknown-class'
  | 'unknown-frequency'
  | 'unknown-unit'
  | 'no-unit'
  | 'no-metric'
  | 'no-account'
  | 'no-currency'
  | 'odd-value'
  | 'rounded'
  | 'odd-record'
  | 'no-day'
  | 'outside'
  | 'collision'
  | 'shared-account'
  | 'replaced'
  | 'unlisted-change';

export type RecordNote = readonly [kind: RecordNoteKind, detail: string];

export interface ReadRecord {
  /** The UTC day it belongs to; null where no day can be read. */
  day: Day | null;
  /** One for each of `words`, then `nulls`. */
  words: (string | null)[];
  /** Equal for equal words. */
  series: string;
  /** One for each of `values`, two for a cost, then `other` and `exact`. */
  values: Cell[];
  /** Kinds and details of what is odd. */
  notes: readonly RecordNote[];
}

interface Slot {
  index: number;
  /** Null for a word. */
  kind: Kind | null;
}
const slots = new Map<string, Slot>(words.map(([name], index) => [name, { index, kind: null }]));
let valueCells = 0;
for (const [name, , kind] of values) {
  slots.set(name, { index: valueCells, kind });
  valueCells += kind === 'cost' ? 2 : 1;
}
/** Where a word stands among the words of a record. */
export const wordOf = (name: WordName): number => slots.get(name)?.index ?? -1; // every name has a slot
/** Where a value stands among the values of a record. */
export const valueOf = (name: ValueName): number => slots.get(name)?.index ?? -1; // every name has a slot

/** Where each of these stands among the words or values. */
const at = {
  account: wordOf('BillingAccountId'),
  currency: wordOf('BillingCurrency'),
  category: wordOf('ChargeCategory'),
  chargeClass: wordOf('ChargeClass'),
  frequency: wordOf('ChargeFrequency'),
  unit: wordOf('ConsumedUnit'),
  metric: wordOf('x_BillableMetricId'),
  start: valueOf('ChargePeriodStart'),
  end: valueOf('ChargePeriodEnd'),
  quantity: valueOf('ConsumedQuantity'),
};
const costs = values.flatMap(([name, , kind]) => (kind === 'cost' ? [valueOf(name)] : []));
/** A name stands in for an id that is missing, so that every dimension has one column to group by. */
const standIns = storedDimensions.flatMap(({ idField, labelField }) =>
  idField === null ? [] : [[wordOf(idField), wordOf(labelField), idField] as const],
);

/** Where an empty text says nothing, as null does: it must not make a charge one of a class, or of a currency, of its own. */
const orNothing = (['BillingCurrency', 'ChargeCategory', 'ChargeClass', 'ChargeFrequency'] as const).map(
  (field) => [wordOf(field), field] as const,
);

const nullsWord = words.length;
const otherValue = valueCells;
const exactValue = valueCells + 1;
const noWords: readonly (string | null)[] = Array.from({ length: words.length + 1 }, () => null);
const noValues: readonly Cell[] = Array.from({ length: valueCells + 2 }, () => null);

export type Fields = Record<string, unknown>;

/**
 * Reads one record. Every digit of a number and the difference between absent, null and zero are kept; fields we do
 * not know are kept as JSON text. Null where the text is JSON but no object; throws a SyntaxError where it is no JSON.
 */
export function readRecord(text: string): ReadRecord | null {
  const fields = parseExact(text);
  return fields && readFields(fields, (unknown) => unknownFields(text, fields, unknown));
}

/** The record of fields that are texts, and of others that are kept with it unread. */
export function recordOf(fields: Fields, kept: Readonly<Record<string, string>>): ReadRecord {
  const record = readFields(fields, () => '');
  if (Object.keys(kept).length > 0) record.values[otherValue] = JSON.stringify(kept);
  return record;
}

function readFields(fields: Fields, unknownText: (names: readonly string[]) => string): ReadRecord {
  const record: ReadRecord & { notes: RecordNote[] } = {
    day: null,
    words: noWords.slice(),
    series: '',
    values: noValues.slice(),
    notes: [],
  };
  const exact: Fields = {};
  const unknown: string[] = [];
  let nulls = '';
  for (const name in fields) {
    const value = fields[name];
    const slot = slots.get(name);
    if (!slot) unknown.push(name);
    else if (value === null) nulls += nulls ? ` ${name}` : name;
    else take(name, slot, value, record, exact);
  }
  for (const [id, name, field] of standIns) {
    const given = record.words[id];
    if (given) continue;
    if (given === '') exact[field] = '';
    record.words[id] = record.words[name] || null;
    if (record.words[id] !== null) nulls += `${nulls ? ' ' : ''}=${field}`;
  }
  for (const [index, field] of orNothing) {
    if (record.words[index] !== '') continue;
    exact[field] = '';
    record.words[index] = null;
  }
  record.words[nullsWord] = nulls || null;
  if (unknown.length > 0) {
    record.values[otherValue] = unknownText(unknown);
    for (const name of unknown) if (!otherFocusFields.has(name)) record.notes.push(['unknown-column', name]);
  }
  if (Object.keys(exact).length > 0) record.values[exactValue] = JSON.stringify(exact);
  remark(record.words, record.values, record.notes);
  placeInTime(record);
  record.series = seriesKey(record.words);
  return record;
}

function take(
  name: string,
  { index, kind }: Slot,
  value: unknown,
  record: ReadRecord & { notes: RecordNote[] },
  exact: Fields,
): void {
  if (kind === 'quantity' || kind === 'cost') {
    const { width, scale } = kind === 'cost' ? wholeCostWidth : quantityWidth;
    const fit = typeof value === 'string' ? fitted(value, width, scale) : null;
    if (fit && kind === 'cost') {
      record.values[index] = fit.value / restUnits;
      const rest = fit.value % restUnits;
      record.values[index + 1] = rest === 0n ? null : rest;
    } else record.values[index] = fit?.value ?? null;
    if (fit?.exact) return;
    exact[name] = value;
    record.notes.push([fit ? 'rounded' : 'odd-value', name]);
    return;
  }
  const word = typeof value === 'string' ? value : JSON.stringify(value);
  if (kind === 'text') record.values[index] = word;
  else record.words[index] = word;
  if (typeof value === 'string') return;
  exact[name] = value;
  record.notes.push(['odd-value', name]);
}

const restUnits = 10n ** BigInt(wholeCostWidth.scale - costWidth.scale);

/** A cost of a record in units of 10^-15; null where it has none. */
export function costOfRecord({ values }: Pick<ReadRecord, 'values'>, name: ValueName): bigint | null {
  const [whole, rest] = [values[valueOf(name)], values[valueOf(name) + 1]];
  return typeof whole === 'bigint' ? whole * restUnits + (typeof rest === 'bigint' ? rest : 0n) : null;
}

/** All words in one text. */
const seriesKey = (words: readonly (string | null)[]): string => {
  let key = '';
  for (const word of words) key += word === null ? '\u0002' : `${word}\u0001`;
  return key;
};

/** Finds the day. A charge period that is the whole day is told by the day alone. */
function placeInTime(record: ReadRecord): void {
  const start = record.values[at.start];
  const end = record.values[at.end];
  record.day = dayOfStart(start);
  if (record.day === null || start !== `${record.day}T00:00:00Z` || end !== nextMidnight(record.day)) return;
  record.values[at.start] = null;
  record.values[at.end] = null;
}

/** A number after a key, outside of a string: the quote before the colon is not an escaped one. */
const numberAfterKey = /(?<!\\)(":\s*)(-?\d[0-9.eE+-]*)/g;

/** Parses with every number as its text. Putting quotes around the numbers first is several times faster than a parser of our own. */
function parseExact(text: string): Fields | null {
  let record: unknown;
  try {
    record = JSON.parse(text.replace(numberAfterKey, '$1"$2"'));
  } catch {
    record = parseSlowly(text); // a string that begins like `: 5` looks like a number after a key
  }
  return typeof record === 'object' && record !== null && !Array.isArray(record) ? (record as Fields) : null; // an object, by the checks before
}

/** One string, or one number that is no part of a string. */
const token = /"(?:[^"\\]|\\.)*"|-?\d[0-9.eE+-]*/g;
const parseSlowly = (text: string): unknown =>
  JSON.parse(text.replace(token, (match) => (match.startsWith('"') ? match : `"${match}"`)));

/** Fields without a column, as a JSON object with their own types and digits. */
function unknownFields(text: string, record: Fields, names: readonly string[]): string {
  const typed = JSON.parse(text) as Fields; // the same text was an object a moment ago
  const members = names.map((name) => {
    const digits = record[name];
    const value = typeof typed[name] === 'number' && typeof digits === 'string' ? digits : JSON.stringify(typed[name]);
    return `${JSON.stringify(name)}:${value}`;
  });
  return `{${members.join(',')}}`;
}

/** Adds what is new to us among the words of a charge. */
export function noteUnknownWords(
  notes: RecordNote[],
  category: string | null,
  chargeClass: string | null,
  frequency: string | null,
  unit: string | null,
): void {
  if (category !== null && !chargeCategories.has(category)) notes.push(['unknown-category', category]);
  if (chargeClass !== null && chargeClass !== 'Correction') notes.push(['unknown-class', chargeClass]);
  if (frequency !== null && !chargeFrequencies.has(frequency.toLowerCase())) notes.push(['unknown-frequency', frequency]);
  if (unit && !isKnownUnit(unit)) notes.push(['unknown-unit', unit]);
}

function remark(words: readonly (string | null)[], values: readonly Cell[], notes: RecordNote[]): void {
  const word = (index: number): string | null => words[index] ?? null;
  const unit = word(at.unit);
  noteUnknownWords(notes, word(at.category), word(at.chargeClass), word(at.frequency), unit);
  if (!unit && values[at.quantity] !== null) notes.push(['no-unit', '']);
  if (word(at.metric) === null) notes.push(['no-metric', '']);
  if (word(at.account) === null) notes.push(['no-account', '']);
  if (word(at.currency) === null && costs.some((cost) => values[cost] !== null)) notes.push(['no-currency', '']);
}

/** Days and starts repeat: small memories save reckoning with them. */
const knownStarts = new Map<string, Day | null>();
const knownMidnights = new Map<Day, string>();

function nextMidnight(day: Day): string {
  let midnight = knownMidnights.get(day);
  if (midnight === undefined) {
    midnight = `${addDays(day, 1)}T00:00:00Z`;
    if (knownMidnights.size > 1000) knownMidnights.clear();
    knownMidnights.set(day, midnight);
  }
  return midnight;
}

function dayOfStart(start: Cell | undefined): Day | null {
  if (typeof start !== 'string') return null;
  let day = knownStarts.get(start);
  if (day === undefined) {
    day = readDay(start);
    if (knownStarts.size > 1000) knownStarts.clear();
    knownStarts.set(start, day);
  }
  return day;
}

function readDay(start: string): Day | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(start)) return isDay(start) ? start : null;
  // The specification writes the zone; a time without one is UTC all the same.
  const time = Date.parse(/[zZ]$|[+-]\d{2}:?\d{2}$/.test(start) ? start : `${start.replace(' ', 'T')}Z`);
  return Number.isNaN(time) || !/^\d{4}-/.test(start) ? null : dayOf(time);
}
