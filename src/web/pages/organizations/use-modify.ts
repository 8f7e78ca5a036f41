/** Renaming and re-parenting: upstream replaces the whole organization, so everything that must stay is sent back. */
import { queryOptions } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { Organization } from '../../../contract/cloudflare/organizations.ts';
import type { Profile } from '../../../contract/cloudflare/profile.ts';
import { Failure } from '../../queries/client.ts';
import { organizationQuery, useModifyOrganization } from '../../queries/organizations.ts';
import { profileQuery } from '../../queries/profile.ts';

/** An organization as it was read to be changed. */
export interface ChangeBase {
  readonly organization: Organization;
  /** Goes back with the change, so that one made meanwhile is not overwritten. */
  readonly version: string | null;
  /** Goes back too: without it upstream may clear the profile. Null where there is none, or an empty one. */
  readonly profile: Profile | null;
}

async function readProfile(client: QueryClient, organizationId: string): Promise<Profile | null> {
  try {
    const profile = (await client.fetchQuery({ ...profileQuery(organizationId), staleTime: 0 })).result;
    return Object.values(profile).every((value) => !value) ? null : profile;
  } catch (error) {
    if (error instanceof Failure && error.report.code === 'upstream_not_found') return null;
    throw error;
  }
}

/** Reads an organization and its profile anew. A profile that cannot be read stops the change. */
export const changeBaseQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['organization to change', organizationId],
    queryFn: async ({ client }): Promise<ChangeBase> => {
      const [{ result, meta }, profile] = await Promise.all([
        client.fetchQuery({ ...organizationQuery(organizationId), staleTime: 0 }),
        readProfile(client, organizationId),
      ]);
      return { organization: result, version: meta.version, profile };
    },
    staleTime: 0,
    gcTime: 0,
  });

/** Sends a change of name or parent, once. */
export function useModify() {
  const { mutateAsync, isPending, error } = useModifyOrganization();
  const modify = ({ organization, version, profile }: ChangeBase, change: { name?: string; parentId?: string }) => {
    const parentId = change.parentId ?? organization.parent?.id;
    return mutateAsync({
      params: { organizationId: organization.id },
      body: {
        name: change.name ?? organization.name,
        ...(parentId === undefined ? {} : { parent: { id: parentId } }),
        ...(profile === null ? {} : { profile }),
      },
      ifMatch: version,
    });
  };
  return { modify, isPending, error };
}
