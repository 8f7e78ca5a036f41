import type { Load } from '../database/open.ts';
import type { Day } from './days.ts';
import { recordDays } from './dimensions.ts';
import { rollUpDays } from './rollup.ts';

/**
 * Whether a parent's answer includes the accounts of its descendants is not documented. Where several organizations
 * report one account on one day, only the deepest counts: nothing is added twice and nothing is thrown away.
 */
export async function settleSharedAccounts(
  load: Load,
  { organizationId, days }: { organizationId: string; days: readonly Day[] },
  accounts: ReadonlySet<string>,
  version: number,
  depthOf: (organizationId: string) => number,
): Promise<void> {
  const suspects = await alsoReportedElsewhere(load, organizationId, accounts);
  if (suspects.length === 0) return;
  const claims = await claimsOf(load, suspects, days);

  // The reading at hand is the newest, so among equals it wins.
  const rank = (claimant: string) => depthOf(claimant) + (claimant === organizationId ? 0.5 : 0);
  const counting = new Map<string, string[]>();
  const shadowed = new Map<string, string[]>();
  const collect = (into: Map<string, string[]>, claimant: string, day: Day, account: string) => {
    const key = `${claimant}\u0001${day}`;
    into.set(key, [...(into.get(key) ?? []), account]);
  };
  for (const { day, account, claimants } of claims) {
    const [owner, ...others] = claimants.toSorted((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1));
    if (!owner) continue;
    collect(counting, owner, day, account);
    for (const other of others) collect(shadowed, other, day, account);
  }
  const touched = [
    ...(await mark(load, counting, true)), //
    ...(await mark(load, shadowed, false)),
  ];
  await noteShadowed(load, touched);
  await bump(
    load,
    touched.filter((one) => one.organizationId !== organizationId),
    version,
  );
}

async function alsoReportedElsewhere({ query }: Load, organizationId: string, accounts: ReadonlySet<string>): Promise<string[]> {
  if (accounts.size === 0) return [];
  const rows = await query
    .selectFrom('usage_value')
    .select('key')
    .distinct()
    .where('dimension', '=', 'account')
    .where('organization_id', '!=', organizationId)
    .where('key', 'in', [...accounts])
    .where('key', '!=', '')
    .execute();
  return rows.map((row) => row.key);
}

async function claimsOf({ query }: Load, accounts: readonly string[], days: readonly Day[]) {
  const rows = await query
    .selectFrom('usage_record')
    .innerJoin('usage_series', 'usage_series.series_id', 'usage_record.series_id')
    .select(['day', 'account_id', 'organization_id'])
    .distinct()
    .where('account_id', 'in', accounts)
    .where(recordDays(days))
    .execute();
  const claims = new Map<string, { day: Day; account: string; claimants: string[] }>();
  for (const { day, account_id, organization_id } of rows) {
    if (account_id === null) continue;
    const key = `${day}\u0001${account_id}`;
    const claim = claims.get(key) ?? { day, account: account_id, claimants: [] };
    claim.claimants.push(organization_id);
    claims.set(key, claim);
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
    const [organizationId = '', day = ''] = key.split('\u0001');
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
          .where('account_id', 'in', accounts),
      )
      .executeTakeFirst();
    if (result.numUpdatedRows > 0n) changed.push({ organizationId, day });
  }
  return changed;
}

async function noteShadowed({ query }: Load, touched: readonly OrganizationDay[]): Promise<void> {
  for (const { organizationId, day } of touched) {
    await query
      .deleteFrom('usage_note')
      .where('organization_id', '=', organizationId)
      .where('day', '=', day)
      .where('kind', '=', 'shared-account')
      .execute();
    const { records } = await query
      .selectFrom('usage_record')
      .innerJoin('usage_series', 'usage_series.series_id', 'usage_record.series_id')
      .select((row) => row.fn.countAll<string>().as('records'))
      .where('organization_id', '=', organizationId)
      .where('day', '=', day)
      .where('counted', '=', false)
      .executeTakeFirstOrThrow();
    if (Number(records) === 0) continue;
    await query
      .insertInto('usage_note')
      .values({ organization_id: organizationId, day, kind: 'shared-account', detail: '', records: Number(records) })
      .execute();
  }
}

/** Days of other organizations that changed by this: their sums are made again. */
async function bump({ query }: Load, touched: readonly OrganizationDay[], version: number): Promise<void> {
  for (const { organizationId, day } of touched) {
    await query
      .updateTable('usage_fetch')
      .set({ version })
      .where('organization_id', '=', organizationId)
      .where('day', '=', day)
      .execute();
    await rollUpDays(query, organizationId, [day]);
  }
}
