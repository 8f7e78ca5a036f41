import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** How costs are split over the parts of an account has changed: what is priced is priced again, in the background. */
export const pricingRules = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`update cost_priced set usage_version = -1`.execute(db);
  },
};
