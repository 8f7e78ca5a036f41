import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** How whoever stands behind a receipt or an access came: an `Arrival` as JSON text. */
export const arrival = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const table of ['receipt', 'access']) await sql.raw(`alter table ${table} add column came text`).execute(db);
  },
};
