import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Tables } from '../../database/schema.ts';
import { daysBetween } from '../days.ts';
import type { DayRange } from '../days.ts';

/** Rows that are joined with their words at a time: what the engine holds of them must fit its memory. */
const rowsOfSlice = 12_000;

/** The series of a selection in slices, each a select in parentheses; at least one, which may be empty. */
export async function slicesOf(
  query: Kysely<Tables>,
  series: RawBuilder<unknown>,
  { from, to }: DayRange,
): Promise<readonly RawBuilder<unknown>[]> {
  const length = Math.max(20, Math.floor(rowsOfSlice / daysBetween(from, to)));
  const { rows } = await sql<{ first: number; last: number }>`
    select min(series_id) as first, max(series_id) as last
    from (select series_id, row_number() over (order by series_id) as place from usage_series where series_id in ${series}) as placed
    group by (place - 1) // ${sql.lit(length)} order by 1`.execute(query);
  const bounds = rows.length > 0 ? rows : [{ first: 0, last: 0 }];
  return bounds.map(
    ({ first, last }) =>
      sql`(select series_id from usage_series where series_id between ${first} and ${last} and series_id in ${series})`,
  );
}
