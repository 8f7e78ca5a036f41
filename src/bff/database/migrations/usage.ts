import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Usage records and what is known about their reading. */
export interface UsageTables {
  usage_setting: { name: string; value: string };
}

export const usage = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create table usage_setting (name text primary key, value text not null)`.execute(db);
  },
};
