import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { QualityFinding, SpendQuality } from '../../contract/canopy/spend-quality.ts';
import type { SpendFilter } from '../../contract/canopy/spend.ts';
import type { Tables } from '../database/schema.ts';
import { basisCode } from './costs/basis.ts';
import { daysBetween } from './days.ts';
import type { Day, DayRange } from './days.ts';
import { ofDays, ofOrganizations, recordsWithWords, upstreamSource } from './dimensions.ts';
import { labelsOf } from './labels.ts';
import { listRecordNotes } from './record-notes.ts';
import type { Reach } from './reach.ts';

/** The longest range that is examined record by record, in days. */
export const longestExamined = 92;
const shown = 100;
const shownOfKind = 20;

/** How far stored records of some days can be relied on. */
export async function readQuality(query: Kysely<Tables>, reach: Reach, range: DayRange, today: Day): Promise<SpendQuality> {
  const examined = { from: range.from, to: range.to > today ? today : range.to };
  return {
    range: examined,
    organizations: await organizationsOf(query, reach, examined),
    accounts: await accountsOf(query, reach, examined),
    findings: [
      ...(await withoutRate(query, reach, examined)),
      ...(await currenciesOf(query, reach, examined)),
      ...(await oddRecords(query, reach, examined)),
      ...(await listRecordNotes(query, reach)).map((note): QualityFinding => Object.assign(note, { filter: null })),
    ],
  };
}

const is = (dimension: SpendFilter['dimension'], ...values: (string | null)[]): SpendFilter => ({
  dimension,
  operator: 'is',
  values,
});

/**
 * Organizations of which days of the range are not complete. An organization that was never read has no row at all. A day
 * that was complete stays so when it cannot be read again.
 */
async function organizationsOf(query: Kysely<Tables>, reach: Reach, range: DayRange): Promise<SpendQuality['organizations']> {
  const days = Math.max(0, daysBetween(range.from, range.to));
  const isComplete = sql`coalesce(stored_at >= cast(day + 1 as timestamptz), false)`;
  const { rows } = await sql<{ id: string; through: Day | null; complete: string; failed: string }>`
    select asked.id, max(day) filter (where ${isComplete}) as through,
      count(*) filter (where ${ofDays(range)} and ${isComplete}) as complete,
      count(*) filter (where ${ofDays(range)} and not ${isComplete} and error is not null) as failed
    from (select unnest(${reach.live}::text[]) as id) as asked
    left join usage_fetch on usage_fetch.organization_id = asked.id
    group by 1`.execute(query);
  const incomplete = rows
    .map(({ id, through, complete, failed }) => ({
      id,
      name: reach.nameOf(id),
      throughDay: through,
      missingDays: days - Number(complete),
      failedDays: Number(failed),
    }))
    .filter(({ missingDays }) => missingDays > 0)
    .toSorted((a, b) => b.missingDays - a.missingDays || (a.name < b.name ? -1 : 1));
  return { total: reach.live.length, incomplete: incomplete.length, rows: incomplete.slice(0, shown) };
}

/** Accounts that had records in the range, and none on its last days, although their organization was read. */
async function accountsOf(query: Kysely<Tables>, reach: Reach, range: DayRange): Promise<SpendQuality['accounts']> {
  const { rows } = await sql<{ id: string; organization_id: string; last: Day; accounts: string }>`
    with whole as (
      select organization_id, max(day) as through from usage_fetch
      where ${ofOrganizations(reach.live)} and ${ofDays(range)} and stored_at >= cast(day + 1 as timestamptz) group by 1),
    met as (
      select account_id as id, organization_id, max(day) as last from usage_account_day
      where ${ofOrganizations(reach.live)} and ${ofDays(range)} and source = ${upstreamSource} and account_id is not null group by 1, 2)
    select id, organization_id, last, accounts from (
      select met.*, whole.through, count(*) over () as accounts from met join whole using (organization_id)) as told
    where last < through or last is null
    order by last, id`.execute(query);
  const { rows: counted } = await sql<{ accounts: string }>`
    select count(distinct account_id) as accounts from usage_account_day
    where ${ofOrganizations(reach.live)} and ${ofDays(range)} and source = ${upstreamSource}`.execute(query);
  const silent = rows.slice(0, shown);
  const labels = await labelsOf(
    query,
    reach,
    'account',
    silent.map(({ id }) => id),
  );
  return {
    total: Number(counted[0]?.accounts ?? 0),
    silent: rows.length,
    rows: silent.map(({ id, organization_id, last }) => ({
      id,
      name: labels(id).label,
      organizationName: reach.nameOf(organization_id),
      lastDay: last,
    })),
  };
}

async function withoutRate(query: Kysely<Tables>, reach: Reach, range: DayRange): Promise<QualityFinding[]> {
  const { rows } = await sql<{ metric: string | null; unit: string; records: string }>`
    select metric, max(unit) as unit, sum(records) as records from cost_day
    where basis = ${basisCode('no-rate')} and ${ofOrganizations(reach.ids)} and ${ofDays(range)}
    group by 1 order by 3 desc, 1 limit ${shownOfKind}`.execute(query);
  const labels = await labelsOf(
    query,
    reach,
    'metric',
    rows.map(({ metric }) => metric),
  );
  return rows.map(({ metric, records }) => ({
    kind: 'no-rate',
    text: labels(metric).label,
    records: Number(records),
    filter: is('metric', metric),
  }));
}

/** Where costs come in several currencies, each of them. */
async function currenciesOf(query: Kysely<Tables>, reach: Reach, range: DayRange): Promise<QualityFinding[]> {
  const { rows } = await sql<{ currency: string | null; records: string }>`
    select currency, sum(records) as records from usage_account_day
    where costs <> 0 and ${ofOrganizations(reach.ids)} and ${ofDays(range)} group by 1 order by 2 desc, 1`.execute(query);
  if (rows.length < 2) return [];
  return rows.slice(0, shownOfKind).map(({ currency, records }) => ({
    kind: 'currency',
    text: currency ?? 'No billing currency',
    records: Number(records),
    filter: is('currency', currency),
  }));
}

/** Price times quantity may miss the cost by this share of it, or by this much: prices are rounded. */
const tolerance = sql`greatest(0.000001, 0.0001 * abs(cost))`;

/** Records that are odd in themselves, by account. Corrections may be negative, and need not be a price times a quantity. */
async function oddRecords(query: Kysely<Tables>, reach: Reach, range: DayRange): Promise<QualityFinding[]> {
  const ofRange = sql`${ofOrganizations(reach.ids)} and ${ofDays(range)} and counted and charge_class is null`;
  const breaks = (price: string, whole: string, rest: string) => sql`
    select account_id from (
      select account_id, cast(${sql.ref(price)} as double precision) * cast(pricing_quantity as double precision) as product,
        cast(${sql.ref(whole)} as double precision) + cast(coalesce(${sql.ref(rest)}, 0) as double precision) as cost
      from ${recordsWithWords}
      where ${ofRange} and ${sql.ref(price)} is not null and pricing_quantity is not null and ${sql.ref(whole)} is not null) as priced
    where abs(product - cost) > ${tolerance}`;
  const { rows } = await sql<{ kind: 'negative' | 'equation'; account: string | null; records: string }>`
    select 'negative' as kind, account_id as account, count(*) as records from ${recordsWithWords}
    where ${ofRange} and (billed_cost < 0 or billed_rest < 0 or consumed_quantity < 0) group by 2
    union all
    select 'equation', account_id, count(*) from (
      ${breaks('list_unit_price', 'list_cost', 'list_rest')}
      union all ${breaks('contracted_unit_price', 'contracted_cost', 'contracted_rest')}) as broken
    group by 2
    order by 3 desc, 2 limit ${2 * shownOfKind}`.execute(query);
  const labels = await labelsOf(
    query,
    reach,
    'account',
    rows.map(({ account }) => account),
  );
  return rows.map(({ kind, account, records }) => ({
    kind,
    text: labels(account).label,
    records: Number(records),
    filter: is('account', account),
  }));
}
