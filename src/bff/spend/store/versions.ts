import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/schema.ts';

/**
 * Days of organizations with the version of what is stored of them: once as they were read, and once more where an
 * import changed what counts on them. Sums and prices that hold the newest version of a day are up to date.
 */
export const dayVersions = sql`(
  select organization_id, day, version, records, stored_at is not null as stored from usage_fetch
  union all
  select organization_id, day, version, records, true from usage_change) as day_versions`;

/** A version above every other one. Runs inside a load: loads take turns, so no one else takes it meanwhile. */
export async function nextVersion(query: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ newest: number | null }>`select max(version) as newest from ${dayVersions}`.execute(query);
  return (rows[0]?.newest ?? 0) + 1;
}
