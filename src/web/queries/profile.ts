/** The profile of an organization, and replacing it. */
import { queryOptions } from '@tanstack/react-query';
import { getProfile, modifyProfile } from '../../contract/cloudflare/profile.ts';
import { ask, keyOf } from './client.ts';
import { touchedByProfileWrite } from './touched.ts';
import { useWrite } from './write.ts';

/** `meta.version` of the answer goes back as `ifMatch` of a change. */
export const profileQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keyOf(getProfile, { organizationId }),
    queryFn: ({ signal }) => ask(getProfile, { params: { organizationId }, signal }),
  });

/** Needs `ifMatch`; fails with `stale_version` and `report.current` where somebody else saved first. */
export const useModifyProfile = () => useWrite(modifyProfile, touchedByProfileWrite);
