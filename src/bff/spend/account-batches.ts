import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/schema.ts';

/**
 * The accounts of an organization, some at a time: as many as have about `series` series together. What is read and sorted
 * of some accounts fits into the memory of the database however large the organization is, and leaves room for others.
 * No account is the empty text.
 */
export async function* accountBatches(
  query: Kysely<Tables>,
  organizationId: string,
  series: number,
): AsyncGenerator<readonly string[]> {
  const { rows } = await sql<{ account: string; series: string }>`
    select coalesce(account_id, '') as account, count(*) as series
    from usage_series where organization_id = ${organizationId} group by 1 order by 1`.execute(query);
  let batch: string[] = [];
  let room = series;
  for (const row of rows) {
    batch.push(row.account);
    room -= Number(row.series);
    if (room > 0) continue;
    yield batch;
    batch = [];
    room = series;
  }
  if (batch.length > 0) yield batch;
}

/** The rows of these accounts. */
export const ofAccounts = (accounts: readonly string[]) => sql<boolean>`coalesce(account_id, '') = any(${accounts}::text[])`;
