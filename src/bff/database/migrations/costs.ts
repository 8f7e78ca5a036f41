import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { OfMonth } from './usage.ts';

/** What is known of the price of the records of one series on one day. */
interface PricedTable {
  series_id: number;
  day: string;
  /** The currency of the bill where there is one, else of the rate card. */
  cost_currency: string;
  /** What the cost is founded on, as `basisCode` counts. */
  basis: number;
  /** What it costs: billed, else estimated. Null where there is no rate. To the sixth digit after the point; the rest beside it. */
  cost: string | null;
  cost_rest: string | null;
  /** What the rate card makes of it, also where it was billed: so that both can be compared. Null where the bill is in another currency. */
  estimate: string | null;
  estimate_rest: string | null;
  quantity: string | null;
  records: number;
}

type CostSums = Omit<PricedTable, 'series_id' | 'day' | 'quantity' | 'records'> & {
  organization_id: string;
  charge_class: string | null;
  records: string;
  source: string;
};
interface MetricColumns {
  category: string | null;
  family: string | null;
  metric: string | null;
  /** Never null: no unit is the empty text. */
  unit: string;
  /** Whole units and fractions apart: so no sum overflows, and none loses a digit. */
  quantity: string | null;
  quantity_rest: string | null;
}

/** One version of the rate card; the newest is in force. */
export interface RateCardTable {
  version: number;
  saved_at: string;
  /** Who saved it; null for the card Canopy brings along. */
  person_id: string | null;
  person_name: string | null;
  /** Why, in the person's words. */
  note: string;
  /** The card as JSON text. */
  card: string;
}

/** What usage costs, record by record, and what is added up from that. */
export interface CostTables {
  usage_cost: PricedTable;
  /** Sums over the accounts of an organization's day. */
  cost_day: CostSums & MetricColumns & { day: string };
  /** Sums over the metrics of an account's day. */
  cost_account_day: CostSums & { day: string; account_id: string | null };
  /** Sums over a calendar month. */
  cost_month: CostSums & MetricColumns & OfMonth & { account_id: string | null };
  /** The same without accounts. */
  cost_metric_month: CostSums & MetricColumns & OfMonth;
  /** The same without metrics. */
  cost_account_month: CostSums & OfMonth & { account_id: string | null };
  /**
   * What of an organization's month is priced: the newest version of its days (-1 where something else made it stale), and
   * the version of the card; when it is to be priced again, because a billing cycle ends then; the days, the last one
   * excluded, whose prices are not final, because days of their billing cycles were not read; and where those of its billing
   * cycles end that go on after it and were over already, null where there are none.
   */
  cost_priced: {
    organization_id: string;
    month: string;
    usage_version: number;
    card_version: number;
    settles_on: string | null;
    provisional_from: string | null;
    provisional_to: string | null;
    cycles_end: string | null;
  };
  rate_card: RateCardTable;
}

const money = `cost decimal(18, 6), cost_rest decimal(18, 15), estimate decimal(18, 6), estimate_rest decimal(18, 15)`;
const sums = `
  organization_id text not null, cost_currency text not null, basis smallint not null, charge_class text,
  cost decimal(38, 6), cost_rest decimal(38, 15), estimate decimal(38, 6), estimate_rest decimal(38, 15), records bigint not null`;
const metric =
  'category text, family text, metric text, unit text not null, quantity decimal(38, 0), quantity_rest decimal(38, 12)';

const statements = [
  `create table usage_cost (
    series_id integer not null, day date not null, cost_currency text not null, basis smallint not null, ${money}, quantity decimal(38, 12),
    records integer not null)`,
  `create table cost_day (day date not null, ${metric}, ${sums})`,
  `create table cost_account_day (day date not null, account_id text, ${sums})`,
  `create table cost_month (day date not null, account_id text, ${metric}, ${sums})`,
  `create table cost_priced (
    organization_id text not null, month date not null, usage_version integer not null, card_version integer not null,
    primary key (organization_id, month))`,
  `create table rate_card (
    version integer primary key, saved_at timestamptz not null, person_id text, person_name text, note text not null, card text not null)`,
];

export const costs = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
