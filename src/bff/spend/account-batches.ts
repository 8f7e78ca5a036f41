import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/schema.ts';
import type { DayRange } from './days.ts';
import { ofDays } from './dimensions.ts';

/** Series that are worked on at once: two months of their records are some thirty thousand rows. */
const seriesAtOnce = 512;

/**
 * The accounts of an organization that have records on some days, some at a time: as many as have about `most` series
 * together. What is read and sorted of some accounts fits into the memory of the database however large the organization
 * is, and leaves room for others. No account is the empty text.
 */
export async function* accountBatches(
  query: Kysely<Tables>,
  organizationId: string,
  days: DayRange,
  most = seriesAtOnce,
): AsyncGenerator<readonly string[]> {
  const { rows } = await sql<{ account: string; series: string }>`
    select coalesce(account_id, '') as account, count(*) as series
    from usage_series where organization_id = ${organizationId} and series_id in (
      select series_id from usage_record where ${ofDays(days)})
    group by 1 order by 1`.execute(query);
  let batch: string[] = [];
  let room = most;
  for (const row of rows) {
    batch.push(row.account);
    room -= Number(row.series);
    if (room > 0) continue;
    yield batch;
    batch = [];
    room = most;
  }
  if (batch.length > 0) yield batch;
}

/** The rows of these accounts. */
export const ofAccounts = (accounts: readonly string[]) => sql<boolean>`coalesce(account_id, '') = any(${accounts}::text[])`;
