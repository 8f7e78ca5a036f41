import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Prices that are not final, or that days of the month after may change, are told apart: all are made again. */
export const provisionalPrices = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const column of ['provisional_from', 'provisional_to', 'cycles_end'])
      await sql`alter table cost_priced add column ${sql.ref(column)} date`.execute(db);
    await sql`update cost_priced set usage_version = -1`.execute(db);
  },
};
