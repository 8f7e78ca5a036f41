import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Engine } from './engine.ts';
import type { Tables } from './schema.ts';

/**
 * What is written anew in one turn: more would take all the memory there is. Of every part in which rows are deleted the
 * engine holds a quarter of a megabyte, however few they are.
 */
const most = { rows: 32_768, parts: 32 };
/** Parts of a table that are not worth joining. Each time the file is brought up to date, a table that changed gets one. */
const fewParts = 4;
/** How many times the parts that its rows need a table may have beside them. */
const spareParts = 3;
/** The share of a table's rows that are gone, from which on it is worth closing the gaps. */
const manyGaps = 0.1;

/**
 * At most how many parts a table has that loads append to, each of them one at a time: `Infinity` until they were counted.
 * Counting those of a large table takes memory.
 */
export type PartsKnown = Map<string, number>;

/**
 * Writes tables anew that have many more parts than their rows need, since a question goes through all of them and the engine
 * holds what it knows of each, or many gaps where rows were replaced. Tables with an index stay as they are. It goes slice by
 * slice, each `inTurn` with whatever else is loaded, until the signal comes.
 */
export async function compact(
  query: Kysely<Tables>,
  engine: Engine,
  known: PartsKnown,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  signal: AbortSignal,
): Promise<void> {
  await inTurn(() => engine.checkpoint());
  const { rows: tables } = await sql<Table>`
    select table_name as name, estimated_size as stored from duckdb_tables()
    where estimated_size > 0 and index_count = 0`.execute(query);
  try {
    for (const table of tables) {
      const { name } = table;
      // very small parts need more than one round: as long as it helps
      for (let before = Infinity; ;) {
        const parts = await inTurn(() => partsToMove(query, engine, known, table));
        if (parts.length === 0 || parts.length >= before) break;
        before = parts.length;
        for (const rows of slicesOf(parts)) {
          if (signal.aborted) return;
          await inTurn(() => writeFirstAnew(query, engine, name, rows));
        }
      }
    }
  } finally {
    await engine.renew();
  }
}

interface Table {
  name: string;
  /** Rows, gaps included. */
  stored: string;
}

/** The rows of each part of a table, gaps included, in their order; none where it is not worth being written anew. */
async function partsToMove(query: Kysely<Tables>, engine: Engine, known: PartsKnown, { name, stored }: Table): Promise<number[]> {
  const rows = await rowsOf(query, name);
  const isWorthIt = (storedRows: number, parts: number) => storedRows * (1 - manyGaps) > rows || parts > partsFor(rows);
  if (!isWorthIt(Number(stored), known.get(name) ?? Infinity)) return [];
  await engine.renew(); // what the engine knows of all parts of a large table is much
  const parts = await partsOf(query, name);
  await engine.renew();
  if (known.has(name)) known.set(name, parts.length);
  const storedNow = parts.reduce((sum, part) => sum + part, 0);
  return isWorthIt(storedNow, parts.length) ? parts : [];
}

const partsFor = (rows: number) => fewParts + spareParts * Math.ceil(rows / most.rows);

/** Rows to be written anew at a time, given those of each part. */
export function slicesOf(parts: readonly number[]): number[] {
  const slices: number[] = [];
  let slice = { rows: 0, parts: 0 };
  const cut = () => {
    slices.push(slice.rows);
    slice = { rows: 0, parts: 0 };
  };
  for (let left of parts) {
    while (left > 0) {
      const taken = Math.min(left, most.rows - slice.rows);
      slice = { rows: slice.rows + taken, parts: slice.parts + 1 };
      left -= taken;
      if (slice.rows === most.rows || slice.parts === most.parts) cut();
    }
  }
  if (slice.rows > 0) cut();
  return slices;
}

async function rowsOf(query: Kysely<Tables>, table: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from ${sql.table(table)}`.execute(query);
  return Number(rows[0]?.count ?? 0);
}

async function partsOf(query: Kysely<Tables>, table: string): Promise<number[]> {
  const { rows } = await sql<{ rows: string }>`
    select sum(count) as rows from pragma_storage_info(${table}) where column_id = 0 and segment_type <> 'VALIDITY'
    group by row_group_id order by row_group_id`.execute(query);
  return rows.map(({ rows: count }) => Number(count));
}

/** Moves the first rows, gaps included, behind the last. Parts without rows are dropped when the file is brought up to date. */
async function writeFirstAnew(query: Kysely<Tables>, engine: Engine, name: string, count: number): Promise<void> {
  const table = sql.table(name);
  await query.transaction().execute(async (transaction) => {
    // the engine keeps to the order of the table
    const { rows } = await sql<{ first: string }>`select rowid as first from ${table} limit 1`.execute(transaction);
    const [row] = rows;
    if (!row) return; // others emptied the table meanwhile
    const isFirst = sql`rowid < cast(${row.first} as bigint) + ${count}`;
    await sql`insert into ${table} select * from ${table} where ${isFirst}`.execute(transaction);
    await sql`delete from ${table} where ${isFirst}`.execute(transaction);
  });
  await engine.checkpoint();
}
