import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/schema.ts';
import { nextMonth } from '../days.ts';
import type { Day } from '../days.ts';
import { dayVersions } from './versions.ts';
import { recordDays, recordQuantity, recordsWithWords, recordUnit } from '../dimensions.ts';

/** What is added up beforehand. Only records that count are in it. */

const costColumns = ['billed', 'effective', 'contracted', 'list'].flatMap((cost) => [`${cost}_cost`, `${cost}_rest`]);
const cost = sql.join(costColumns.map((column) => sql.ref(column)));
const summedCost = sql.join(costColumns.map((column) => sql`sum(${sql.ref(column)})`));
const summedQuantity = sql`sum(${recordQuantity.whole}), sum(${recordQuantity.rest})`;
/** Which costs a record carries, in one number: records that differ in it are kept apart, so "without cost" stays countable. */
const costs = sql`cast(
  (case when billed_cost is null then 0 else 1 end) + (case when effective_cost is null then 0 else 2 end) +
  (case when contracted_cost is null then 0 else 4 end) + (case when list_cost is null then 0 else 8 end) as smallint)`;

const ofAll = sql`organization_id, currency, charge_class, source, costs`;
const metric = sql`category, family, metric, unit`;

/** Adds up these days of an organization again. */
export async function rollUpDays(query: Kysely<Tables>, organizationId: string, days: readonly Day[]): Promise<void> {
  const ofDays = sql`organization_id = ${organizationId} and ${recordDays(days)}`;
  for (const table of ['usage_day', 'usage_account_day'])
    await sql`delete from ${sql.table(table)} where ${ofDays}`.execute(query);
  await sql`
    insert into usage_day (day, organization_id, category, family, metric, unit, currency, charge_class, source, costs, ${cost}, quantity, quantity_rest, records)
    select day, organization_id, category, family_id, metric_id, ${recordUnit}, currency, charge_class, source, ${costs},
      ${summedCost}, ${summedQuantity}, count(*)
    from ${recordsWithWords} where counted and ${ofDays}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`.execute(query);
  await sql`
    insert into usage_account_day (day, organization_id, account_id, currency, charge_class, source, costs, ${cost}, records)
    select day, organization_id, account_id, currency, charge_class, source, ${costs}, ${summedCost}, count(*)
    from ${recordsWithWords} where counted and ${ofDays}
    group by 1, 2, 3, 4, 5, 6, 7`.execute(query);
}

/** Months before the current one whose sums are missing or older than one of their days, newest first. */
export async function monthsToRollUp(query: Kysely<Tables>, before: Day): Promise<Day[]> {
  const { rows } = await sql<{ month: Day }>`
    select cast(date_trunc('month', day) as date) as month
    from ${dayVersions}
    left join usage_month_built built on built.month = cast(date_trunc('month', day) as date)
    where day < ${before}
    group by 1 having max(day_versions.version) > coalesce(max(built.version), -1)
    order by 1 desc`.execute(query);
  return rows.map((row) => row.month);
}

/** Adds up a month again. Runs inside a transaction. */
export async function rollUpMonth(query: Kysely<Tables>, month: Day): Promise<void> {
  const ofMonth = sql`day >= cast(${month} as date) and day < cast(${nextMonth(month)} as date)`;
  for (const table of ['usage_month', 'usage_metric_month', 'usage_account_month'])
    await sql`delete from ${sql.table(table)} where day = ${month}`.execute(query);
  await sql`
    insert into usage_month (day, organization_id, account_id, category, family, metric, unit, currency, charge_class, source, costs,
      ${cost}, quantity, quantity_rest, records, first_day, last_day)
    select cast(date_trunc('month', day) as date), organization_id, account_id, category, family_id, metric_id, ${recordUnit}, currency, charge_class, source, ${costs}, ${summedCost},
      ${summedQuantity}, count(*), min(day), max(day)
    from ${recordsWithWords} where counted and ${ofMonth}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`.execute(query);
  await sql`
    insert into usage_metric_month (day, ${metric}, ${ofAll}, ${cost}, quantity, quantity_rest, records, first_day, last_day)
    select day, ${metric}, ${ofAll}, ${summedCost}, sum(quantity), sum(quantity_rest), sum(records), min(first_day), max(last_day)
    from usage_month where day = ${month} group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`.execute(query);
  await sql`
    insert into usage_account_month (day, account_id, ${ofAll}, ${cost}, records, first_day, last_day)
    select day, account_id, ${ofAll}, ${summedCost}, sum(records), min(first_day), max(last_day)
    from usage_month where day = ${month} group by 1, 2, 3, 4, 5, 6, 7`.execute(query);
  await sql`
    insert into usage_month_built (month, version)
    select cast(${month} as date), coalesce(max(version), 0) from ${dayVersions} where ${ofMonth}
    on conflict (month) do update set version = excluded.version`.execute(query);
}

/** Months whose sums hold the newest version of every day. */
export async function builtMonths(query: Kysely<Tables>): Promise<Set<Day>> {
  const { rows } = await sql<{ month: Day }>`
    select built.month
    from usage_month_built built
    join ${dayVersions} on day >= built.month and cast(date_trunc('month', day) as date) = built.month
    group by 1 having max(day_versions.version) = max(built.version)`.execute(query);
  return new Set(rows.map((row) => row.month));
}
