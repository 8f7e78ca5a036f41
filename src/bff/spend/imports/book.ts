import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { ImportedSource, ImportReport } from '../../../contract/canopy/imports.ts';
import type { SourceUse, SpendState } from '../../../contract/canopy/spend.ts';
import type { Database, Load } from '../../database/open.ts';
import type { UsageImportTable } from '../../database/migrations/usage-sources.ts';
import type { Tables } from '../../database/schema.ts';
import { Problem } from '../../problem.ts';
import { keepChange, settleAccounts } from '../store/claims.ts';
import type { Day } from '../days.ts';
import { keyColumns, ofOrganizations, recordsWithWords, storedDimensions, upstreamSource } from '../dimensions.ts';
import { Intake } from '../store/intake.ts';
import { noteUnknownWords } from '../store/record.ts';
import type { ReadRecord, RecordNote } from '../store/record.ts';
import type { Reach } from '../reach.ts';
import { rollUpDays } from '../store/rollup.ts';
import { SeriesBook } from '../store/series.ts';
import { keepValues } from '../store/values.ts';
import { nextVersion } from '../store/versions.ts';

/** Series that one turn remembers; beyond that, words that come again are kept again. */
const mostSeries = 50_000;

export type NewImport = Omit<UsageImportTable, 'records'>;

export interface FileContent {
  batches: AsyncIterable<readonly ReadRecord[]>;
  /** Those of the records. */
  days: readonly Day[];
  /** Columns that Canopy does not know: kept with each record, unread. */
  newColumns: readonly string[];
}

/** Where imports are kept: their records beside those of upstream, each with its source. */
export class ImportBook {
  readonly #database: Database;
  readonly #depthOf: (organizationId: string) => number;

  constructor(database: Database, depthOf: (organizationId: string) => number) {
    this.#database = database;
    this.#depthOf = depthOf;
  }

  async find(id: string): Promise<UsageImportTable | undefined> {
    return this.#database.query.selectFrom('usage_import').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /**
   * Stores an import with its records, in the place of another one where it replaces one. One transaction: all of it, or
   * nothing.
   */
  async keep(row: NewImport, { days, newColumns, batches }: FileContent, replaced: UsageImportTable | undefined): Promise<void> {
    await this.#database.load(async (load) => {
      const before = replaced ? await this.#remove(load, await currentOf(load, replaced.id)) : nothingTouched;
      const series = await SeriesBook.open(load, row.organization_id, row.id, mostSeries);
      const intake = new Intake(await load.appender('usage_record'), series, days, row.counts !== 'none');
      try {
        for await (const batch of batches) for (const record of batch) intake.take(record);
        intake.finish();
      } catch (error) {
        intake.abandon();
        throw error;
      }
      await load.query
        .insertInto('usage_import')
        .values({ ...row, records: intake.records })
        .execute();
      await keepValues(load, row.organization_id, intake, 'import');
      await keepNotes(load, row, newColumns, intake.records);
      const accounts = new Set([...intake.values.account.keys(), ...before.accounts]);
      await this.#settle(load, row, new Set([...days, ...before.days]), accounts);
    });
  }

  /** Renames an import, or lets it count otherwise from now on. Throws `not_found` where it was removed meanwhile. */
  async change(id: string, to: { name?: string | undefined; counts?: SourceUse | undefined }): Promise<void> {
    await this.#database.repeatableLoad(async (load) => {
      const row = await currentOf(load, id);
      const { name = row.name, counts = row.counts } = to;
      await load.query.deleteFrom('usage_import').where('id', '=', row.id).execute();
      await load.query
        .insertInto('usage_import')
        .values({ ...row, name, counts })
        .execute();
      if (counts === row.counts) return;
      const touched = await touchedBy(load, row);
      const ofImport = load.query.selectFrom('usage_series').select('series_id').where('source', '=', row.id);
      await load.query
        .updateTable('usage_record')
        .set({ counted: counts !== 'none' })
        .where('series_id', 'in', ofImport)
        .execute();
      await this.#settle(load, row, touched.days, touched.accounts);
    });
  }

  /** Throws `not_found` where it was removed already. */
  async remove(id: string): Promise<void> {
    await this.#database.repeatableLoad(async (load) => {
      const row = await currentOf(load, id);
      const { days, accounts } = await this.#remove(load, row);
      await this.#settle(load, row, days, accounts);
    });
  }

  /** Takes out all that is of an import, and answers which days and accounts that touches. */
  async #remove(load: Load, row: UsageImportTable): Promise<Touched> {
    const touched = await touchedBy(load, row);
    const { query } = load;
    const ofImport = query.selectFrom('usage_series').select('series_id').where('source', '=', row.id);
    for (const table of ['usage_record', 'usage_cost'] as const)
      await query.deleteFrom(table).where('series_id', 'in', ofImport).execute();
    for (const table of ['usage_series', 'usage_note'] as const)
      await query.deleteFrom(table).where('source', '=', row.id).execute();
    await query.deleteFrom('usage_import').where('id', '=', row.id).execute();
    for (const { name } of storedDimensions)
      await sql`
        delete from usage_value where organization_id = ${row.organization_id} and dimension = ${name} and key not in (
          select coalesce(${sql.ref(keyColumns[name])}, '') from usage_series where organization_id = ${row.organization_id})`.execute(
        query,
      );
    return touched;
  }

  /** What counts on these days is decided again, and added up again. */
  async #settle(
    load: Load,
    { id, organization_id: organizationId }: Pick<UsageImportTable, 'id' | 'organization_id'>,
    days: ReadonlySet<Day>,
    accounts: ReadonlySet<string>,
  ): Promise<void> {
    const sorted = [...days].toSorted();
    if (sorted.length === 0) return;
    const version = await nextVersion(load.query);
    const shared = await toldByOthers(load, id, accounts);
    await settleAccounts(load, { organizationId, days: sorted }, shared, version, this.#depthOf);
    await rollUpDays(load.query, organizationId, sorted);
    await keepChange(load.query, organizationId, sorted, version);
  }
}

/** A file may have another word in every row. */
const mostWords = 1000;

/** Says what in the records of an import is new to us, as it is said of upstream's. */
async function keepNotes({ query }: Load, row: NewImport, newColumns: readonly string[], records: number): Promise<void> {
  const { rows } = await sql<{
    category: string | null;
    class: string | null;
    frequency: string | null;
    unit: string | null;
    records: string;
  }>`
    select charge_category as category, charge_class as class, charge_frequency as frequency, consumed_unit as unit,
      count(*) as records
    from ${recordsWithWords} where source = ${row.id} group by 1, 2, 3, 4 order by 5 desc limit ${mostWords}`.execute(query);
  const place = { organization_id: row.organization_id, day: row.first_day, source: row.id };
  // several rows may say the same of one word: notes are added up when they are read
  const notes = newColumns.map((detail) => ({ ...place, kind: 'unknown-column', detail, records }));
  for (const words of rows) {
    const found: RecordNote[] = [];
    noteUnknownWords(found, words.category, words.class, words.frequency, words.unit);
    for (const [kind, detail] of found) notes.push({ ...place, kind, detail, records: Number(words.records) });
  }
  if (notes.length > 0) await query.insertInto('usage_note').values(notes).execute();
}

/** An import as it is when its turn has come: what a person saw of it may have been changed by others. */
async function currentOf({ query }: Load, id: string): Promise<UsageImportTable> {
  const row = await query.selectFrom('usage_import').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw unknownImport();
  return row;
}

export const unknownImport = () =>
  new Problem({
    code: 'not_found',
    message: 'There is no such import. It may have been removed or replaced.',
    action: 'Choose one from the list of imports.',
  });

interface Touched {
  days: ReadonlySet<Day>;
  accounts: ReadonlySet<string>;
}
const nothingTouched: Touched = { days: new Set(), accounts: new Set() };

async function touchedBy({ query }: Load, { id }: UsageImportTable): Promise<Touched> {
  const { rows: days } = await sql<{ day: Day }>`
    select distinct day from usage_record where series_id in (select series_id from usage_series where source = ${id})`.execute(
    query,
  );
  const accounts = await query.selectFrom('usage_series').select('account_id').distinct().where('source', '=', id).execute();
  return {
    days: new Set(days.map(({ day }) => day)),
    accounts: new Set(accounts.flatMap(({ account_id }) => (account_id === null ? [] : [account_id]))),
  };
}

/** Accounts that something else than this import tells of too: nothing is to be decided about the others. */
async function toldByOthers({ query }: Load, id: string, accounts: ReadonlySet<string>): Promise<string[]> {
  const named = [...accounts].filter((account) => account !== '');
  const { rows } = await sql<{ account: string }>`
    select distinct account_id as account from usage_series
    where source <> ${id} and account_id = any(${named}::text[])`.execute(query);
  return rows.map(({ account }) => account);
}

/** Imports of these organizations, newest first. */
export async function readImports(query: Kysely<Tables>, reach: Reach, id?: string): Promise<ImportedSource[]> {
  const rows = await query
    .selectFrom('usage_import')
    .selectAll()
    .where(ofOrganizations(reach.ids))
    .$if(id !== undefined, (select) => select.where('id', '=', id ?? ''))
    .orderBy('stored_at', 'desc')
    .orderBy('id')
    .execute();
  const replaced = rows.some(({ counts }) => counts === 'instead')
    ? await countReplaced(query, reach)
    : new Map<string, number>();
  const shadowed = rows.length > 1 ? await countShadowed(query, reach) : new Map<string, number>();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    organizationId: row.organization_id,
    organizationName: reach.nameOf(row.organization_id),
    fileName: row.file_name,
    fileSize: Number(row.file_size),
    storedAt: row.stored_at,
    by: row.person_name,
    counts: row.counts as SourceUse, // written from one
    records: row.records,
    firstDay: row.first_day,
    lastDay: row.last_day,
    replaces: replaced.get(row.id) ?? 0,
    shadowed: row.counts === 'none' ? 0 : (shadowed.get(row.id) ?? 0),
    report: JSON.parse(row.report) as ImportReport, // written from one
  }));
}

/** Records of upstream's that do not count because an import holds their account and day. */
async function countReplaced(query: Kysely<Tables>, reach: Reach): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; records: string }>`
    with held as (
      select distinct usage_import.id, account_id, day from ${recordsWithWords}
      join usage_import on usage_import.id = usage_series.source
      where counts = 'instead' and counted and account_id is not null)
    select held.id, count(*) as records
    from held join usage_series on usage_series.account_id = held.account_id and usage_series.source = ${upstreamSource}
      and ${sql`usage_series.organization_id = any(${reach.ids}::text[])`}
    join usage_record on usage_record.series_id = usage_series.series_id and usage_record.day = held.day
    where not counted group by 1`.execute(query);
  return new Map(rows.map(({ id, records }) => [id, Number(records)]));
}

/** Records of imports that do not count. */
async function countShadowed(query: Kysely<Tables>, reach: Reach): Promise<Map<string, number>> {
  const { rows } = await sql<{ source: string; records: string }>`
    select source, count(*) as records from ${recordsWithWords}
    where source <> ${upstreamSource} and not counted and ${ofOrganizations(reach.ids)} group by 1`.execute(query);
  return new Map(rows.map(({ source, records }) => [source, Number(records)]));
}

/** Imports that take part in totals. */
export async function countingImports(query: Kysely<Tables>, reach: Reach): Promise<SpendState['imports']> {
  const rows = await query
    .selectFrom('usage_import')
    .select(['id', 'name', 'counts', 'first_day', 'last_day'])
    .where(ofOrganizations(reach.ids))
    .where('counts', '!=', 'none')
    .orderBy('name')
    .execute();
  return rows.map(({ id, name, counts, first_day, last_day }) => ({
    id,
    name,
    counts: counts as SourceUse, // written from one
    from: first_day,
    to: last_day,
  }));
}

/** How many accounts and days of upstream's records of these organizations lie among these. */
export async function overlapWith(query: Kysely<Tables>, reach: Reach, accounts: readonly string[], days: readonly Day[]) {
  if (accounts.length === 0 || days.length === 0) return null;
  const { rows } = await sql<{ accounts: string; account_days: string }>`
    select count(distinct account_id) as accounts, count(*) as account_days from (
      select distinct account_id, day from ${recordsWithWords}
      where source = ${upstreamSource} and ${ofOrganizations(reach.ids)} and account_id = any(${accounts}::text[]) and day = any(${days}::date[])) as told`.execute(
    query,
  );
  const found = { accounts: Number(rows[0]?.accounts ?? 0), accountDays: Number(rows[0]?.account_days ?? 0) };
  return found.accountDays > 0 ? found : null;
}
