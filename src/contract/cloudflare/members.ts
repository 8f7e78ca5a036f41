import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { MemberId, OrganizationId } from '../ids.ts';
import { maybe, openEnum } from '../open.ts';
import { list, oneOf, text } from '../query.ts';
import { pageTokenQuery } from './organizations.ts';

export const memberStatuses = ['active', 'pending', 'rejected', 'canceled'] as const;

export const Member = z.looseObject({
  id: z.string(),
  create_time: z.string(),
  update_time: maybe(z.string()),
  meta: maybe(z.looseObject({})),
  status: openEnum(memberStatuses),
  user: z.looseObject({
    id: maybe(z.string()),
    email: z.string(),
    name: maybe(z.string()),
    /** Absent or null is unknown, not off; false may still be a single sign-on user. */
    two_factor_authentication_enabled: maybe(z.boolean()),
  }),
});
export type Member = z.infer<typeof Member>;

export const EmailAddress = z
  .string()
  .check(
    z.trim(),
    z.maxLength(254, 'must have at most 254 characters'),
    z.regex(/^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+\.[^\s@<>"(),:;]+$/, 'must be an e-mail address'),
  );

const NewMember = z.strictObject({
  user: z.strictObject({ email: EmailAddress }),
  status: z.optional(z.enum(['active', 'canceled'])),
});

/** Upstream takes at most this many in one batch. */
export const memberBatchLimit = 10;

const one = { organizationId: OrganizationId };
const member = { organizationId: OrganizationId, memberId: MemberId };

export const listMembers = endpoint({
  name: 'listMembers',
  method: 'GET',
  path: '/organizations/:organizationId/members',
  params: one,
  query: {
    status: list(oneOf(memberStatuses)),
    'user.email': text(),
    'user.email.contains': text(),
    'user.email.startsWith': text(),
    'user.email.endsWith': text(),
    ...pageTokenQuery,
  },
  body: null,
  result: z.array(Member),
  paging: 'page_token',
  credential: 'key',
  permission: 'members:read',
  effect: 'read',
});

export const getMember = endpoint({
  name: 'getMember',
  method: 'GET',
  path: '/organizations/:organizationId/members/:memberId',
  params: member,
  query: {},
  body: null,
  result: Member,
  paging: 'none',
  credential: 'key',
  permission: 'members:read',
  effect: 'read',
});

export const createMember = endpoint({
  name: 'createMember',
  method: 'POST',
  path: '/organizations/:organizationId/members',
  params: one,
  query: {},
  body: z.strictObject({ member: NewMember }),
  result: Member,
  paging: 'none',
  credential: 'key',
  permission: 'members:write',
  effect: 'write',
});

export const batchCreateMembers = endpoint({
  name: 'batchCreateMembers',
  method: 'POST',
  path: '/organizations/:organizationId/members:batchCreate',
  params: one,
  query: {},
  body: z.strictObject({
    members: z
      .array(NewMember)
      .check(
        z.minLength(1, 'must hold at least one member'),
        z.maxLength(memberBatchLimit, `must hold at most ${memberBatchLimit} members`),
      ),
  }),
  result: z.array(Member),
  paging: 'none',
  credential: 'key',
  permission: 'members:write',
  effect: 'write',
});

/** Removes an active member, or cancels a pending invitation. 204 with zero bytes. */
export const deleteMember = endpoint({
  name: 'deleteMember',
  method: 'DELETE',
  path: '/organizations/:organizationId/members/:memberId',
  params: member,
  query: {},
  body: null,
  result: null,
  paging: 'none',
  credential: 'key',
  permission: 'members:write',
  effect: 'write',
});
