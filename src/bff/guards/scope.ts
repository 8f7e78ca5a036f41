import type { Endpoint } from '../../contract/endpoint.ts';
import type { Organization } from '../../contract/cloudflare/organizations.ts';
import type { ResultInfo } from '../../contract/envelope.ts';
import { cutAbove } from '../organizations/view.ts';
import { Problem } from '../problem.ts';
import type { Asking, CallInput, Directory, Person } from '../services.ts';

type Reach = Pick<Directory, 'requireVisible' | 'organizationOfAccount'>;

/** Names under which a path, a query or a body carries organizations and accounts. Endpoints keep to these. */
const organizationNames = new Set([
  'organizationId',
  'organizationIds',
  'organization',
  'containing.organization',
  'parent.id',
  'destination_organization_id',
]);
const accountNames = new Set(['accountId', 'containing.account']);

/**
 * Refuses a request that reaches beyond the person's subtree: in its path, its query or its body. People without a
 * scope may name anything the credential sees.
 */
export async function requireReach<E extends Endpoint>(
  row: E,
  input: CallInput<E>,
  { scope }: Person,
  directory: Reach,
  asking: Asking,
): Promise<void> {
  if (scope === null) return;
  const named = namedIn(row, input);
  if (row.name === 'createOrganization' && named.organizations.length === 0)
    throw beyond('A new organization without a parent would stand outside the part of the hierarchy that you may see.');
  for (const id of named.organizations) await directory.requireVisible(scope, id);
  for (const id of named.accounts) {
    const organizationId = await directory.organizationOfAccount(id, asking);
    if (organizationId === null) throw beyond('This account is not in an organization that you may see, or it does not exist.');
    await directory.requireVisible(scope, organizationId);
  }
}

const beyond = (message: string) =>
  new Problem({ code: 'out_of_scope', message, action: 'Choose something inside your part of the hierarchy.' });

interface Named {
  organizations: string[];
  accounts: string[];
}

/** What a request names anywhere. */
export function namedIn<E extends Endpoint>(row: E, input: CallInput<E>): Named {
  const named: Named = { organizations: [], accounts: [] };
  collect(input.params, '', named);
  collect(input.query, '', named);
  collect(input.body, '', named);
  // the list's own filter by id; `null` asks for roots, and the person's root is their scope
  if (row.name === 'listOrganizations') named.organizations = named.organizations.filter((id) => id !== 'null');
  return named;
}

function collect(value: unknown, at: string, named: Named): void {
  if (value instanceof Uint8Array) return; // a part of a file names nothing, and each of its bytes would be looked at
  if (typeof value === 'string') {
    if (organizationNames.has(at)) named.organizations.push(value);
    else if (accountNames.has(at)) named.accounts.push(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, at, named);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) collect(inner, at === 'parent' ? `parent.${name}` : name, named);
  }
}

/** Keeps the organizations that the person may see, and of each only what stands within their scope. */
export async function organizationsInReach(
  organizations: readonly Organization[],
  { scope }: Person,
  directory: Pick<Directory, 'requireVisible'>,
): Promise<Organization[]> {
  if (scope === null) return [...organizations];
  const kept: Organization[] = [];
  for (const organization of organizations) {
    try {
      await directory.requireVisible(scope, organization.id);
      kept.push(cutAbove(organization, scope));
    } catch (error) {
      if (!(error instanceof Problem) || error.report.code !== 'out_of_scope') throw error;
    }
  }
  return kept;
}

/** Paging facts without totals, which would count what the person does not see. */
export function withoutTotals(info: ResultInfo | null): ResultInfo | null {
  if (!info) return null;
  const { total_size: _size, total_count: _count, total_pages: _pages, count: _shown, ...rest } = info;
  return rest;
}
