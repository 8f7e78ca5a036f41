import * as z from 'zod/mini';
import {
  type batchCreateMembers,
  type createMember,
  type deleteMember,
  type getMember,
  type listMembers,
  type Member,
  memberBatchLimit,
} from '../../contract/cloudflare/members.ts';
import type { Organization } from '../../contract/cloudflare/organizations.ts';
import { result } from '../envelope.ts';
import { duplicateMember, internalError, invalid, noMember, notCapable, Refusal } from '../refusals.ts';
import type { Ask, Handler, World } from './handler.ts';
import { tokenInfo, tokenPage } from './paging.ts';
import { flagAllows, readBody, requireOrganization } from './reading.ts';
import { record } from './trail.ts';

export const list: Handler<typeof listMembers> = async (ask, world) => {
  const { query } = ask;
  const organization = await requireOrganization(ask, world);
  const page = await world.store.members.list(organization.id, {
    statuses: query.status,
    email: {
      equals: query['user.email'],
      contains: query['user.email.contains'],
      startsWith: query['user.email.startsWith'],
      endsWith: query['user.email.endsWith'],
    },
    ...tokenPage(ask, world),
  });
  const rows = page.rows.filter((member) => !world.lag.isHidden(member.id));
  // the total of a filtered list counts members that are not yet seen: eventual consistency is not exact upstream either
  const unseen = ask.search.size === 0 ? world.lag.hiddenWithin(organization.id).length : page.rows.length - rows.length;
  return result(rows, tokenInfo(ask, world, page, unseen));
};

export const get: Handler<typeof getMember> = async (ask, world) => result(await requireMember(ask, world));

const NewMember = z.object({
  user: z.object({
    email: z
      .string('is required and must be a string')
      .check(
        z.trim(),
        z.maxLength(254, 'is too long'),
        z.regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, 'must be an e-mail address'),
      ),
  }),
  status: z.nullish(z.enum(['active', 'canceled'], 'must be active or canceled')),
});
type NewMember = z.infer<typeof NewMember>;

export const create: Handler<typeof createMember> = async (ask, world) => {
  const organization = await requireManageable(ask, world);
  const { member } = readBody(z.object({ member: NewMember }), ask.body);
  const refused = await refusalOf(world, organization.id, member, '/member');
  if (refused) throw refused;
  const made = await add(world, organization.id, member);
  await record(ask, world, {
    organizationIds: [organization.id],
    type: 'create',
    description: 'Invite member',
    resource: { product: 'members', type: 'member', id: made.id, response: made },
  });
  return result(made);
};

const BatchBody = z.object({
  members: z
    .array(z.unknown(), 'is required and must be an array')
    .check(
      z.minLength(1, 'must hold at least one member'),
      z.maxLength(memberBatchLimit, `must hold at most ${memberBatchLimit} members`),
    ),
});

export const createBatch: Handler<typeof batchCreateMembers> = async (ask, world) => {
  const organization = await requireManageable(ask, world);
  const rows = readBody(BatchBody, ask.body).members;
  const good: NewMember[] = [];
  const refusals: Refusal[] = [];
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const pointer = `/members/${index}`;
    const read = NewMember.safeParse(row);
    if (!read.success) {
      refusals.push(
        invalid(
          ...read.error.issues.map(({ path, message }) => ({ pointer: [pointer, ...path].map(String).join('/'), message })),
        ),
      );
      continue;
    }
    const email = read.data.user.email.toLowerCase();
    const refused = seen.has(email)
      ? duplicateMember(email, `${pointer}/user/email`)
      : await refusalOf(world, organization.id, read.data, pointer);
    seen.add(email);
    if (refused) refusals.push(refused);
    else good.push(read.data);
  }
  const failure =
    refusals.length === 0
      ? null
      : new Refusal(
          refusals[0]?.status ?? 400,
          refusals.flatMap((one) => one.errors),
        );
  if (failure && world.switches.batch === 'all_or_nothing') throw failure;
  const made: Member[] = [];
  for (const member of good) {
    if (made.length === ask.stopBatchAfter) throw internalError();
    made.push(await add(world, organization.id, member));
  }
  if (made.length > 0) {
    await record(ask, world, {
      organizationIds: [organization.id],
      type: 'create',
      description: 'Invite members',
      resource: { product: 'members', type: 'member_batch', id: organization.id, response: made },
    });
  }
  if (failure) throw failure;
  return result(made);
};

export const remove: Handler<typeof deleteMember> = async (ask, world) => {
  await requireManageable(ask, world);
  const member = await requireMember(ask, world);
  await world.store.members.remove(ask.params.organizationId, member.id);
  await record(ask, world, {
    organizationIds: [ask.params.organizationId],
    type: 'delete',
    description: member.status === 'pending' ? 'Cancel invitation' : 'Remove member',
    resource: { product: 'members', type: 'member', id: member.id },
    status: 204,
  });
  return { kind: 'empty' };
};

async function requireMember(ask: Ask<typeof getMember> | Ask<typeof deleteMember>, world: World): Promise<Member> {
  const organization = await requireOrganization(ask, world);
  const { memberId } = ask.params;
  const member = world.lag.isHidden(memberId) ? null : await world.store.members.get(organization.id, memberId);
  if (!member) throw noMember();
  return member;
}

async function requireManageable(
  ask: Ask<typeof createMember> | Ask<typeof batchCreateMembers> | Ask<typeof deleteMember>,
  world: World,
): Promise<Organization> {
  const organization = await requireOrganization(ask, world);
  if (!flagAllows(organization, 'member_management')) throw notCapable('Members of this organization cannot be managed');
  return organization;
}

/** Why one new member is not taken, or null. */
async function refusalOf(world: World, organizationId: string, member: NewMember, pointer: string): Promise<Refusal | null> {
  if (member.status === 'active') {
    return invalid({ pointer: `${pointer}/status`, message: 'automatic verification of new members is not allowed' });
  }
  const present = await world.store.members.findCurrent(organizationId, member.user.email);
  return present ? duplicateMember(member.user.email, `${pointer}/user/email`) : null;
}

/** Whoever is invited has yet to accept, and to turn two-factor authentication on before that. */
async function add(world: World, organizationId: string, member: NewMember): Promise<Member> {
  const input = { email: member.user.email, status: member.status ?? 'pending' };
  const made = await world.store.members.create(organizationId, input, world.now());
  world.lag.hide(made.id, world.switches.lagMilliseconds, organizationId);
  return made;
}
