import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/schema.ts';
import { nextMonth } from '../days.ts';
import type { Day } from '../days.ts';
import { costsWithWords, pricedQuantity, recordUnit } from '../dimensions.ts';

const money = sql`cost, cost_rest, estimate, estimate_rest`;
const summedMoney = sql`sum(cost), sum(cost_rest), sum(estimate), sum(estimate_rest)`;
const summedQuantity = sql`sum(${pricedQuantity.whole}), sum(${pricedQuantity.rest})`;
const ofAll = sql`organization_id, cost_currency, basis, charge_class, source`;
/** Billed records with an estimate beside and those without one are kept apart, so that "without estimate" stays countable. */
const estimated = sql`estimate is null`;
const metric = sql`category, family, metric, unit`;
const summedTables = ['cost_day', 'cost_account_day', 'cost_month', 'cost_metric_month', 'cost_account_month'] as const;

/** Adds up what an organization's month costs. Runs inside the transaction that priced it. */
export async function rollUpCosts(query: Kysely<Tables>, organizationId: string, month: Day): Promise<void> {
  const ofMonth = sql`organization_id = ${organizationId} and day >= cast(${month} as date) and day < cast(${nextMonth(month)} as date)`;
  for (const table of summedTables) await sql`delete from ${sql.table(table)} where ${ofMonth}`.execute(query);
  await sql`
    insert into cost_day (day, ${metric}, ${ofAll}, ${money}, quantity, quantity_rest, records)
    select day, category, family_id, metric_id, ${recordUnit}, ${ofAll}, ${summedMoney}, ${summedQuantity}, sum(records)
    from ${costsWithWords} where ${ofMonth} group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ${estimated}`.execute(query);
  await sql`
    insert into cost_account_day (day, account_id, ${ofAll}, ${money}, records)
    select day, account_id, ${ofAll}, ${summedMoney}, sum(records)
    from ${costsWithWords} where ${ofMonth} group by 1, 2, 3, 4, 5, 6, 7, ${estimated}`.execute(query);
  await sql`
    insert into cost_month (day, account_id, ${metric}, ${ofAll}, ${money}, quantity, quantity_rest, records, first_day, last_day)
    select cast(${month} as date), account_id, category, family_id, metric_id, ${recordUnit}, ${ofAll}, ${summedMoney},
      ${summedQuantity}, sum(records), min(day), max(day)
    from ${costsWithWords} where ${ofMonth} group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ${estimated}`.execute(query);
  await sql`
    insert into cost_metric_month (day, ${metric}, ${ofAll}, ${money}, quantity, quantity_rest, records, first_day, last_day)
    select day, ${metric}, ${ofAll}, ${summedMoney}, sum(quantity), sum(quantity_rest), sum(records), min(first_day), max(last_day)
    from cost_month where ${ofMonth} group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ${estimated}`.execute(query);
  await sql`
    insert into cost_account_month (day, account_id, ${ofAll}, ${money}, records, first_day, last_day)
    select day, account_id, ${ofAll}, ${summedMoney}, sum(records), min(first_day), max(last_day)
    from cost_month where ${ofMonth} group by 1, 2, 3, 4, 5, 6, 7, ${estimated}`.execute(query);
}
