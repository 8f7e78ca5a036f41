import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** On which day of the month an account's billing cycles start, as the records of one month tell it. */
export interface AccountAnchorTable {
  organization_id: string;
  /** No account is the empty text. */
  account_id: string;
  /** The first day of the calendar month whose records tell it. */
  month: string;
  /** 1 to 31. */
  anchor: number;
  /** False where the cycle starts on the last day of a short month: in longer ones it may start later. */
  exact: boolean;
}

export interface BillingCycleTables {
  account_anchor: AccountAnchorTable;
}

const statements = [
  `create table account_anchor (
    organization_id text not null, account_id text not null, month date not null, anchor smallint not null, exact boolean not null)`,
  // the first day on which a month is to be priced again because a billing cycle is over; null where none can change it
  'alter table cost_priced add column settles_on date',
];

export const billingCycles = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
