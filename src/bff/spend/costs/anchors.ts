import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { AccountAnchorTable } from '../../database/migrations/billing-cycles.ts';
import type { Tables } from '../../database/schema.ts';
import { rowBatches } from '../row-batches.ts';
import { addDays, monthOf } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { ofDays, recordsWithWords, usageOfPeriod } from '../dimensions.ts';

/** The day of the month on which billing cycles start, as somebody tells it. */
export type ToldAnchor = Pick<AccountAnchorTable, 'anchor' | 'exact'>;

/** What an anchor is told of: an organization's account. No account is the empty text. */
export const anchorKey = (organizationId: string, accountId: string | null): string => `${organizationId} ${accountId ?? ''}`;

/**
 * What the start of a billing period tells. One on the last day of a short month says only that cycles start on that day
 * or later: those of the 31st start on February 28th too.
 */
export function toldBy(periodStart: Day): ToldAnchor | null {
  const anchor = Number(periodStart.slice(8, 10));
  if (Number.isNaN(Date.parse(`${periodStart}T00:00:00Z`)) || anchor < 1) return null;
  const isLastDay = monthOf(addDays(periodStart, 1)) !== monthOf(periodStart);
  return { anchor, exact: anchor === 31 || !isLastDay };
}

/** Which of two tells more; of two that tell all, the later one, since an account's cycle may be changed. */
export function tellingMore(earlier: ToldAnchor | undefined, later: ToldAnchor): ToldAnchor {
  if (!earlier || later.exact) return later;
  return earlier.exact || earlier.anchor > later.anchor ? earlier : later;
}

/** The anchor of an account in some days: what their records tell, and where that is not all, what others told. */
export function anchorOf(told: ToldAnchor | undefined, known: ToldAnchor | undefined): number | null {
  if (!told) return known?.anchor ?? null;
  return !told.exact && known && known.anchor > told.anchor ? known.anchor : told.anchor;
}

export type ToldAnchors = ReadonlyMap<string, ToldAnchor>;

/** What the usage records of some series and days tell, by `anchorKey`. A bill's own charges and corrections have other periods. */
export async function toldAnchors(query: Kysely<Tables>, series: RawBuilder<unknown>, days: DayRange): Promise<ToldAnchors> {
  const { rows } = await sql<{ organization_id: string; account_id: string | null; start: Day }>`
    select distinct organization_id, account_id, substr(billing_period_start, 1, 10) as start from ${recordsWithWords}
    where billing_period_start is not null and counted and ${usageOfPeriod} and ${series}
      and ${ofDays(days)}
    order by start`.execute(query);
  const told = new Map<string, ToldAnchor>();
  for (const { organization_id, account_id, start } of rows) {
    const found = toldBy(start);
    const key = anchorKey(organization_id, account_id);
    if (found) told.set(key, tellingMore(told.get(key), found));
  }
  return told;
}

/** The anchors of accounts, by `anchorKey`, where they are known: from records of these days, else of any other month. */
export async function anchorsOf(
  query: Kysely<Tables>,
  told: ToldAnchors,
  organizationIds: readonly string[] | null,
): Promise<ReadonlyMap<string, number>> {
  const known = knownBy(await keptAnchors(query, organizationIds));
  const anchors = new Map<string, number>();
  for (const key of new Set([...told.keys(), ...known.keys()])) {
    const anchor = anchorOf(told.get(key), known.get(key));
    if (anchor !== null) anchors.set(key, anchor);
  }
  return anchors;
}

/** The anchors that months were priced with, as far as they are kept: of an account by `anchorKey` in a month, by its first day. */
export async function pricedAnchors(
  query: Kysely<Tables>,
  organizationIds: readonly string[],
): Promise<(key: string, month: Day) => number | null> {
  const kept = await keptAnchors(query, organizationIds);
  const known = knownBy(kept);
  const told = new Map(kept.map((row) => [`${keyOf(row)} ${row.month}`, row]));
  return (key, month) => anchorOf(told.get(`${key} ${month}`), known.get(key));
}

/**
 * Keeps what a month's records tell, in the transaction that prices it. Where accounts are known to have another anchor by
 * that, other months that have costs of them are to be priced again; answers whether there are any.
 */
export async function keepAnchors(
  query: Kysely<Tables>,
  organizationId: string,
  month: Day,
  told: ToldAnchors,
): Promise<boolean> {
  const kept = await keptAnchors(query, [organizationId]);
  const ofMonth = new Map(kept.filter((row) => row.month === month).map((row) => [keyOf(row), row]));
  const isSame = ([key, { anchor, exact }]: [string, ToldAnchor]): boolean =>
    ofMonth.get(key)?.anchor === anchor && ofMonth.get(key)?.exact === exact;
  if (told.size === ofMonth.size && [...told].every(isSame)) return false;
  const rows = Array.from(told, ([key, { anchor, exact }]) => ({
    organization_id: organizationId,
    account_id: key.slice(organizationId.length + 1),
    month,
    anchor,
    exact,
  }));
  await query.deleteFrom('account_anchor').where('organization_id', '=', organizationId).where('month', '=', month).execute();
  for (const batch of rowBatches(rows)) await query.insertInto('account_anchor').values(batch).execute();
  const before = knownBy(kept);
  const after = knownBy([...kept.filter((row) => row.month !== month), ...rows]);
  const changed = [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key)?.anchor !== after.get(key)?.anchor)
    .map((key) => key.slice(organizationId.length + 1));
  return changed.length > 0 && priceAgain(query, organizationId, month, changed);
}

async function priceAgain(
  query: Kysely<Tables>,
  organizationId: string,
  but: Day,
  accounts: readonly string[],
): Promise<boolean> {
  const { rows } = await sql`
    update cost_priced set usage_version = -1
    where organization_id = ${organizationId} and month <> cast(${but} as date) and month in (
      select day from cost_account_month
      where organization_id = ${organizationId} and coalesce(account_id, '') = any(${accounts}::text[]))
    returning month`.execute(query);
  return rows.length > 0;
}

const keyOf = ({ organization_id, account_id }: Pick<AccountAnchorTable, 'organization_id' | 'account_id'>): string =>
  anchorKey(organization_id, account_id);

/** What is known of each account, all months together. */
function knownBy(rows: readonly AccountAnchorTable[]): ToldAnchors {
  const known = new Map<string, ToldAnchor>();
  for (const row of rows.toSorted((a, b) => (a.month < b.month ? -1 : 1)))
    known.set(keyOf(row), tellingMore(known.get(keyOf(row)), row));
  return known;
}

const keptAnchors = (query: Kysely<Tables>, organizationIds: readonly string[] | null): Promise<AccountAnchorTable[]> =>
  query
    .selectFrom('account_anchor')
    .selectAll()
    .$if(organizationIds !== null, (of) => of.where('organization_id', 'in', organizationIds ?? []))
    .execute();
