import type { CloudflareEndpointName } from '../../contract/endpoints.ts';
import { UsageRecord } from '../../contract/cloudflare/usage.ts';
import { roleAllows } from '../../contract/permissions.ts';
import { Problem } from '../problem.ts';
import type { Person } from '../services.ts';
import type { PlacedAccount } from '../../contract/canopy/hierarchy.ts';

/** Takes the named parts of a value, and nothing else whatever upstream adds. */
type Pick = (value: unknown) => unknown;

const asIs: Pick = (value) => (typeof value === 'object' ? null : value);
/** Words and numbers of a record whose names we do not know. */
const words: Pick = (value) =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([, inner]) => typeof inner !== 'object')) : null;
const texts: Pick = (value) => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(parts: Readonly<Record<string, Pick>>): Pick {
  return (value) => {
    if (!isRecord(value)) return null;
    return Object.fromEntries(
      Object.entries(parts).flatMap(([name, pick]) => (value[name] === undefined ? [] : [[name, pick(value[name])]])),
    );
  };
}

function each(pick: Pick): Pick {
  return (value) => (Array.isArray(value) ? value.map(pick) : []);
}

const organization = record({
  id: asIs,
  name: asIs,
  create_time: asIs,
  meta: record({ hierarchy_tags: texts, managed_by: asIs, tenant_flags: words, flags: words }),
  parent: record({ id: asIs, name: asIs }),
});

const account = record({
  id: asIs,
  name: asIs,
  type: asIs,
  created_on: asIs,
  organizationId: asIs,
  settings: record({ access_approval_expiry: asIs, api_access_enabled: asIs, enforce_twofactor: asIs }),
});

const usageRecord = record(Object.fromEntries(Object.keys(UsageRecord.shape).map((name) => [name, asIs])));

/** What people see who may not see who others are: no e-mail address, no profile. A row that is not here is not for them. */
const withoutPersons: Readonly<Partial<Record<CloudflareEndpointName, Pick>>> = {
  listOrganizations: each(organization),
  getOrganization: organization,
  listAccountOrganizations: each(organization),
  listOrganizationAccounts: each(account),
  getOrganizationUsage: each(usageRecord),
  getAccountUsage: each(usageRecord),
  queryAccountUsage: each(usageRecord),
};

/** Roles that may read members may see who they are. */
export const seesPersons = (person: Person): boolean => roleAllows(person.role, 'members:read');

/** An answer as the person's role may see it. Never changes the value it was given: others may share it. */
export function projected<T>(name: string, result: T, person: Person): T {
  if (seesPersons(person)) return result;
  const pick = withoutPersons[name as CloudflareEndpointName]; // another name finds nothing
  if (pick) return pick(result) as T; // the same shape with less in it; every part that goes is optional to readers
  throw new Problem({
    code: 'not_allowed',
    message: 'This answer names people, which your role does not include.',
    action: 'Ask an administrator.',
  });
}

/** The same for rows of our own account list. */
export function projectedAccounts(rows: readonly PlacedAccount[], person: Person): readonly PlacedAccount[] {
  return seesPersons(person) ? rows : (each(account)(rows) as PlacedAccount[]); // as above
}

/** Refuses filters that would tell who is where. */
export function requireNoPersonFilter(query: Readonly<Record<string, unknown>>, person: Person): void {
  if (seesPersons(person) || query['containing.user'] === undefined) return;
  throw new Problem({
    code: 'not_allowed',
    message: 'Your role does not include reading members, so it cannot look for an organization by one.',
    action: 'Leave out containing.user.',
  });
}
