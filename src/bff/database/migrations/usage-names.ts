import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Whether a name comes from a file that was taken in: one that upstream gives stands before it. */
export const usageNames = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw('alter table usage_value add column imported boolean default false').execute(db);
  },
};
