import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Engine } from './engine.ts';
import type { Tables } from './schema.ts';

/** Tables of more rows are not written anew: it would take all the memory there is. */
const mostRows = 65_536;
/** Parts of a small table that are not worth joining. Each time the file is brought up to date, a table that changed gets one. */
const fewParts = 4;
/** The share of a large table's rows that are gone, from which on it is worth closing the gaps. */
const manyGaps = 0.1;

/**
 * Joins the parts of small tables: a question goes through all of them. Closes some of the gaps that replaced rows leave in
 * large ones where they are many, which takes memory: all that is known of any part is looked through. Tables with an index
 * stay as they are. Nothing may be loaded meanwhile.
 */
export async function compact(query: Kysely<Tables>, engine: Engine): Promise<void> {
  const { rows: tables } = await sql<{ name: string; stored: string }>`
    select table_name as name, estimated_size as stored from duckdb_tables()
    where estimated_size > 0 and index_count = 0`.execute(query);
  const isLarge = ({ stored }: { stored: string }) => Number(stored) > mostRows;
  const closesGaps = await haveManyGaps(query, tables.filter(isLarge));
  await engine.use(async (connection) => {
    if (closesGaps) await connection.run('set global max_vacuum_tasks = 1');
    await connection.run('checkpoint').finally(() => connection.run('set global max_vacuum_tasks = 0'));
  });
  for (const table of tables)
    if (!isLarge(table) && (await partsOf(query, table.name)) > fewParts) {
      await writeAnew(query, table.name);
      await engine.checkpoint();
    }
}

async function haveManyGaps(query: Kysely<Tables>, tables: readonly { name: string; stored: string }[]): Promise<boolean> {
  for (const { name, stored } of tables) {
    const { rows } = await sql<{ count: string }>`select count(*) as count from ${sql.table(name)}`.execute(query);
    if (Number(rows[0]?.count ?? 0) < Number(stored) * (1 - manyGaps)) return true;
  }
  return false;
}

async function partsOf(query: Kysely<Tables>, table: string): Promise<number> {
  const { rows } = await sql<{ parts: string }>`
    select count(distinct row_group_id) as parts from pragma_storage_info(${table})`.execute(query);
  return Number(rows[0]?.parts ?? 0);
}

/** Parts without rows are dropped when the file is brought up to date. */
async function writeAnew(query: Kysely<Tables>, name: string): Promise<void> {
  const table = sql.table(name);
  await query.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ last: string | null }>`select max(rowid) as last from ${table}`.execute(transaction);
    await sql`insert into ${table} select * from ${table}`.execute(transaction);
    await sql`delete from ${table} where rowid <= ${rows[0]?.last ?? -1}::bigint`.execute(transaction);
  });
}
