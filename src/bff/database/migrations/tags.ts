import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What people say an account is: one value for each key. */
interface AccountTagTable {
  account_id: string;
  key: string;
  value: string;
  tagged_at: string;
  person_id: string;
  person_name: string;
}

export interface TagTables {
  account_tag: AccountTagTable;
}

export const tags = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table account_tag (
        account_id text not null, key text not null, value text not null, tagged_at timestamptz not null,
        person_id text not null, person_name text not null, primary key (account_id, key))`.execute(db);
  },
};
