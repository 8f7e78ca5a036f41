import { byAccount, filterAccounts } from '../../contract/canopy/account-filter.ts';
import type { AccountFilter } from '../../contract/canopy/account-filter.ts';
import type { ExportRequest } from '../../contract/canopy/exports.ts';
import {
  filterPeople,
  longPendingDays,
  organizationsWithOneAdministrator,
  peopleOf,
} from '../../contract/canopy/member-filter.ts';
import type { PeopleFilter } from '../../contract/canopy/member-filter.ts';
import type { Coverage, PlacedAccount, PlacedMember } from '../../contract/canopy/hierarchy.ts';
import { Problem } from '../problem.ts';
import type { Clock, Directory, Person, TagDesk } from '../services.ts';
import type { CsvCell } from './csv.ts';
import type { Manifest } from './file.ts';

/** Rows of a subtree, ready to be written. */
export interface SubtreeFile {
  header: readonly string[];
  rows: readonly (readonly CsvCell[])[];
  manifest: Manifest;
}

interface Subtree {
  organization?: string | undefined;
  descendants: boolean;
}
type Asked<K extends ExportRequest['kind']> = Extract<ExportRequest, { kind: K }>;

/** Where the rows come from; tags are a part of what accounts are found by. */
export interface SubtreeSources {
  directory: Directory;
  tags: Pick<TagDesk, 'listByAccount'>;
  clock: Clock;
}

const placeHeader = ['Organization', 'Organization ID', 'Ancestor path', 'Depth'] as const;

export async function accountsFile(
  { directory, tags }: SubtreeSources,
  { scope }: Person,
  { filter, ...subtree }: Asked<'accounts'>,
): Promise<SubtreeFile> {
  const { rows: all, coverage } = await directory.accounts(scope, subtree.organization, subtree.descendants);
  requireWhole(coverage, 'accounts');
  // a filter without words does not look at tags
  const tagged = filter?.text
    ? (await tags.listByAccount({ scope, organization: subtree.organization, descendants: subtree.descendants })).tags
    : [];
  const rows = filter ? filterAccounts(all, filter, byAccount(tagged)) : all;
  const places = new Places(directory, scope);
  return {
    header: ['Account ID', 'Name', 'Type', 'Created', 'Two-factor required', ...placeHeader],
    rows: await places.placed(rows, accountCells),
    manifest: {
      title: `Accounts of ${await places.titleOf(subtree)}${filter ? `, filtered by ${accountFilterWords(filter)}, out of ${all.length}` : ''}`,
      asOf: coverage.asOf,
    },
  };
}

export async function membersFile(
  { directory, clock }: SubtreeSources,
  { scope }: Person,
  { filter, ...subtree }: Asked<'members'>,
): Promise<SubtreeFile> {
  const { rows: all, coverage } = await directory.members(scope, subtree.organization, subtree.descendants);
  requireWhole(coverage, 'members');
  const rows = filter
    ? filterPeople(peopleOf(all), filter, organizationsWithOneAdministrator(all), clock.now()).flatMap(
        ({ memberships }) => memberships,
      )
    : all;
  const places = new Places(directory, scope);
  return {
    header: ['Member ID', 'E-mail', 'Name', 'Status', 'Two-factor authentication', 'Invited', 'Updated', ...placeHeader],
    rows: await places.placed(rows, memberCells),
    manifest: {
      title: `Members of ${await places.titleOf(subtree)}${filter ? `, filtered by ${memberFilterWords(filter)}, out of ${all.length}` : ''}`,
      asOf: coverage.asOf,
    },
  };
}

/** What a filter asks for, part by part; a part that asks for nothing is not named. */
const named = (parts: readonly (string | false | null)[]) => parts.filter((part) => part).join(' and ') || 'nothing';
const oneOf = (name: string, values: readonly string[]) => values.length > 0 && `${name} ${values.join(' or ')}`;

function accountFilterWords({ text, type, enforcement, createdFrom, createdBefore }: AccountFilter): string {
  return named([
    text.trim() !== '' && `name, ID or tag with ${JSON.stringify(text.trim())}`,
    oneOf('type', type),
    oneOf('two-factor authentication', enforcement),
    createdFrom && `created from ${createdFrom}`,
    createdBefore && `created before ${createdBefore}`,
  ]);
}

function memberFilterWords({ text, status, twoFactor, domain, alone, longPending }: PeopleFilter): string {
  return named([
    text.trim() !== '' && `name or e-mail with ${JSON.stringify(text.trim())}`,
    oneOf('status', status),
    oneOf('two-factor authentication', twoFactor),
    domain !== '' && `domain ${domain}`,
    alone && 'of an organization with one active member',
    longPending && `invited more than ${longPendingDays} days ago`,
  ]);
}

const yesNo = (value: boolean | null | undefined) => (value === true ? 'yes' : value === false ? 'no' : 'unknown');

function accountCells({ id, name, type, created_on: created, settings }: PlacedAccount): CsvCell[] {
  return [id, name ?? null, type, created, yesNo(settings?.enforce_twofactor)];
}

function memberCells({ id, user, status, create_time: invited, update_time: updated }: PlacedMember): CsvCell[] {
  return [id, user.email, user.name ?? null, status, yesNo(user.two_factor_authentication_enabled), invited, updated ?? null];
}

/** Where organizations stand: each is looked up once for a file. */
class Places {
  readonly #directory: Directory;
  readonly #scope: Person['scope'];
  readonly #paths = new Map<string, Promise<readonly { id: string; name: string }[]>>();

  constructor(directory: Directory, scope: Person['scope']) {
    this.#directory = directory;
    this.#scope = scope;
  }

  #path(organizationId: string) {
    let path = this.#paths.get(organizationId);
    if (!path) this.#paths.set(organizationId, (path = this.#directory.path(organizationId, this.#scope)));
    return path;
  }

  /** The cells of each row, and where it stands. */
  async placed<T extends { organizationId: string }>(rows: readonly T[], cellsOf: (row: T) => CsvCell[]): Promise<CsvCell[][]> {
    return Promise.all(rows.map(async (row) => cellsOf(row).concat(await this.#cells(row.organizationId))));
  }

  async #cells(organizationId: string): Promise<CsvCell[]> {
    const path = await this.#path(organizationId);
    const names = path.map(({ name }) => name);
    return [names.at(-1) ?? null, organizationId, names.join(' / '), path.length];
  }

  async titleOf({ organization, descendants }: Subtree): Promise<string> {
    if (organization === undefined) return 'every organization you may see';
    const name = (await this.#path(organization)).at(-1)?.name ?? organization;
    return descendants ? `${name} and every organization below it` : name;
  }
}

/** Refuses before there is a link what the download would refuse. */
export async function requireReadable(
  directory: Directory,
  { scope }: Person,
  { kind, organization, descendants }: Subtree & { kind: 'accounts' | 'members' },
): Promise<void> {
  const { coverage } = await directory[kind](scope, organization, descendants);
  requireWhole(coverage, kind);
}

/** A file that leaves something out would be taken for all there is, so there is none. */
function requireWhole({ total, pending, failed }: Coverage, noun: string): void {
  const [first] = failed;
  if (first)
    throw new Problem({
      code: 'upstream_failed',
      message: `The ${noun} of ${failed.length} of ${total} organizations could not be read, so there is no file: it would look whole. ${first.error.message}`,
      action: 'Read them again, then export. An export of one organization that was read also works.',
      ...(first.error.upstream ? { upstream: first.error.upstream } : {}),
    });
  if (pending > 0)
    throw new Problem({
      code: 'in_progress',
      message: `The ${noun} of ${pending} of ${total} organizations are still being read, so there is no file yet.`,
      action: 'Try again when everything has been read.',
      retryAfterSeconds: 10,
    });
}
