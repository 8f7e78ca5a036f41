import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  listOrganizations,
  modifyOrganization,
} from '../../../contract/cloudflare/organizations.ts';
import type { Organization } from '../../../contract/cloudflare/organizations.ts';
import type { Plan } from '../plan.ts';
import { nameOf, unlessMissing, wholeList } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { requireVersion } from '../version-guard.ts';
import { profileDiffers, readProfile, sameProfile } from './profile.ts';

export const makeOrganization: Plan<typeof createOrganization> = {
  row: createOrganization,
  changesTree: true,
  // two of one name under one parent could not be told apart when reading back
  turn: ({ body }) => `new organization ${body?.parent?.id ?? ''} ${body?.name ?? ''}`,

  async prepare({ input }, reading) {
    const { name = '', parent } = input.body ?? {};
    const under = parent ? ` under ${await nameOf(parent.id, reading)}` : '';
    return {
      input,
      summary: `Create organization ${name}${under}`,
      organizationIds: parent ? [parent.id] : [],
      targetId: null,
      before: (await namesakes(name, parent?.id, reading)).map(({ id }) => id),
    };
  },

  async settle({ input, before }, reading) {
    const known = new Set(Array.isArray(before) ? before : []);
    const found = await namesakes(input.body?.name ?? '', input.body?.parent?.id, reading);
    const made = found.find(({ id }) => !known.has(id));
    return made ? { kind: 'applied', result: made } : { kind: 'absent' };
  },

  made: ({ id }) => id,
};

/** Organizations of exactly this name directly under this parent. */
async function namesakes(name: string, parentId: string | undefined, { upstream, asking }: Reading): Promise<Organization[]> {
  const query = { name, 'parent.id': parentId ?? 'null' };
  const result = wholeList(await upstream.walk(listOrganizations, { params: {}, query }, asking));
  return result.filter((one) => one.name === name && (one.parent?.id ?? undefined) === parentId);
}

/** Renames and re-parents. Upstream replaces, so what the person did not change is sent back as it is. */
export const changeOrganization: Plan<typeof modifyOrganization> = {
  row: modifyOrganization,
  changesTree: true,
  turn: ({ params }) => `organization ${params.organizationId}`,

  async prepare({ input, ifMatch }, reading) {
    const { organizationId } = input.params;
    const current = await readOrganization(organizationId, reading);
    await requireVersion(ifMatch, current, 'organization');
    const { name = current.name, parent, profile } = input.body ?? {};
    const parentId = parent?.id ?? current.parent?.id;
    const kept = profile ?? (await profileOrNone(organizationId, reading));
    const moves = parentId !== undefined && parentId !== current.parent?.id;
    return {
      input: {
        ...input,
        body: { name, ...(parentId === undefined ? {} : { parent: { id: parentId } }), ...(kept ? { profile: kept } : {}) },
      },
      summary:
        [
          name === current.name ? null : `Rename organization ${current.name} to ${name}`,
          moves ? `Move organization ${name} to ${await nameOf(parentId, reading)}` : null,
          profile ? `Change the profile of ${name}` : null,
        ]
          .filter((part) => part !== null)
          .join('; ') || `Save organization ${name} as it is`,
      organizationIds: [organizationId, ...(moves ? [parentId] : []), ...(moves && current.parent ? [current.parent.id] : [])],
      targetId: organizationId,
    };
  },

  async settle({ input }, reading) {
    const current = await readOrganization(input.params.organizationId, reading);
    const { name, parent } = input.body ?? {};
    const same = current.name === name && (parent === undefined || current.parent?.id === parent.id);
    return same ? { kind: 'applied', result: current } : { kind: 'absent' };
  },

  async confirm({ input }, reading) {
    const sent = input.body?.profile;
    if (!sent) return null;
    const current = await profileOrNone(input.params.organizationId, reading);
    return current && sameProfile(current, sent) ? null : profileDiffers;
  },
};

export const removeOrganization: Plan<typeof deleteOrganization> = {
  row: deleteOrganization,
  changesTree: true,
  turn: ({ params }) => `organization ${params.organizationId}`,

  async prepare({ input }, reading) {
    const { organizationId } = input.params;
    const { name, parent } = await readOrganization(organizationId, reading);
    return {
      input,
      summary: `Delete organization ${name}`,
      organizationIds: [organizationId, ...(parent ? [parent.id] : [])],
      targetId: organizationId,
    };
  },

  async settle({ input }, reading) {
    const { organizationId } = input.params;
    const left = await unlessMissing(readOrganization(organizationId, reading));
    return left === null ? { kind: 'applied', result: { id: organizationId } } : { kind: 'absent' };
  },
};

async function readOrganization(organizationId: string, { upstream, asking }: Reading): Promise<Organization> {
  const { result } = await upstream.call(getOrganization, { params: { organizationId }, query: {} }, asking);
  return result;
}

function profileOrNone(organizationId: string, reading: Reading) {
  return unlessMissing(readProfile(organizationId, reading));
}
