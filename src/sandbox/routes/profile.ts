import type { getProfile, modifyProfile, Profile } from '../../contract/cloudflare/profile.ts';
import { result } from '../envelope.ts';
import type { Handler } from './handler.ts';
import { ProfileBody, readBody, requireOrganization } from './reading.ts';
import { record } from './trail.ts';

const emptyProfile: Profile = {
  business_name: '',
  business_email: '',
  business_phone: '',
  business_address: '',
  external_metadata: '',
};

export const get: Handler<typeof getProfile> = async (ask, world) => {
  const organization = await requireOrganization(ask, world);
  return result((await world.store.profiles.get(organization.id)) ?? emptyProfile);
};

export const modify: Handler<typeof modifyProfile> = async (ask, world) => {
  const organization = await requireOrganization(ask, world);
  await world.store.profiles.put(organization.id, readBody(ProfileBody, ask.body));
  await record(ask, world, {
    organizationIds: [organization.id],
    type: 'update',
    description: 'Update organization profile',
    resource: { product: 'organizations', type: 'organization_profile', id: organization.id },
    status: 204,
  });
  return { kind: 'empty' };
};
