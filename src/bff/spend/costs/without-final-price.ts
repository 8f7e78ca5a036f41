import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/schema.ts';
import type { DayRange } from '../days.ts';
import { ofDays, ofOrganizations } from '../dimensions.ts';
import type { Reach } from '../reach.ts';
import { dayVersions } from '../store/versions.ts';
import { isBasis } from './basis.ts';

export interface WithoutFinalPrice {
  /** Records of stored days that are not priced yet, or by an older rate card. */
  unpriced: number;
  /** Those, and estimates that were made before other days of their billing cycles were read. */
  notFinal: number;
}

/**
 * Records of days whose costs will change, whatever a question filters by. Days of an organization that is no more are not
 * read again, so its estimates stay as they are.
 */
export async function withoutFinalPrice(query: Kysely<Tables>, reach: Reach, days: DayRange): Promise<WithoutFinalPrice> {
  const isProvisional = sql<boolean>`day >= provisional_from and day < provisional_to`;
  const { rows } = await sql<{ unpriced: string; is_provisional: boolean }>`
    select coalesce(sum(records) filter (
        version > coalesce(usage_version, -1) or card_version <> (select max(version) from rate_card)), 0) as unpriced,
      coalesce(bool_or(${isProvisional}), false) as is_provisional
    from (
      select organization_id, day, max(version) as version, sum(records) as records from ${dayVersions}
      where ${ofOrganizations(reach.ids)} group by 1, 2) as fetched
    left join cost_priced on cost_priced.organization_id = fetched.organization_id
      and cost_priced.month = cast(date_trunc('month', fetched.day) as date)
    where ${ofDays(days)}`.execute(query);
  const unpriced = Number(rows[0]?.unpriced ?? 0);
  if (!rows[0]?.is_provisional) return { unpriced, notFinal: unpriced };
  const estimates = await sql<{ records: string }>`
    select coalesce(sum(records), 0) as records
    from (
      select organization_id, day, records from cost_day
      where ${ofOrganizations(reach.live)} and ${ofDays(days)} and (${isBasis('estimated')} or ${isBasis('within-allowance')})) as estimated
    join cost_priced on cost_priced.organization_id = estimated.organization_id
      and cost_priced.month = cast(date_trunc('month', estimated.day) as date)
    where ${isProvisional}`.execute(query);
  return { unpriced, notFinal: unpriced + Number(estimates.rows[0]?.records ?? 0) };
}
