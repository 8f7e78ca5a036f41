import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { OrganizationId } from '../ids.ts';

/** All five are free text upstream; address and metadata are often JSON inside the text. */
export const Profile = z.looseObject({
  business_name: z.string(),
  business_email: z.string(),
  business_phone: z.string(),
  business_address: z.string(),
  external_metadata: z.string(),
});
export type Profile = z.infer<typeof Profile>;

export const profileFields = [
  'business_name',
  'business_email',
  'business_phone',
  'business_address',
  'external_metadata',
] as const;
export type ProfileField = (typeof profileFields)[number];

const line = z.string().check(z.maxLength(255, 'must have at most 255 characters'));
/** Replaces the whole profile: all five fields are required. `external_metadata` is kept byte for byte. */
export const ModifyProfileRequest = z.strictObject({
  business_name: line,
  business_email: z
    .string()
    .check(
      z.maxLength(255, 'must have at most 255 characters'),
      z.regex(/^$|^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'must be an e-mail address'),
    ),
  business_phone: line,
  business_address: z.string().check(z.maxLength(2048, 'must have at most 2,048 characters')),
  external_metadata: z.string().check(z.maxLength(16_384, 'must have at most 16,384 characters')),
});

const one = { organizationId: OrganizationId };

/** The answer's `etag` header is the version to send back with a change. */
export const getProfile = endpoint({
  name: 'getProfile',
  method: 'GET',
  path: '/organizations/:organizationId/profile',
  params: one,
  query: {},
  body: null,
  result: Profile,
  paging: 'none',
  credential: 'key',
  permission: 'profile:read',
  effect: 'read',
});

/** Needs `if-match` with the version the person saw; 204 with zero bytes. */
export const modifyProfile = endpoint({
  name: 'modifyProfile',
  method: 'PUT',
  path: '/organizations/:organizationId/profile',
  params: one,
  query: {},
  body: ModifyProfileRequest,
  result: null,
  paging: 'none',
  credential: 'key',
  permission: 'profile:write',
  effect: 'write',
});
