import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { UsageSeriesTable } from '../../database/migrations/usage.ts';
import type { Tables } from '../../database/schema.ts';
import type { DayRange } from '../days.ts';
import { ofDays } from '../dimensions.ts';

/** Columns of FOCUS in which records name their service themselves. Cloudflare sends none, so they have no column: they stand in `other`. */
export const serviceColumns = ['ServiceCategory', 'ServiceName', 'ServiceSubcategory'] as const;
export type ServiceColumn = (typeof serviceColumns)[number];

/** What is said in them, as it was sent. */
export type SaidService = Readonly<Record<ServiceColumn, string | null>>;

/** What a record says in one of them. Only text is a word of FOCUS: everything else stays in `other`. */
export function saidIn(name: ServiceColumn): RawBuilder<unknown> {
  const value = sql`(try_cast(other as json) -> ${sql.lit(name)})`;
  return sql`case when starts_with(cast(${value} as text), '"') then ${value} ->> '$' end`;
}

/** What the records of each series say, where they say one thing only. Series of which none says anything are left out. */
export async function saidServices(
  query: Kysely<Tables>,
  series: readonly UsageSeriesTable[],
  range: DayRange,
): Promise<ReadonlyMap<number, SaidService>> {
  const ids = series.map(({ series_id: id }) => id);
  const said = serviceColumns.map((name) => sql`${saidIn(name)} as ${sql.ref(name)}`);
  const only = serviceColumns.map((name) => {
    const column = sql.ref(name);
    return sql`case when min(${column}) = max(${column}) then min(${column}) end as ${column}`;
  });
  const { rows } = await sql<SaidService & { series_id: number }>`
    select series_id, ${sql.join(only)}
    from (select series_id, ${sql.join(said)} from usage_record
      where counted and ${ofDays(range)} and other is not null
        and series_id between ${ids[0] ?? 0} and ${ids.at(-1) ?? 0} and series_id in (select unnest(${ids}::integer[]))) as said
    group by series_id`.execute(query);
  return new Map(rows.map((row) => [row.series_id, row]));
}
