import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/schema.ts';
import { nextMonth } from '../days.ts';
import type { Day } from '../days.ts';
import { costsWithWords, pricedQuantity, recordUnit } from '../dimensions.ts';

const money = sql`cost, cost_rest, estimate, estimate_rest`;
const summedMoney = sql`sum(cost), sum(cost_rest), sum(estimate), sum(estimate_rest)`;
const summedQuantity = sql`sum(${pricedQuantity.whole}), sum(${pricedQuantity.rest})`;
const summedTables = ['cost_day', 'cost_account_day', 'cost_month'] as const;

/** Adds up what an organization's month costs. Runs inside the transaction that priced it. */
export async function rollUpCosts(query: Kysely<Tables>, organizationId: string, month: Day): Promise<void> {
  const ofMonth = sql`organization_id = ${organizationId} and day >= cast(${month} as date) and day < cast(${nextMonth(month)} as date)`;
  for (const table of summedTables) await sql`delete from ${sql.table(table)} where ${ofMonth}`.execute(query);
  await sql`
    insert into cost_day (day, category, family, metric, unit, quantity, quantity_rest,
      organization_id, cost_currency, basis, charge_class, source, ${money}, records)
    select day, category, family_id, metric_id, ${recordUnit}, ${summedQuantity},
      organization_id, cost_currency, basis, charge_class, source, ${summedMoney}, sum(records)
    from ${costsWithWords} where ${ofMonth} group by 1, 2, 3, 4, 5, 8, 9, 10, 11, 12`.execute(query);
  await sql`
    insert into cost_account_day (day, account_id, organization_id, cost_currency, basis, charge_class, source, ${money}, records)
    select day, account_id, organization_id, cost_currency, basis, charge_class, source, ${summedMoney}, sum(records)
    from ${costsWithWords} where ${ofMonth} group by 1, 2, 3, 4, 5, 6, 7`.execute(query);
  await sql`
    insert into cost_month (day, account_id, category, family, metric, unit, quantity, quantity_rest,
      organization_id, cost_currency, basis, charge_class, source, ${money}, records)
    select cast(${month} as date), account_id, category, family_id, metric_id, ${recordUnit}, ${summedQuantity},
      organization_id, cost_currency, basis, charge_class, source, ${summedMoney}, sum(records)
    from ${costsWithWords} where ${ofMonth} group by 2, 3, 4, 5, 6, 9, 10, 11, 12, 13`.execute(query);
}
