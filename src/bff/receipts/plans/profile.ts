import { getProfile, modifyProfile, profileFields } from '../../../contract/cloudflare/profile.ts';
import type { Profile } from '../../../contract/cloudflare/profile.ts';
import type { Plan } from '../plan.ts';
import { nameOf } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { requireVersion } from '../version-guard.ts';

/** What is said where a profile is not what was sent, read back directly after. */
export const profileDiffers =
  'Read back directly afterwards, the profile is not what was sent: it may need a moment to show, or someone changed it at the same time.';

/** Replaces a profile that is still the one the person saw. */
export const changeProfile: Plan<typeof modifyProfile> = {
  row: modifyProfile,
  changesTree: false,
  turn: ({ params }) => `profile ${params.organizationId}`,

  async prepare({ input, ifMatch }, reading) {
    const { organizationId } = input.params;
    const current = await readProfile(organizationId, reading);
    await requireVersion(ifMatch, current, 'profile');
    const changed = profileFields.filter((field) => input.body?.[field] !== current[field]);
    const name = await nameOf(organizationId, reading);
    return {
      input,
      summary: `Change the profile of ${name}: ${changed.length > 0 ? changed.join(', ') : 'nothing differs'}`,
      organizationIds: [organizationId],
      targetId: organizationId,
    };
  },

  async settle({ input }, reading) {
    const current = await readProfile(input.params.organizationId, reading);
    return input.body && sameProfile(current, input.body) ? { kind: 'applied', result: null } : { kind: 'absent' };
  },

  async confirm({ input }, reading) {
    const current = await readProfile(input.params.organizationId, reading);
    return input.body && sameProfile(current, input.body) ? null : profileDiffers;
  },
};

export async function readProfile(organizationId: string, { upstream, asking }: Reading): Promise<Profile> {
  const { result } = await upstream.call(getProfile, { params: { organizationId }, query: {} }, asking);
  return result;
}

/** Byte by byte, also where a field holds JSON. */
export function sameProfile(one: Profile, other: Profile): boolean {
  return profileFields.every((field) => one[field] === other[field]);
}
