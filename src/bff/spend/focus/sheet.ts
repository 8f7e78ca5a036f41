import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { UsageSeriesTable } from '../../database/migrations/usage.ts';
import type { Tables } from '../../database/schema.ts';

/** Values of a row in the order of the columns. */
export type SheetRow = readonly (string | null)[];

/** A column of a sheet, and what its text is cast to. */
export type SheetColumn = readonly [name: string, type: string];

/** The row of a series: its number, and texts. */
export const textsOf = (series: number, texts: readonly (string | null)[]): SheetRow => [String(series), ...texts];

/** Rows as a select in parentheses, to stand after `from`. They travel as parameters: a table would take a block for every column. */
export function sheetOf(columns: readonly SheetColumn[], rows: readonly SheetRow[]): RawBuilder<unknown> {
  const lists = columns.map(
    ([name], column) => sql`unnest(${rows.map((row) => row[column] ?? null)}::text[]) as ${sql.ref(name)}`,
  );
  const typed = columns.map(([name, type]) =>
    type === 'text' ? sql.ref(name) : sql`cast(${sql.ref(name)} as ${sql.raw(type)}) as ${sql.ref(name)}`,
  );
  return sql`(select ${sql.join(typed)} from (select ${sql.join(lists)}) as listed)`;
}

/** The words of a slice of series. What they make is worked out once a series: there are a hundred times fewer than records. */
export const seriesIn = (query: Kysely<Tables>, slice: RawBuilder<unknown>): Promise<UsageSeriesTable[]> =>
  query
    .selectFrom('usage_series')
    .selectAll()
    .where(sql<boolean>`series_id in ${slice}`)
    .orderBy('series_id')
    .execute();
