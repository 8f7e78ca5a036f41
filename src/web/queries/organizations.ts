/** Organizations one by one and as upstream lists them; the tree of a screen comes from `hierarchy.ts`. */
import { queryOptions } from '@tanstack/react-query';
import type { QueryOf } from '../../contract/endpoint.ts';
import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  listOrganizations,
  modifyOrganization,
} from '../../contract/cloudflare/organizations.ts';
import { ask, keyOf } from './client.ts';
import { touchedByOrganizationWrite } from './touched.ts';
import { useWrite } from './write.ts';

export const organizationsQuery = (query: QueryOf<typeof listOrganizations> = {}) =>
  queryOptions({
    queryKey: keyOf(listOrganizations, {}, query),
    queryFn: ({ signal }) => ask(listOrganizations, { query, signal }),
  });

/** `meta.version` of the answer goes back as `ifMatch` of a change. */
export const organizationQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keyOf(getOrganization, { organizationId }),
    queryFn: ({ signal }) => ask(getOrganization, { params: { organizationId }, signal }),
  });

export const useCreateOrganization = () => useWrite(createOrganization, touchedByOrganizationWrite);
/** Rename and re-parent; replaces, so send the profile back and `ifMatch`. */
export const useModifyOrganization = () => useWrite(modifyOrganization, touchedByOrganizationWrite);
export const useDeleteOrganization = () => useWrite(deleteOrganization, touchedByOrganizationWrite);
