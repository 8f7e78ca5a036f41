import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { AccountId, OrganizationId } from '../ids.ts';
import { maybe } from '../open.ts';
import { integer, list, text } from '../query.ts';
import { Profile } from './profile.ts';

/** Strings upstream, not booleans: `"false"` is truthy, and an unknown word means unknown, not allowed. */
export const OrganizationFlags = z.record(z.string(), z.unknown());

export const Organization = z.looseObject({
  id: z.string(),
  name: z.string(),
  create_time: z.string(),
  meta: z.looseObject({
    /** From the root organization down to and including this one. */
    hierarchy_tags: z.optional(z.array(z.string())),
    managed_by: maybe(z.string()),
    tenant_flags: maybe(OrganizationFlags),
    /** The name of `tenant_flags` in older answers. */
    flags: maybe(OrganizationFlags),
  }),
  parent: maybe(z.looseObject({ id: z.string(), name: maybe(z.string()) })),
  /** Taken on create; not returned by get. */
  profile: maybe(Profile),
});
export type Organization = z.infer<typeof Organization>;

const OrganizationName = z
  .string()
  .check(z.trim(), z.minLength(1, 'must not be empty'), z.maxLength(255, 'must have at most 255 characters'));

export const CreateOrganizationRequest = z.strictObject({
  name: OrganizationName,
  parent: z.optional(z.strictObject({ id: OrganizationId })),
  profile: z.optional(Profile),
});

/** Replaces: without `profile` upstream may clear it, so Canopy always sends it back. */
export const ModifyOrganizationRequest = z.strictObject({
  name: OrganizationName,
  parent: z.optional(z.strictObject({ id: OrganizationId })),
  profile: z.optional(Profile),
});

/** Parameters of every list that continues by token. */
export const pageTokenQuery = { page_token: text(2048), page_size: integer(0, 1000) } as const;

const one = { organizationId: OrganizationId };

/** `GET /organizations`. An API token or a key; the only organization list an API token can read. */
export const listOrganizations = endpoint({
  name: 'listOrganizations',
  method: 'GET',
  path: '/organizations',
  params: {},
  query: {
    id: list(text(32)),
    name: text(),
    'name.startsWith': text(),
    'name.endsWith': text(),
    'name.contains': text(),
    'containing.account': text(),
    'containing.user': text(),
    'containing.organization': text(),
    /** An id, or the word `null` for root organizations. */
    'parent.id': text(32),
    ...pageTokenQuery,
  },
  body: null,
  result: z.array(Organization),
  paging: 'page_token',
  credential: 'token',
  permission: 'organizations:read',
  effect: 'read',
});

export const getOrganization = endpoint({
  name: 'getOrganization',
  method: 'GET',
  path: '/organizations/:organizationId',
  params: one,
  query: {},
  body: null,
  result: Organization,
  paging: 'none',
  credential: 'key',
  permission: 'organizations:read',
  effect: 'read',
});

export const createOrganization = endpoint({
  name: 'createOrganization',
  method: 'POST',
  path: '/organizations',
  params: {},
  query: {},
  body: CreateOrganizationRequest,
  result: Organization,
  paging: 'none',
  credential: 'key',
  permission: 'organizations:write',
  effect: 'write',
});

/** Rename and re-parent. */
export const modifyOrganization = endpoint({
  name: 'modifyOrganization',
  method: 'PUT',
  path: '/organizations/:organizationId',
  params: one,
  query: {},
  body: ModifyOrganizationRequest,
  result: Organization,
  paging: 'none',
  credential: 'key',
  permission: 'organizations:write',
  effect: 'write',
});

/** Answers 200 with the id. Refused while sub-organizations, accounts or members remain. */
export const deleteOrganization = endpoint({
  name: 'deleteOrganization',
  method: 'DELETE',
  path: '/organizations/:organizationId',
  params: one,
  query: {},
  body: null,
  result: z.looseObject({ id: z.string() }),
  paging: 'none',
  credential: 'key',
  permission: 'organizations:write',
  effect: 'write',
});

/** The organizations an account belongs to. */
export const listAccountOrganizations = endpoint({
  name: 'listAccountOrganizations',
  method: 'GET',
  path: '/accounts/:accountId/organizations',
  params: { accountId: AccountId },
  query: {},
  body: null,
  result: z.array(Organization),
  paging: 'none',
  credential: 'key',
  permission: 'accounts:read',
  effect: 'read',
});
