import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { NoteKind, SpendNote } from '../../../contract/canopy/spend-notes.ts';
import { createOrganization, deleteOrganization, modifyOrganization } from '../../../contract/cloudflare/organizations.ts';
import { moveAccount } from '../../../contract/cloudflare/accounts.ts';
import type { Tables } from '../../database/schema.ts';
import { dayOf } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { ofDays, ofOrganizations, upstreamSource } from '../dimensions.ts';
import { labelsOf } from '../labels.ts';
import type { Reach } from '../reach.ts';

/** What a reader may know. */
export interface Reader {
  /** The organizations of the question. */
  reach: Reach;
  /** Names of all organizations that the person sees; null for another one. */
  nameOf: (organizationId: string) => string | null;
  /** Whether they may know who did what: it is in receipts. */
  seesActors: boolean;
  /** Whether they may read what was written beside a version of the rate card: it may name any organization. */
  seesAll: boolean;
}

type Note = Omit<SpendNote, 'isMine'>;

/** Changes with Canopy that are looked at, of all that touch these organizations or what is below, and accounts with another name: the newest. */
const most = { changes: 2_000, renamed: 500 };

/** Notes that come by themselves. `more`: there are more changes or names than are looked at. */
export async function foundNotes(
  query: Kysely<Tables>,
  range: DayRange,
  reader: Reader,
): Promise<{ notes: Note[]; more: boolean }> {
  const changed = await changes(query, range, reader);
  const renamed = await renamedAccounts(query, range, reader);
  const notes = [
    ...(await savedCards(query, range, reader)),
    ...changed.notes,
    ...renamed.slice(0, most.renamed),
    ...(await imports(query, range, reader)),
  ];
  return { notes, more: changed.more || renamed.length > most.renamed };
}

const within = (column: string, { from, to }: DayRange) =>
  sql<boolean>`${sql.ref(column)} >= cast(cast(${from} as date) as timestamptz) and ${sql.ref(column)} < cast(cast(${to} as date) as timestamptz)`;
const onDay = (at: string): { from: Day; to: Day; at: string } => {
  const day = dayOf(Date.parse(at));
  return { from: day, to: day, at };
};

/** One card holds for everyone, so everyone sees that it changed. */
async function savedCards(query: Kysely<Tables>, range: DayRange, { seesAll }: Reader): Promise<Note[]> {
  const rows = await query
    .selectFrom('rate_card')
    .select(['version', 'saved_at', 'person_id', 'person_name', 'note'])
    .where('person_id', 'is not', null)
    .where(within('saved_at', range))
    .execute();
  return rows.map((row) =>
    Object.assign(onDay(row.saved_at), {
      id: `rate-card-${row.version}`,
      kind: 'rate-card' as const,
      text: `Rate card version ${row.version} saved${seesAll && row.note !== '' ? `: ${row.note}` : ''}`,
      organizationId: null,
      organizationName: null,
      by: { id: row.person_id ?? '', name: row.person_name ?? '' },
    }),
  );
}

interface Change {
  kind: NoteKind;
  organizationId: string;
  text: string;
}

/** Changes of the tree that were made with Canopy, and are done. */
async function changes(query: Kysely<Tables>, range: DayRange, reader: Reader): Promise<{ notes: Note[]; more: boolean }> {
  const found = await query
    .selectFrom('receipt')
    .select(['id', 'at', 'actor_id', 'actor_name', 'operation', 'summary', 'organization_id', 'target_id', 'request'])
    .where('outcome', '=', 'done')
    .where('operation', 'in', [moveAccount.name, modifyOrganization.name, createOrganization.name, deleteOrganization.name])
    .where(within('at', range))
    .where(sql<boolean>`list_has_any(string_split(organizations, '|'), ${reader.reach.ids}::text[])`)
    .orderBy('sequence', 'desc')
    .limit(most.changes + 1)
    .execute();
  const rows = found.slice(0, most.changes);
  const moved = rows.flatMap(({ operation, target_id }) =>
    operation === moveAccount.name && target_id !== null ? [target_id] : [],
  );
  const accounts = await labelsOf(query, reader.reach, 'account', [...new Set(moved)]);
  const notes = rows.flatMap((row) =>
    changesIn(row, reader, (id) => accounts(id).label).map((change, at) =>
      Object.assign(onDay(new Date(row.at).toISOString()), change, {
        id: `${row.id}-${at}`,
        organizationName: reader.nameOf(change.organizationId),
        by: reader.seesActors ? { id: row.actor_id, name: row.actor_name } : null,
      }),
    ),
  );
  return { notes, more: found.length > rows.length };
}

type ReceiptRow = Pick<Tables['receipt'], 'operation' | 'summary' | 'organization_id' | 'target_id' | 'request'>;

/** What a receipt says of the organizations of the question; others are not named to those who do not see them. */
function changesIn(row: ReceiptRow, { reach, nameOf }: Reader, accountName: (id: string) => string): Change[] {
  const { operation, summary, organization_id: organizationId, target_id: targetId } = row;
  const isAsked = (id: string | null): id is string => id !== null && reach.ids.includes(id);
  const request = readRequest(row.request);
  if (operation === moveAccount.name) {
    const destination = request.destination_organization_id ?? null;
    const at = isAsked(destination) ? destination : organizationId;
    if (!isAsked(at)) return [];
    const named = (word: string, id: string | null) => `${word} ${(id && nameOf(id)) ?? 'an organization you do not see'}`;
    const name = accountName(targetId ?? '');
    return [
      {
        kind: 'account-moved',
        organizationId: at,
        text: `Account ${name} moved ${named('from', organizationId)} ${named('to', destination)}`,
      },
    ];
  }
  const place = [targetId, organizationId].find(isAsked);
  if (place === undefined) return [];
  if (operation === createOrganization.name)
    return [{ kind: 'organization-created', organizationId: place, text: `Organization ${request.name ?? ''} created` }];
  if (operation === deleteOrganization.name)
    return [
      {
        kind: 'organization-deleted',
        organizationId: place,
        text: `Organization ${summary.replace(/^Delete organization /, '')} deleted`,
      },
    ];
  // the sentence of a receipt is `Rename organization OLD to NEW; …`, and a name may hold any word
  const end = ` to ${request.name ?? ''}`;
  const first = /^Rename organization (.*)$/s.exec(summary)?.[1];
  const renamed = first?.includes(end) ? first.slice(0, first.indexOf(end)) : undefined;
  const parent = summary.includes('Move organization ') ? (request.parent?.id ?? null) : undefined;
  return [
    ...(renamed === undefined
      ? []
      : [
          {
            kind: 'organization-renamed' as const,
            organizationId: place,
            text: `Organization ${renamed} renamed to ${request.name ?? ''}`,
          },
        ]),
    ...(parent === undefined
      ? []
      : [
          {
            kind: 'organization-moved' as const,
            organizationId: place,
            text: `Organization ${request.name ?? ''} moved to ${(parent && nameOf(parent)) ?? 'an organization you do not see'}`,
          },
        ]),
  ];
}

interface Request {
  name?: string;
  destination_organization_id?: string;
  parent?: { id?: string };
}
const readRequest = (json: string | null): Request => (JSON.parse(json ?? 'null') as Request | null) ?? {}; // bodies of these four operations, checked when they were sent

/** The first days on which records carry another name of an account, the newest first; one more than are shown. */
async function renamedAccounts(query: Kysely<Tables>, range: DayRange, { reach }: Reader): Promise<Note[]> {
  const { rows } = await sql<{ organization_id: string; account_id: string; name: string; before: string | null; day: Day }>`
    with renamed as (
      select account_id from usage_series
      where ${ofOrganizations(reach.ids)} and source = ${upstreamSource} and account_id is not null and account_name is not null
      group by 1 having count(distinct account_name) > 1
    ), names as (
      select organization_id, account_id, account_name as name, min(day) as day
      from usage_record join usage_series using (series_id)
      where series_id in (select series_id from usage_series join renamed using (account_id)
        where ${ofOrganizations(reach.ids)} and source = ${upstreamSource} and account_name is not null)
      group by 1, 2, 3
    ), ordered as (
      select *, lag(name) over (partition by account_id order by day, name) as before from names
    )
    select organization_id, account_id, name, before, day from ordered
    where before is not null and before <> name and ${ofDays(range)}
    order by day desc, account_id limit ${most.renamed + 1}`.execute(query);
  return rows.map((row) => ({
    id: `renamed-${row.account_id}-${row.day}`,
    kind: 'account-renamed' as const,
    from: row.day,
    to: row.day,
    at: null,
    text: `Account ${row.before} renamed to ${row.name}`,
    organizationId: row.organization_id,
    organizationName: reach.nameOf(row.organization_id),
    by: null,
  }));
}

async function imports(query: Kysely<Tables>, range: DayRange, { reach }: Reader): Promise<Note[]> {
  const rows = await query
    .selectFrom('usage_import')
    .select(['id', 'organization_id', 'name', 'stored_at', 'person_id', 'person_name', 'records', 'first_day', 'last_day'])
    .where(ofOrganizations(reach.ids))
    .where(within('stored_at', range))
    .execute();
  return rows.map((row) =>
    Object.assign(onDay(row.stored_at), {
      id: `import-${row.id}`,
      kind: 'import' as const,
      text: `${row.name} imported: ${row.records.toLocaleString('en-US')} records of ${row.first_day} to ${row.last_day}`,
      organizationId: row.organization_id,
      organizationName: reach.nameOf(row.organization_id),
      by: { id: row.person_id, name: row.person_name },
    }),
  );
}
