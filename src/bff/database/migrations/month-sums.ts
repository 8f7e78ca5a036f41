import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * Sums of months are kept in smaller tables too: without accounts, and without metrics. And all of
 * them say from which day to which they have records, so that what a part of a month holds is known without reading those.
 * Nothing is lost: everything is added up anew, and until then a month has its old sums.
 */
export const monthSums = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const metric = 'organization_id, category, family, metric, unit, charge_class, source';
const account = 'organization_id, account_id, charge_class, source';
const sumsOf = (columns: string) =>
  columns
    .split(', ')
    .map((column) => `sum(${column}) as ${column}`)
    .join(', ');
const quantity = sumsOf('quantity, quantity_rest');
const records = 'cast(sum(records) as bigint) as records';
const sent = sumsOf(
  'billed_cost, billed_rest, effective_cost, effective_rest, contracted_cost, contracted_rest, list_cost, list_rest',
);
const priced = sumsOf('cost, cost_rest, estimate, estimate_rest');

const sums = (table: string, of: string, by: string, summed: string) =>
  `create table ${table} as select ${by}, ${summed}, ${records} from ${of} group by ${by}`;

const monthTables = ['usage', 'cost'].flatMap((book) =>
  ['month', 'metric_month', 'account_month'].map((kind) => `${book}_${kind}`),
);

const statements = [
  sums('usage_metric_month', 'usage_month', `day, ${metric}, currency, costs`, `${quantity}, ${sent}`),
  sums('usage_account_month', 'usage_month', `day, ${account}, currency, costs`, sent),
  sums('cost_metric_month', 'cost_month', `day, ${metric}, cost_currency, basis`, `${quantity}, ${priced}`),
  sums('cost_account_month', 'cost_month', `day, ${account}, cost_currency, basis`, priced),
  ...monthTables.flatMap((table) => [
    `alter table ${table} add column first_day date`,
    `alter table ${table} add column last_day date`,
  ]),
  'delete from usage_month_built',
  'delete from cost_priced',
];
