import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Engine } from './engine.ts';
import type { Tables } from './schema.ts';

/** Rows that are written anew in one turn: more would take all the memory there is. */
const rowsAtOnce = 32_768;
/** Parts of a table that are not worth joining. Each time the file is brought up to date, a table that changed gets one. */
const fewParts = 4;
/** How many times the parts that its rows need a table may have beside them. */
const spareParts = 2;
/** The share of a table's rows that are gone, from which on it is worth closing the gaps. */
const manyGaps = 0.1;

/**
 * Writes tables anew that have many more parts than their rows need, since a question goes through all of them and the engine
 * holds what it knows of each, or many gaps where rows were replaced. Tables with an index stay as they are. It goes slice by
 * slice, each `inTurn` with whatever else is loaded, until the signal comes.
 */
export async function compact(
  query: Kysely<Tables>,
  engine: Engine,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  signal: AbortSignal,
): Promise<void> {
  await inTurn(() => engine.checkpoint());
  const { rows: tables } = await sql<{ name: string; stored: string }>`
    select table_name as name, estimated_size as stored from duckdb_tables()
    where estimated_size > 0 and index_count = 0`.execute(query);
  for (const { name, stored } of tables) {
    const rows = await inTurn(() => rowsWorthMoving(query, engine, name, Number(stored)));
    for (let left = rows; left > 0 && !signal.aborted;) {
      const moved = await inTurn(() => writeFirstAnew(query, engine, name, Math.min(left, rowsAtOnce)));
      if (moved === 0) break; // others emptied the table meanwhile
      left -= moved;
    }
  }
  await engine.renew();
}

/** How many rows a table has that is worth being written anew; 0 for any other one. */
async function rowsWorthMoving(query: Kysely<Tables>, engine: Engine, name: string, stored: number): Promise<number> {
  await engine.renew(); // looking through all parts of a large table takes memory, for what the engine then knows of them
  const rows = await rowsOf(query, name);
  const isWorthIt = stored * (1 - manyGaps) > rows || (await partsOf(query, name)) > partsFor(rows);
  await engine.renew();
  return isWorthIt ? rows : 0;
}

const partsFor = (rows: number) => fewParts + spareParts * Math.ceil(rows / rowsAtOnce);

async function rowsOf(query: Kysely<Tables>, table: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from ${sql.table(table)}`.execute(query);
  return Number(rows[0]?.count ?? 0);
}

async function partsOf(query: Kysely<Tables>, table: string): Promise<number> {
  const { rows } = await sql<{ parts: string }>`
    select count(distinct row_group_id) as parts from pragma_storage_info(${table})`.execute(query);
  return Number(rows[0]?.parts ?? 0);
}

/** Moves the first rows behind the last, and answers how many. Parts without rows are dropped when the file is brought up to date. */
async function writeFirstAnew(query: Kysely<Tables>, engine: Engine, name: string, count: number): Promise<number> {
  const table = sql.table(name);
  const moved = await query.transaction().execute(async (transaction) => {
    // the engine keeps to the order of the table
    const first = sql`select rowid from ${table} limit ${count}`;
    const { rows } = await sql<{ last: string | null }>`select max(rowid) as last from (${first}) as first`.execute(transaction);
    const isFirst = sql`rowid <= cast(${rows[0]?.last ?? -1} as bigint)`;
    await sql`insert into ${table} select * from ${table} where ${isFirst}`.execute(transaction);
    const { numAffectedRows } = await sql`delete from ${table} where ${isFirst}`.execute(transaction);
    return Number(numAffectedRows ?? 0);
  });
  await engine.checkpoint();
  return moved;
}
