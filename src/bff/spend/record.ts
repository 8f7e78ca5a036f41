import { fitted } from '../database/decimal.ts';
import type { Cell } from '../database/values.ts';
import { chargeCategories, chargeFrequencies, decimals, fields, otherFocusFields } from './columns.ts';
import type { FieldName, Kind } from './columns.ts';
import { dayOf, isDay } from './days.ts';
import type { Day } from './days.ts';
import { storedDimensions } from './dimensions.ts';
import { isKnownUnit } from './levels.ts';

/** Something in a record that we keep but do not know. */
export type NoteKind =
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
  | 'shared-account';

export interface ReadRecord {
  /** The UTC day it belongs to; null where no day can be read. */
  day: Day | null;
  /** One for each of `fields`, then `other`, `exact` and `nulls`. */
  cells: Cell[];
  /** Kinds and details of what is odd. */
  notes: readonly (readonly [NoteKind, string])[];
  /** Records with one key describe one thing, and add up. */
  key: string;
}

interface Slot {
  index: number;
  kind: Kind;
}
const slots = new Map<string, Slot>(fields.map(([name, , kind], index) => [name, { index, kind }]));
const at = (name: FieldName): number => slots.get(name)?.index ?? -1; // every FieldName has a slot
const index = {
  account: at('BillingAccountId'),
  currency: at('BillingCurrency'),
  category: at('ChargeCategory'),
  chargeClass: at('ChargeClass'),
  frequency: at('ChargeFrequency'),
  start: at('ChargePeriodStart'),
  end: at('ChargePeriodEnd'),
  quantity: at('ConsumedQuantity'),
  unit: at('ConsumedUnit'),
  region: at('RegionId'),
  subAccount: at('SubAccountId'),
  metricId: at('x_BillableMetricId'),
  zone: at('x_ZoneId'),
};
/** A name stands in for an id that is missing, so that every dimension has one column to group by. */
const standIns = storedDimensions.flatMap(({ idField, labelField }) =>
  idField === null ? [] : [[at(idField), at(labelField), idField] as const],
);
const costs = fields.flatMap(([, , kind], position) => (kind === 'cost' ? [position] : []));
const keyParts = [
  index.account,
  index.subAccount,
  index.metricId,
  index.start,
  index.end,
  index.zone,
  index.region,
  index.chargeClass,
  index.unit,
];

/** Cells of a record after its fields. */
const otherCell = fields.length;
const exactCell = fields.length + 1;
const nullsCell = fields.length + 2;
export const cellsOfRecord = fields.length + 3;

const blank: readonly Cell[] = Array.from({ length: cellsOfRecord }, () => null);

/** Where each of these fields stands among the cells. */
export const cellOf = at;

type Fields = Record<string, unknown>;

/**
 * Reads one record. Every digit of a number and the difference between absent, null and zero are kept; fields we do
 * not know are kept as JSON text. Null where the text is JSON but no object; throws a SyntaxError where it is no JSON.
 */
export function readRecord(text: string): ReadRecord | null {
  const record = parseExact(text);
  if (!record) return null;
  const cells = blank.slice();
  const notes: [NoteKind, string][] = [];
  const exact: Record<string, unknown> = {};
  const unknown: string[] = [];
  let nulls = '';
  for (const name in record) {
    const value = record[name];
    const slot = slots.get(name);
    if (!slot) unknown.push(name);
    else if (value === null) nulls += nulls ? ` ${name}` : name;
    else if (slot.kind === 'text' && typeof value === 'string') cells[slot.index] = value;
    else if (slot.kind === 'text') {
      exact[name] = value;
      cells[slot.index] = JSON.stringify(value);
      notes.push(['odd-value', name]);
    } else {
      const { width, scale } = decimals[slot.kind];
      const fit = typeof value === 'string' ? fitted(value, width, scale) : null;
      cells[slot.index] = fit?.value ?? null;
      if (!fit?.exact) {
        exact[name] = value;
        notes.push([fit ? 'rounded' : 'odd-value', name]);
      }
    }
  }
  if (unknown.length > 0) {
    cells[otherCell] = unknownFields(text, record, unknown);
    for (const name of unknown) if (!otherFocusFields.has(name)) notes.push(['unknown-column', name]);
  }
  for (const [id, name, field] of standIns) {
    const given = cells[id];
    if (given === null || given === '') {
      if (given === '') exact[field] = '';
      cells[id] = cells[name] || null;
      if (cells[id] !== null) nulls += `${nulls ? ' ' : ''}=${field}`;
    }
  }
  if (nulls) cells[nullsCell] = nulls;
  if (Object.keys(exact).length > 0) cells[exactCell] = JSON.stringify(exact);
  remark(cells, notes);
  return { day: dayOfStart(cells[index.start]), cells, notes, key: keyParts.map((part) => cells[part] ?? '').join('\u0001') };
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

function remark(cells: readonly Cell[], notes: [NoteKind, string][]): void {
  const text = (position: number): string | null => {
    const cell = cells[position];
    return typeof cell === 'string' ? cell : null;
  };
  const category = text(index.category);
  if (category !== null && !chargeCategories.has(category)) notes.push(['unknown-category', category]);
  const chargeClass = text(index.chargeClass);
  if (chargeClass !== null && chargeClass !== 'Correction') notes.push(['unknown-class', chargeClass]);
  const frequency = text(index.frequency);
  if (frequency !== null && !chargeFrequencies.has(frequency.toLowerCase())) notes.push(['unknown-frequency', frequency]);
  const unit = text(index.unit);
  if (!unit) {
    if (cells[index.quantity] !== null) notes.push(['no-unit', '']);
  } else if (!isKnownUnit(unit)) notes.push(['unknown-unit', unit]);
  if (cells[index.metricId] === null) notes.push(['no-metric', '']);
  if (cells[index.account] === null) notes.push(['no-account', '']);
  if (cells[index.currency] === null && costs.some((cost) => cells[cost] !== null)) notes.push(['no-currency', '']);
}

/** Starts repeat, a day has one: a small memory saves parsing them. */
const knownStarts = new Map<string, Day | null>();

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
