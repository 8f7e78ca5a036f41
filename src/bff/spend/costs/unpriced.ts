import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/schema.ts';
import type { DayRange } from '../days.ts';
import { ofDays, ofOrganizations } from '../dimensions.ts';
import type { Reach } from '../reach.ts';
import { dayVersions } from '../store/versions.ts';

/**
 * Records of stored days without a final price, whatever a question filters by: by the rate card in force, and with all days
 * of their billing cycles read.
 */
export async function unpricedRecords(query: Kysely<Tables>, reach: Reach, days: DayRange): Promise<number> {
  const { rows } = await sql<{ records: string }>`
    select coalesce(sum(records), 0) as records
    from (
      select organization_id, day, max(version) as version, sum(records) as records from ${dayVersions}
      where ${ofOrganizations(reach.ids)} group by 1, 2) as fetched
    left join cost_priced on cost_priced.organization_id = fetched.organization_id
      and cost_priced.month = cast(date_trunc('month', fetched.day) as date)
    where ${ofDays(days)}
      and (version > coalesce(usage_version, -1) or card_version <> (select max(version) from rate_card)
        or day >= provisional_from and day < provisional_to)`.execute(query);
  return Number(rows[0]?.records ?? 0);
}
