import { isAskableDay } from '../../../contract/day.ts';
import { fitted } from '../../database/decimal.ts';
import { values, wholeCostWidth, quantityWidth } from '../columns.ts';
import { recordOf } from '../store/record.ts';
import type { Fields, ReadRecord } from '../store/record.ts';
import { standIns } from './columns.ts';
import type { Column } from './columns.ts';

/** Why a row is not taken, or what is odd about one that is. */
export type RowProblem = readonly [kind: string, value: string];
export type ReadRow =
  | { record: ReadRecord; notes: readonly RowProblem[]; refused: null }
  | { record: null; notes: readonly RowProblem[]; refused: RowProblem };

/** What files write for "no value". FOCUS wants nothing at all. */
const nothing = new Set(['', 'null', 'n/a', 'na', 'nan', 'none', 'nil', '\\n', '#n/a']);
const numbers = new Map(values.flatMap(([name, , kind]) => (kind === 'text' ? [] : [[name as string, kind] as const])));
const times = ['ChargePeriodStart', 'ChargePeriodEnd', 'BillingPeriodStart', 'BillingPeriodEnd'];
const mustFit = new Set(['BilledCost', 'EffectiveCost', 'ContractedCost', 'ListCost', 'ConsumedQuantity']);
const longestWord = 1000;
/**
 * What a row keeps of columns that are not read, in characters with their names: a name of a thousand letters stands in
 * the header once, and in what is kept with every row.
 */
const mostKept = 32_768;

/** Reads rows of one file. A row is taken whole or refused with its reason; what is put right in it is noted. */
export class RowReader {
  readonly #columns: readonly Column[];

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
  }

  read(row: readonly (string | null)[]): ReadRow {
    const refuse = (kind: string, value: string): ReadRow => ({ record: null, notes: [], refused: [kind, value.slice(0, 80)] });
    const width = this.#columns.length;
    if (row.length < width || row.slice(width).some((field) => field?.trim()))
      return refuse('field-count', `${row.length} fields instead of ${width}`);
    const fields: Fields = {};
    const kept = Object.create(null) as Record<string, string>; // a column may be called __proto__
    const notes: RowProblem[] = [];
    let length = 0;
    for (let index = 0; index < width; index++) {
      const { name = '', focus = null, reads = null } = this.#columns[index] ?? {};
      const text = row[index]?.trim() ?? '';
      if (nothing.has(text.toLowerCase())) continue;
      if (reads === null) {
        kept[focus ?? name] = text;
        length += name.length + text.length;
      } else fields[reads] = text;
    }
    if (length > mostKept) return refuse('too-much', `${length} characters`);
    for (const [from, to] of standIns) {
      const given = fields[from];
      if (typeof given !== 'string') continue;
      kept[from] = given;
      delete fields[from];
      fields[to] ??= given;
    }
    for (const [name, value] of Object.entries(fields))
      if (typeof value === 'string' && value.length > longestWord) return refuse('too-long', name);

    for (const name of times) {
      const given = fields[name];
      if (typeof given !== 'string') continue;
      const time = readTime(given);
      if (time !== null) fields[name] = time;
      else if (name === 'ChargePeriodStart') return refuse('bad-day', given);
      else {
        notes.push(['bad-time', `${name}: ${given}`]);
        kept[name] = given;
        delete fields[name];
      }
    }
    if (fields.ChargePeriodStart === undefined) return refuse('no-day', '');

    for (const [name, kind] of numbers) {
      const given = fields[name];
      if (typeof given !== 'string') continue;
      const { width, scale } = kind === 'cost' ? wholeCostWidth : quantityWidth;
      if (fitted(given, width, scale) !== null) continue;
      if (mustFit.has(name)) return refuse('bad-number', `${name}: ${given}`);
    }
    const currency = fields.BillingCurrency;
    if (typeof currency === 'string') {
      const upper = currency.toUpperCase();
      if (!/^[A-Z]{3}$/.test(upper)) return refuse('bad-currency', currency);
      if (upper !== currency) notes.push(['lower-currency', currency]);
      fields.BillingCurrency = upper;
    }

    const record = recordOf(fields, kept);
    if (record.day === null || !isAskableDay(record.day))
      return refuse('bad-day', typeof fields.ChargePeriodStart === 'string' ? fields.ChargePeriodStart : '');
    if (longerThanADay(fields))
      notes.push(['several-days', `${fields.ChargePeriodStart as string} to ${fields.ChargePeriodEnd as string}`]); // texts, by the reading above
    for (const cost of ['BilledCost', 'EffectiveCost'] as const) {
      const amount = fields[cost];
      if (typeof amount !== 'string' || !amount.startsWith('-') || fields.ChargeClass === 'Correction') continue;
      notes.push(['negative', `${cost}: ${amount}`]);
      break;
    }
    for (const [kind, detail] of record.notes) if (!silent.has(kind)) notes.push([kind, detail]);
    return { record, notes, refused: null };
  }
}

/** What is said once of a column or a file, and not of every row. */
const silent: ReadonlySet<string> = new Set(['unknown-column', 'no-metric', 'unknown-unit', 'no-unit']);

const written =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * A time as files write it, as FOCUS wants it: a day alone, with or without T, Z, seconds and their fraction, or an
 * offset. A time without a zone is UTC. Null for everything else: `09/10/2024` may be two days.
 */
export function readTime(text: string): string | null {
  const match = written.exec(text);
  if (!match) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = 'Z'] = match;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}` : 'Z';
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  if (Number.isNaN(time)) return null;
  const read = `${new Date(time).toISOString().slice(0, 19)}Z`;
  // an engine may carry the 31st of a shorter month over into the next
  return offset === 'Z' && hour !== '24' && !read.startsWith(`${year}-${month}-${day}`) ? null : read;
}

const millisecondsOfDay = 86_400_000;

function longerThanADay({ ChargePeriodStart: start, ChargePeriodEnd: end }: Fields): boolean {
  return typeof start === 'string' && typeof end === 'string' && Date.parse(end) - Date.parse(start) > millisecondsOfDay;
}
