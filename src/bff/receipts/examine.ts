import type { Kysely } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import { accessKinds } from '../../contract/canopy/access.ts';
import type { AccessKind } from '../../contract/canopy/access.ts';
import { laterRow, rowOf } from './access/record.ts';
import type { FirstEntry, LaterEntry } from './access/record.ts';
import { intentRow, outcomeRow } from './record.ts';
import type { Intent, Outcome } from './record.ts';
import { firstSeal, sealOf } from './seal.ts';

type Entry = Tables['ledger_entry'];
type Row = Readonly<Record<string, unknown>>;
type Query = Kysely<Tables>;

const pageSize = 500;

/**
 * The first entry of the ledger that is not what Canopy wrote, or null where it is as it was left: its seal is wrong, it
 * is missing, or the receipt or access that people are shown says something else than what was sealed.
 */
export async function examine(database: Database): Promise<{ sequence: number } | null> {
  // what is written meanwhile may be seen by halves; only where something looks wrong is all of it read as of one moment
  const found = await examineAll(database.query);
  return found && database.load(({ query }) => examineAll(query));
}

async function examineAll(query: Query): Promise<{ sequence: number } | null> {
  let previous = firstSeal;
  let expected = 1;
  const shown = new Shown(query);
  for (;;) {
    const entries = await query
      .selectFrom('ledger_entry')
      .selectAll()
      .where('sequence', '>=', expected)
      .where('sequence', '<', expected + pageSize)
      .orderBy('sequence')
      .execute();
    for (const { sequence, kind, body, seal } of entries) {
      if (sequence !== expected || seal !== (await sealOf(previous, sequence, kind, body)))
        return { sequence: Math.min(expected, shown.firstOwed() ?? expected) };
      previous = seal;
      expected += 1;
    }
    const odd = await shown.compare(entries);
    if (odd) return odd;
    if (entries.length < pageSize) break;
  }
  if (await hasEntriesFrom(query, expected)) return { sequence: expected };
  const owed = shown.firstOwed() ?? ((await hasUnsealed(query)) ? expected : null);
  return owed === null ? null : { sequence: owed };
}

/** Whether entries follow a gap. */
async function hasEntriesFrom(query: Query, sequence: number): Promise<boolean> {
  const next = query.selectFrom('ledger_entry').select('sequence').where('sequence', '>=', sequence).limit(1);
  return (await next.executeTakeFirst()) !== undefined;
}

const isAccessKind = (kind: string): kind is AccessKind => accessKinds.some((one) => one === kind);

/** Holds rows against the entries that they show. */
class Shown {
  readonly #query: Query;
  /** Rows that already say what a later entry has to have said, by the sequence of the entry that began them. */
  readonly #owed = new Map<string, { sequence: number; fields: Set<string> }>();

  constructor(query: Query) {
    this.#query = query;
  }

  firstOwed(): number | null {
    const sequences = [...this.#owed.values()].map(({ sequence }) => sequence);
    return sequences.length === 0 ? null : Math.min(...sequences);
  }

  async compare(entries: readonly Entry[]): Promise<{ sequence: number } | null> {
    const rows = await this.#rowsOf(entries);
    for (const { sequence, kind, body, receipt_id: id } of entries) {
      const row = rows.get(id);
      const value: unknown = JSON.parse(body);
      if (!row) return { sequence };
      // written by `Ledger` and by the book of accesses, and sealed
      if (kind === 'intent') {
        if (!this.#began(sequence, id, row, { ...intentRow(value as Intent, 0), sequence: row['sequence'] })) return { sequence };
      } else if (isAccessKind(kind)) {
        if (!this.#began(sequence, id, row, { ...rowOf(kind, value as FirstEntry, sequence) })) return { sequence };
      } else {
        this.#went(sequence, id, row, kind === 'outcome' ? outcomeRow(value as Outcome) : laterRow(value as LaterEntry));
      }
    }
    return null;
  }

  /** The first entry about a row: what may change later is owed an explanation, everything else must be as it was. */
  #began(sequence: number, id: string, row: Row, was: Row): boolean {
    const others = Object.keys(was).filter((name) => plain(row[name]) !== plain(was[name]));
    if (others.some((name) => !changing.has(name))) return false;
    if (others.length > 0) this.#owed.set(id, { sequence, fields: new Set(others) });
    return true;
  }

  /** A later entry explains what it agrees with; what it says differently a still later one has to explain. */
  #went(sequence: number, id: string, row: Row, became: Row): void {
    const owed = this.#owed.get(id) ?? { sequence, fields: new Set<string>() };
    for (const name of Object.keys(became))
      if (plain(row[name]) === plain(became[name])) owed.fields.delete(name);
      else owed.fields.add(name);
    if (owed.fields.size === 0) this.#owed.delete(id);
    else this.#owed.set(id, owed);
  }

  async #rowsOf(entries: readonly Entry[]): Promise<Map<string, Row>> {
    if (entries.length === 0) return new Map();
    const ids = [...new Set(entries.map(({ receipt_id }) => receipt_id))];
    const receipts = await this.#query.selectFrom('receipt').selectAll().where('id', 'in', ids).execute();
    const accesses = await this.#query.selectFrom('access').selectAll().where('id', 'in', ids).execute();
    return new Map([...receipts, ...accesses].map((row) => [row.id, { ...row }]));
  }
}

/** What later entries set. */
const changing = new Set([
  'settled_at',
  'outcome',
  'settled_by',
  'status',
  'errors',
  'ray_id',
  'duration',
  'summary',
  'target_id',
  'last_at',
  'times',
  'ended',
]);
const time = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}(:?\d{2})?)?$/;

/** A value as text, so that a time read from the database equals the one that was written. */
function plain(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string' && time.test(value)) return new Date(value).toISOString();
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** Whether something is shown that no entry speaks of. */
async function hasUnsealed(query: Query): Promise<boolean> {
  for (const table of ['receipt', 'access'] as const) {
    const unsealed = await query
      .selectFrom(table)
      .select('id')
      .where('id', 'not in', query.selectFrom('ledger_entry').select('receipt_id'))
      .limit(1)
      .executeTakeFirst();
    if (unsealed) return true;
  }
  return false;
}
