/** Members of one organization, and inviting and removing them. All memberships of a subtree: `hierarchy.ts`. */
import { queryOptions } from '@tanstack/react-query';
import { batchCreateMembers, createMember, deleteMember, listMembers } from '../../contract/cloudflare/members.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { ask, keyOf } from './client.ts';
import { touchedByMemberWrite } from './touched.ts';
import { useWrite } from './write.ts';

/** Walked to the end. */
export const membersQuery = (organizationId: string, query: QueryOf<typeof listMembers> = {}) =>
  queryOptions({
    queryKey: keyOf(listMembers, { organizationId }, query),
    queryFn: ({ signal }) => ask(listMembers, { params: { organizationId }, query, signal }),
  });

export const useCreateMember = () => useWrite(createMember, touchedByMemberWrite);
/** At most `memberBatchLimit` invitations in one call. */
export const useBatchCreateMembers = () => useWrite(batchCreateMembers, touchedByMemberWrite);
/** Removes an active member, or cancels a pending invitation. */
export const useDeleteMember = () => useWrite(deleteMember, touchedByMemberWrite);
