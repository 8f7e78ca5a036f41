/** Everything the palette can find, from the snapshot the person may see. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PlacedAccount, PlacedMember } from '../../../contract/canopy/hierarchy.ts';
import type { HierarchyIndex } from '../../lib/hierarchy-index.ts';
import { allAccountsQuery, allMembersQuery } from '../../queries/hierarchy.ts';
import { useRole } from '../../queries/role.ts';
import { buildIndex } from './search-index.ts';
import type { Entry, SearchIndex } from './search-index.ts';

export interface Findable {
  index: SearchIndex;
  accountsById: ReadonlyMap<string, PlacedAccount>;
  membersById: ReadonlyMap<string, PlacedMember>;
  /** What is still being read, in words; null when everything is here. */
  waitingFor: string | null;
}

const none: readonly never[] = [];

/** Reads what the role may see; organizations alone when only they are wanted. */
export function useFindable(tree: HierarchyIndex | null, organizationsOnly: boolean): Findable {
  const { can } = useRole();
  const wantsAccounts = !organizationsOnly && can('accounts:read');
  const wantsMembers = !organizationsOnly && can('members:read');
  const accounts = useQuery({ ...allAccountsQuery({}), enabled: wantsAccounts });
  const members = useQuery({ ...allMembersQuery({}), enabled: wantsMembers });
  const accountRows = (wantsAccounts && accounts.data?.result.rows) || none;
  const memberRows = (wantsMembers && members.data?.result.rows) || none;

  const index = useMemo(
    () =>
      buildIndex([
        ...(tree?.nodes ?? none).map((node): Entry => ({
          kind: 'organization',
          id: node.id,
          name: node.name,
          also: '',
          organizationId: node.parentId,
        })),
        ...accountRows.map((account): Entry => ({
          kind: 'account',
          id: account.id,
          name: account.name ?? account.id,
          also: '',
          organizationId: account.organizationId,
        })),
        ...memberRows.map((member): Entry => ({
          kind: 'member',
          id: member.id,
          name: member.user.name || member.user.email,
          also: member.user.email,
          organizationId: member.organizationId,
        })),
      ]),
    [tree, accountRows, memberRows],
  );
  const accountsById = useMemo(() => new Map(accountRows.map((account) => [account.id, account])), [accountRows]);
  const membersById = useMemo(() => new Map(memberRows.map((member) => [member.id, member])), [memberRows]);
  const waiting = [
    tree === null && 'organizations',
    wantsAccounts && accounts.isPending && 'accounts',
    wantsMembers && members.isPending && 'members',
  ].filter((word) => word !== false);
  return { index, accountsById, membersById, waitingFor: waiting.length > 0 ? waiting.join(', ') : null };
}
