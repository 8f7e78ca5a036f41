import { sql } from 'kysely';
import type { Load } from '../../database/open.ts';
import type { Day } from '../days.ts';
import { recordDays, recordsWithWords, upstreamSource } from '../dimensions.ts';
import { rollUpDays } from './rollup.ts';

/**
 * Decides which records count where an account's day is told more than once, so that nothing is added twice and nothing
 * is thrown away. Whether a parent's answer includes the accounts of its descendants is not documented: where several
 * organizations report one account on one day, only the deepest counts. An import that stands instead of Cloudflare's
 * records takes their place on the accounts and days it holds, the newest such import before older ones; an import
 * beside them always counts, and one that is switched off never.
 *
 * `reading` is what changed. Sums of its own days are left to the caller, those of other organizations are made again.
 */
export async function settleClaims(
  load: Load,
  reading: { organizationId: string; days: readonly Day[] },
  accounts: ReadonlySet<string>,
  version: number,
  depthOf: (organizationId: string) => number,
): Promise<void> {
  const suspects = await toldElsewhere(load, reading.organizationId, accounts);
  await settleAccounts(load, reading, suspects, version, depthOf);
}

/** The same for accounts of which it is known that who counts may have changed: an import of theirs came or went. */
export async function settleAccounts(
  load: Load,
  reading: { organizationId: string; days: readonly Day[] },
  suspects: readonly string[],
  version: number,
  depthOf: (organizationId: string) => number,
): Promise<void> {
  if (suspects.length === 0) return;
  const standing: Standing = {
    // The reading at hand is the newest, so among equals it wins.
    rank: ({ organizationId }) => depthOf(organizationId) + (organizationId === reading.organizationId ? 0.5 : 0),
    covers: await coveringImports(load),
  };
  const perTurn = Math.max(1, Math.floor(mostClaims / suspects.length));
  for (let at = 0; at < reading.days.length; at += perTurn) {
    const days = reading.days.slice(at, at + perTurn);
    await settleDays(load, { organizationId: reading.organizationId, days }, suspects, version, standing);
  }
}

/** How claims stand to each other. */
interface Standing {
  /** The deepest is highest. */
  rank: (claim: Claim) => number;
  /** Whether the organization of an import is that of another claim, or above it. */
  covers: (of: Claim, other: Claim) => boolean;
}

async function coveringImports({ query }: Load): Promise<Standing['covers']> {
  const rows = await query
    .selectFrom('usage_organization')
    .select(['organization_id', 'ancestors'])
    .where((row) => row.exists(row.selectFrom('usage_import').select('id').where('counts', '=', 'instead')))
    .execute();
  const above = new Map(rows.map((row) => [row.organization_id, new Set(JSON.parse(row.ancestors) as string[])])); // written by `remember`
  return (of, other) =>
    of.organizationId === other.organizationId || (above.get(other.organizationId)?.has(of.organizationId) ?? false);
}

/** Accounts times days that are looked at in one turn. */
const mostClaims = 20_000;

async function settleDays(
  load: Load,
  { organizationId, days }: { organizationId: string; days: readonly Day[] },
  accounts: readonly string[],
  version: number,
  standing: Standing,
): Promise<void> {
  const counting = new Map<string, string[]>();
  const shadowed = new Map<string, string[]>();
  for (const { day, account, claims } of await claimsOf(load, accounts, days)) {
    const winners = winnersOf(claims, standing);
    for (const claim of claims) {
      const into = winners.has(claim) ? counting : shadowed;
      const key = `${claim.organizationId}\u0001${claim.source}\u0001${day}`;
      const known = into.get(key);
      if (known) known.push(account);
      else into.set(key, [account]);
    }
  }
  const touched = [...(await mark(load, counting, true)), ...(await mark(load, shadowed, false))];
  await noteShadowed(load, touched);
  await bump(
    load,
    touched.filter((one) => one.organizationId !== organizationId),
    version,
  );
}

interface Claim {
  organizationId: string;
  source: string;
  /** How an import counts; null for what upstream sent. */
  counts: string | null;
  storedAt: string | null;
}

/** Those of the claims on one account's day that count. */
function winnersOf(claims: readonly Claim[], { rank, covers }: Standing): Set<Claim> {
  const winners = new Set(claims.filter(({ counts }) => counts === 'beside'));
  const [deepest] = claims
    .filter(({ counts }) => counts === null)
    .toSorted((a, b) => rank(b) - rank(a) || (a.organizationId < b.organizationId ? -1 : 1));
  const imports = claims
    .filter(({ counts }) => counts === 'instead')
    .toSorted((a, b) => ((a.storedAt ?? '') < (b.storedAt ?? '') ? 1 : -1));
  const standsIn = (claim: Claim) => deepest !== undefined && covers(claim, deepest);
  const first = imports.find(standsIn) ?? deepest;
  if (first) winners.add(first);
  // the others stand instead of older ones of their own branch, and of nothing else
  const alone: Claim[] = [];
  for (const claim of imports)
    if (!standsIn(claim) && !alone.some((newer) => covers(newer, claim) || covers(claim, newer))) alone.push(claim);
  for (const claim of alone) winners.add(claim);
  return winners;
}

/** Accounts of the organization that another organization or an import tells of too. */
async function toldElsewhere({ query }: Load, organizationId: string, accounts: ReadonlySet<string>): Promise<string[]> {
  const named = [...accounts].filter((account) => account !== '');
  if (named.length === 0) return [];
  const { rows } = await sql<{ account: string }>`
    select key as account from usage_value
    where dimension = 'account' and organization_id <> ${organizationId} and key = any(${named}::text[])
    union
    select account_id from usage_series where source <> ${upstreamSource} and account_id = any(${named}::text[])`.execute(query);
  return rows.map((row) => row.account);
}

async function claimsOf({ query }: Load, accounts: readonly string[], days: readonly Day[]) {
  const { rows } = await sql<{
    day: Day;
    account_id: string;
    organization_id: string;
    source: string;
    counts: string | null;
    stored_at: string | null;
  }>`
    select told.*, counts, stored_at
    from (
      select distinct day, account_id, organization_id, source from ${recordsWithWords}
      where account_id = any(${accounts}::text[]) and ${recordDays(days)}
    ) as told left join usage_import on usage_import.id = told.source`.execute(query);
  const claims = new Map<string, { day: Day; account: string; claims: Claim[] }>();
  for (const { day, account_id, organization_id, source, counts, stored_at } of rows) {
    const key = `${day}\u0001${account_id}`;
    const known = claims.get(key) ?? { day, account: account_id, claims: [] };
    known.claims.push({ organizationId: organization_id, source, counts, storedAt: stored_at });
    claims.set(key, known);
  }
  return [...claims.values()];
}

interface OrganizationDay {
  organizationId: string;
  day: Day;
}

/** Sets whether records count, and answers which days that changed. */
async function mark(
  { query }: Load,
  claims: ReadonlyMap<string, readonly string[]>,
  counted: boolean,
): Promise<OrganizationDay[]> {
  const changed: OrganizationDay[] = [];
  for (const [key, accounts] of claims) {
    const [organizationId = '', source = '', day = ''] = key.split('\u0001');
    const result = await query
      .updateTable('usage_record')
      .set({ counted })
      .where('day', '=', day)
      .where('counted', '=', !counted)
      .where('series_id', 'in', (sub) =>
        sub
          .selectFrom('usage_series')
          .select('series_id')
          .where('organization_id', '=', organizationId)
          .where('source', '=', source)
          .where(sql<boolean>`account_id = any(${accounts}::text[])`),
      )
      .executeTakeFirst();
    if (result.numUpdatedRows > 0n) changed.push({ organizationId, day });
  }
  return changed;
}

/** Notes how many of upstream's records do not count, and why. */
async function noteShadowed({ query }: Load, touched: readonly OrganizationDay[]): Promise<void> {
  for (const { organizationId, day } of uniqueDays(touched)) {
    await query
      .deleteFrom('usage_note')
      .where('organization_id', '=', organizationId)
      .where('day', '=', day)
      .where('kind', 'in', ['shared-account', 'replaced'])
      .execute();
    await sql`
      insert into usage_note (organization_id, day, kind, detail, records, source)
      select ${organizationId}, cast(${day} as date), case when replaced then 'replaced' else 'shared-account' end, '', count(*),
        ${upstreamSource}
      from (
        select account_id in (
          select account_id from ${recordsWithWords} join usage_import on usage_import.id = usage_series.source
          where day = cast(${day} as date) and counts = 'instead' and account_id is not null) as replaced
        from ${recordsWithWords}
        where usage_series.organization_id = ${organizationId} and day = cast(${day} as date) and not counted
          and usage_series.source = ${upstreamSource}) as shadowed
      group by replaced`.execute(query);
  }
}

/** Days of other organizations that changed by this: their sums are made again. */
async function bump({ query }: Load, touched: readonly OrganizationDay[], version: number): Promise<void> {
  for (const { organizationId, day } of uniqueDays(touched)) {
    await keepChange(query, organizationId, [day], version);
    await rollUpDays(query, organizationId, [day]);
  }
}

/** Says that days changed by something else than a reading. */
export async function keepChange(
  query: Load['query'],
  organizationId: string,
  days: readonly Day[],
  version: number,
): Promise<void> {
  if (days.length === 0) return;
  await sql`delete from usage_change where organization_id = ${organizationId} and day = any(${days}::date[])`.execute(query);
  await sql`
    insert into usage_change (organization_id, day, version, records)
    select ${organizationId}, changed.day, ${version}, coalesce(records, 0)
    from (select cast(unnest(${days}::text[]) as date) as day) as changed
    left join (
      select day, count(*) as records from ${recordsWithWords}
      where organization_id = ${organizationId} and source <> ${upstreamSource} and counted and day = any(${days}::date[])
      group by day) as imported on imported.day = changed.day`.execute(query);
}

const uniqueDays = (touched: readonly OrganizationDay[]): OrganizationDay[] => [
  ...new Map(touched.map((one) => [`${one.organizationId} ${one.day}`, one])).values(),
];
