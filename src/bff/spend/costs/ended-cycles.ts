import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/schema.ts';
import { monthOf } from '../days.ts';
import type { Day } from '../days.ts';

/**
 * Lets the months be priced again whose billing cycles went on into these days, oldest first, and were over when they were
 * priced: a cycle that is over costs what its last days say, also on the days before. Runs in the load that stores the days.
 */
export async function priceEndedCyclesAgain(query: Kysely<Tables>, organizationId: string, days: readonly Day[]): Promise<void> {
  const firstOfMonth = new Map(days.toReversed().map((day) => [monthOf(day), day]));
  for (const [month, first] of firstOfMonth)
    await query
      .updateTable('cost_priced')
      .set({ usage_version: sql<number>`-1` })
      .where('organization_id', '=', organizationId)
      .where('month', '<', month)
      .where('cycles_end', '>', first)
      .execute();
}
