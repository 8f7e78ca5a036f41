import type {
  createOrganization,
  deleteOrganization,
  getOrganization,
  listOrganizations,
  modifyOrganization,
  Organization,
} from '../../contract/cloudflare/organizations.ts';
import { result } from '../envelope.ts';
import { invalid, notCapable, notEmpty } from '../refusals.ts';
import type { Handler, World } from './handler.ts';
import { tokenInfo, tokenPage } from './paging.ts';
import { flagAllows, levelLimit, OrganizationBody, pathOf, readBody, requireOrganization } from './reading.ts';
import { record } from './trail.ts';

/** New organizations are hidden in the list under this name. */
const everyOrganization = 'organizations';

export const list: Handler<typeof listOrganizations> = async (ask, world) => {
  const { query } = ask;
  const parentId = query['parent.id'];
  const filters = {
    ids: query.id,
    name: {
      equals: query.name,
      startsWith: query['name.startsWith'],
      endsWith: query['name.endsWith'],
      contains: query['name.contains'],
    },
    containingAccount: query['containing.account'],
    containingUser: query['containing.user'],
    containingOrganization: query['containing.organization'],
    parentId: parentId === 'null' ? null : parentId,
  };
  const page = await world.store.organizations.list({ ...filters, ...tokenPage(ask, world) });
  const hidden = world.lag.hiddenWithin(everyOrganization);
  const unseen =
    hidden.length === 0
      ? 0
      : (
          await world.store.organizations.list({
            ...filters,
            ids: hidden.filter((id) => filters.ids?.includes(id) ?? true),
            limit: hidden.length,
          })
        ).rows.length;
  const rows = page.rows.filter((organization) => !world.lag.isHidden(organization.id)).map(withoutProfile);
  return result(rows, tokenInfo(ask, world, page, unseen));
};

export const get: Handler<typeof getOrganization> = async (ask, world) =>
  result(withoutProfile(await requireOrganization(ask, world)));

export const create: Handler<typeof createOrganization> = async (ask, world) => {
  const body = readBody(OrganizationBody, ask.body);
  if (body.parent) await requireRoomUnder(world, body.parent.id, 1);
  const input = { name: body.name, parentId: body.parent?.id ?? null, profile: body.profile ?? null };
  const made = withoutProfile(await world.store.organizations.create(input, world.now()));
  world.lag.hide(made.id, world.switches.lagMilliseconds, everyOrganization);
  await record(ask, world, {
    organizationIds: [body.parent?.id ?? made.id],
    type: 'create',
    description: body.parent ? 'Create sub-organization' : 'Create organization',
    resource: { product: 'organizations', type: 'organization', id: made.id, response: made },
  });
  return result(made);
};

export const modify: Handler<typeof modifyOrganization> = async (ask, world) => {
  const organization = await requireOrganization(ask, world);
  const body = readBody(OrganizationBody, ask.body);
  const parentId = body.parent?.id;
  const moves = parentId !== undefined && parentId !== organization.parent?.id;
  if (moves) await requireMovable(world, organization, parentId);
  const changed = await world.store.organizations.update(organization.id, {
    name: body.name,
    ...(moves && { parentId }),
  });
  if (body.profile) await world.store.profiles.put(organization.id, body.profile);
  else if (world.switches.organizationPutWithoutProfile === 'clears') await clearProfile(world, organization.id);
  const made = withoutProfile(changed ?? organization);
  await record(ask, world, {
    organizationIds: [organization.id],
    type: 'update',
    description: moves ? 'Move organization' : 'Rename organization',
    resource: {
      product: 'organizations',
      type: 'organization',
      id: organization.id,
      response: { ...made, previous_name: organization.name },
    },
  });
  return result(made);
};

export const remove: Handler<typeof deleteOrganization> = async (ask, world) => {
  const organization = await requireOrganization(ask, world);
  // documented for enterprise organizations only; a distributor's empty sub-organization may go as well
  if (!organization.parent && !flagAllows(organization, 'enterprise_capability')) {
    throw notCapable('Deleting is restricted to enterprise organizations');
  }
  const contents = await world.store.organizations.contents(organization.id);
  const own = await world.store.members.findCurrent(organization.id, ask.caller.email);
  const blockers = [
    counted(contents.subOrganizations, 'sub-organization'),
    counted(contents.accounts, 'account'),
    counted(contents.members - (own ? 1 : 0), 'member'),
  ].filter((text) => text !== '');
  if (blockers.length > 0) throw notEmpty(blockers.join(', '));
  await record(ask, world, {
    organizationIds: [organization.parent?.id ?? organization.id],
    type: 'delete',
    description: organization.parent ? 'Delete sub-organization' : 'Delete organization',
    resource: {
      product: 'organizations',
      type: 'organization',
      id: organization.id,
      response: { id: organization.id, name: organization.name },
    },
  });
  await world.store.organizations.remove(organization.id);
  return result({ id: organization.id });
};

/** `GET` answers no profile, even for an organization that was made with one. */
export function withoutProfile(organization: Organization): Organization {
  const { profile: _, ...rest } = organization;
  return rest;
}

const counted = (count: number, noun: string) => (count > 0 ? `${count} ${noun}${count === 1 ? '' : 's'}` : '');

const parentPointer = '/parent/id';

async function requireRoomUnder(world: World, parentId: string, levels: number): Promise<Organization> {
  const parent = await world.store.organizations.get(parentId);
  if (!parent) throw invalid({ pointer: parentPointer, message: 'Parent organization not found' });
  if (!flagAllows(parent, 'sub_org_creation')) throw notCapable('This organization cannot have sub-organizations');
  if (pathOf(parent).length + levels > levelLimit) {
    throw invalid({ pointer: parentPointer, message: `Organizations can be nested at most ${levelLimit} levels deep` });
  }
  return parent;
}

async function requireMovable(world: World, organization: Organization, parentId: string): Promise<void> {
  if (!organization.parent) throw notCapable('A root organization cannot be moved');
  const parent = await requireRoomUnder(world, parentId, 1 + (await world.store.organizations.levelsBelow(organization.id)));
  if (pathOf(parent)[0] !== pathOf(organization)[0]) throw notCapable('An organization cannot leave its root organization');
  if (pathOf(parent).includes(organization.id)) {
    throw invalid({ pointer: parentPointer, message: 'An organization cannot be moved below itself' });
  }
}

async function clearProfile(world: World, organizationId: string): Promise<void> {
  if ((await world.store.profiles.get(organizationId)) === null) return;
  await world.store.profiles.put(organizationId, {
    business_name: '',
    business_email: '',
    business_phone: '',
    business_address: '',
    external_metadata: '',
  });
}
