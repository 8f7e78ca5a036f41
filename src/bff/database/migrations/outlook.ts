import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What an account's metric is expected to cost from the first day that is not complete to the end of the month. */
interface ForecastTable {
  organization_id: string;
  account_id: string;
  category: string | null;
  family: string | null;
  metric: string | null;
  unit: string;
  /** Why there is none; then the amounts are null. */
  withheld: string | null;
  method: string | null;
  low: string | null;
  mid: string | null;
  high: string | null;
}

/** How an account stands with the allowance of one line of the rate card, in its running cycle. */
interface AllowanceTable {
  organization_id: string;
  account_id: string;
  /** The metric of the line. */
  line: string;
  family: string | null;
  unit: string;
  cycle_from: string;
  cycle_to: string;
  /** The last day with records: its terms explain the cost. */
  terms_day: string;
  used: string;
  included: string;
  used_together: string;
  billable: string;
  remaining: string;
  cost: string | null;
  /** Used of the whole: 1 is all of it. */
  share: number;
  /** Expected of the whole cycle; null where there is no forecast. */
  expected: string | null;
  /** The first day that is beyond the allowance; null where none is expected to be. */
  used_up_on: string | null;
}

/** What is made of the running month of an organization, once it is priced. */
export interface OutlookTables {
  spend_forecast: ForecastTable;
  spend_allowance: AllowanceTable;
  /** What of an organization is looked ahead: from which day on, and from which prices. */
  spend_outlook: {
    organization_id: string;
    month: string;
    /** The last complete day; null where there is none. */
    through: string | null;
    usage_version: number;
    card_version: number;
  };
}

const cost = 'decimal(27, 15)';
const quantity = 'decimal(38, 12)';
const statements = [
  `create table spend_forecast (
    organization_id text not null, account_id text not null, category text, family text, metric text, unit text not null,
    withheld text, method text, low ${cost}, mid ${cost}, high ${cost})`,
  `create table spend_allowance (
    organization_id text not null, account_id text not null, line text not null, family text, unit text not null,
    cycle_from date not null, cycle_to date not null, terms_day date not null,
    used ${quantity} not null, included ${quantity} not null, used_together ${quantity} not null, billable ${quantity} not null,
    remaining ${quantity} not null, cost ${cost}, share double not null, expected ${quantity}, used_up_on date)`,
  `create table spend_outlook (
    organization_id text primary key, month date not null, through date, usage_version integer not null, card_version integer not null)`,
];

export const outlook = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
