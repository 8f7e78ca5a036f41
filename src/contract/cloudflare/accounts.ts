import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { AccountId, OrganizationId } from '../ids.ts';
import { maybe, openEnum } from '../open.ts';
import { oneOf, text } from '../query.ts';
import { pageTokenQuery } from './organizations.ts';

export const Account = z.looseObject({
  id: z.string(),
  name: maybe(z.string()),
  type: openEnum(['standard', 'enterprise']),
  created_on: z.string(),
  settings: maybe(
    z.looseObject({
      abuse_contact_email: maybe(z.string()),
      access_approval_expiry: maybe(z.string()),
      api_access_enabled: maybe(z.boolean()),
      default_nameservers: maybe(z.string()),
      /** Null is unknown, not off. */
      enforce_twofactor: maybe(z.boolean()),
      use_account_custom_ns_by_default: maybe(z.boolean()),
    }),
  ),
});
export type Account = z.infer<typeof Account>;

/** Only the accounts directly in the organization, never those of its descendants. */
export const listOrganizationAccounts = endpoint({
  name: 'listOrganizationAccounts',
  method: 'GET',
  path: '/organizations/:organizationId/accounts',
  params: { organizationId: OrganizationId },
  query: {
    account_pubname: text(),
    'account_pubname.startsWith': text(),
    'account_pubname.endsWith': text(),
    'account_pubname.contains': text(),
    name: text(),
    'name.startsWith': text(),
    'name.endsWith': text(),
    'name.contains': text(),
    order_by: oneOf(['account_name']),
    direction: oneOf(['asc', 'desc']),
    ...pageTokenQuery,
  },
  body: null,
  result: z.array(Account),
  paging: 'page_token',
  credential: 'key',
  permission: 'accounts:read',
  effect: 'read',
});

/** Moves an account to another organization of the same distributor. */
export const moveAccount = endpoint({
  name: 'moveAccount',
  method: 'POST',
  path: '/accounts/:accountId/move',
  params: { accountId: AccountId },
  query: {},
  body: z.strictObject({ destination_organization_id: OrganizationId }),
  result: z.looseObject({ account_id: z.string(), destination_organization_id: z.string(), source_organization_id: z.string() }),
  paging: 'none',
  credential: 'key',
  permission: 'accounts:write',
  effect: 'write',
});
