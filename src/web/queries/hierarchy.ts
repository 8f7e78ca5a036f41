/** The tree of the person's scope, and the accounts and members of a subtree as one list. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getHierarchy, listAllAccounts, listAllMembers, refreshHierarchy } from '../../contract/canopy/hierarchy.ts';
import type { Coverage } from '../../contract/canopy/hierarchy.ts';
import { ask, keyOf } from './client.ts';
import type { Ask } from './client.ts';
import { readAgain } from './write.ts';

/** Which part of the tree: the whole scope without an organization. */
export interface Subtree {
  organization?: string;
  /** False for the organization alone. */
  descendants?: boolean;
}

/** While organizations are still being read, ask again: soon for small answers, less often for large ones. */
function pollWhilePending(rows: number, ...coverages: readonly Coverage[]): number | false {
  return coverages.some((coverage) => coverage.pending > 0) ? Math.min(10_000, 1_000 + rows / 2) : false;
}

export const hierarchyQuery = () =>
  queryOptions({
    queryKey: keyOf(getHierarchy),
    queryFn: ({ signal, client, queryKey }) => ask(getHierarchy, { signal, slide: client.getQueryData(queryKey) === undefined }),
    staleTime: 60_000,
    gcTime: Infinity,
    refetchInterval: ({ state }) =>
      state.data
        ? pollWhilePending(state.data.result.nodes.length, state.data.result.accounts, state.data.result.members)
        : false,
  });

/** Reads upstream again: everything, or the accounts and members of the named organizations. */
export function useRefreshHierarchy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (organizationIds?: readonly string[]) => {
      const body: Ask<typeof refreshHierarchy>['body'] = organizationIds ? { organizationIds: [...organizationIds] } : {};
      return ask(refreshHierarchy, { body });
    },
    onSuccess: (answer) => {
      client.setQueryData(hierarchyQuery().queryKey, answer);
      readAgain(client, ['listAllAccounts', 'listAllMembers']);
    },
  });
}

/** Every account of a subtree; the rows shown before stay while another subtree loads. */
export const allAccountsQuery = (subtree: Subtree) =>
  queryOptions({
    queryKey: keyOf(listAllAccounts, {}, subtree),
    queryFn: ({ signal }) => ask(listAllAccounts, { query: subtree, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data ? pollWhilePending(state.data.result.rows.length, state.data.result.coverage) : false,
  });

/** Every membership of a subtree: a person in two organizations is two rows. */
export const allMembersQuery = (subtree: Subtree) =>
  queryOptions({
    queryKey: keyOf(listAllMembers, {}, subtree),
    queryFn: ({ signal }) => ask(listAllMembers, { query: subtree, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data ? pollWhilePending(state.data.result.rows.length, state.data.result.coverage) : false,
  });
