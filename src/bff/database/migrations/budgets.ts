import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What people mean to spend. Lists are JSON text; amounts are decimal text, as they were written. */
export interface BudgetTable {
  id: string;
  version: number;
  name: string;
  organization_id: string;
  /** What it is for, of the organization's spend; null for all of it. */
  dimension: string | null;
  value: string | null;
  currency: string;
  amount: string;
  months: string;
  thresholds: string;
  from_month: string;
  created_at: string;
  created_id: string;
  created_name: string;
  changed_at: string;
  changed_id: string;
  changed_name: string;
}

export interface BudgetTables {
  budget: BudgetTable;
}

export const budgets = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table budget (
        id text primary key, version integer not null, name text not null, organization_id text not null,
        dimension text, value text, currency text not null, amount text not null, months text not null,
        thresholds text not null, from_month text not null,
        created_at timestamptz not null, created_id text not null, created_name text not null,
        changed_at timestamptz not null, changed_id text not null, changed_name text not null)`.execute(db);
  },
};
