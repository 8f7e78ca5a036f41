/** Accounts of one organization, the organizations of one account, and moving it. All accounts of a subtree: `hierarchy.ts`. */
import { queryOptions } from '@tanstack/react-query';
import { listOrganizationAccounts, moveAccount } from '../../contract/cloudflare/accounts.ts';
import { listAccountOrganizations } from '../../contract/cloudflare/organizations.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { ask, keyOf } from './client.ts';
import { touchedByAccountMove } from './touched.ts';
import { useWrite } from './write.ts';

/** Only the accounts directly in the organization, walked to the end. */
export const organizationAccountsQuery = (organizationId: string, query: QueryOf<typeof listOrganizationAccounts> = {}) =>
  queryOptions({
    queryKey: keyOf(listOrganizationAccounts, { organizationId }, query),
    queryFn: ({ signal }) => ask(listOrganizationAccounts, { params: { organizationId }, query, signal }),
  });

export const accountOrganizationsQuery = (accountId: string) =>
  queryOptions({
    queryKey: keyOf(listAccountOrganizations, { accountId }),
    queryFn: ({ signal }) => ask(listAccountOrganizations, { params: { accountId }, signal }),
  });

export const useMoveAccount = () => useWrite(moveAccount, touchedByAccountMove);
