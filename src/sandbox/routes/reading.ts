import * as z from 'zod/mini';
import type { Organization } from '../../contract/cloudflare/organizations.ts';
import type { ProfileField } from '../../contract/cloudflare/profile.ts';
import { AccountId } from '../../contract/ids.ts';
import { badAccount, invalid, noOrganization } from '../refusals.ts';
import type { PlacedAccount } from '../store/store.ts';
import type { Ask, World } from './handler.ts';

/** The body by a schema; keys it does not know are dropped. Wrong fields are named by their JSON pointers. */
export function readBody<T>(schema: z.ZodMiniType<T>, body: unknown): T {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw invalid(
    ...read.error.issues.map((issue) => ({ pointer: `/${issue.path.map(String).join('/')}`, message: issue.message })),
  );
}

const line = z.string('is required and must be a string').check(z.maxLength(255, 'must have at most 255 characters'));
const longText = z.string('is required and must be a string').check(z.maxLength(16_384, 'must have at most 16384 characters'));

/** All five are required. */
export const ProfileBody = z.object({
  business_name: line,
  business_email: line,
  business_phone: line,
  business_address: longText,
  external_metadata: longText,
} satisfies Record<ProfileField, z.ZodMiniType>);

export const OrganizationBody = z.object({
  name: z
    .string('is required and must be a string')
    .check(z.trim(), z.minLength(1, 'must not be empty'), z.maxLength(255, 'must have at most 255 characters')),
  parent: z.nullish(z.object({ id: z.string('is required and must be a string') })),
  profile: z.nullish(ProfileBody),
});

/** The organization of the path, unless it is too new to be seen. */
export async function requireOrganization(ask: { params: { organizationId: string } }, world: World): Promise<Organization> {
  const { organizationId } = ask.params;
  const organization = world.lag.isHidden(organizationId) ? null : await world.store.organizations.get(organizationId);
  if (!organization) throw noOrganization();
  return organization;
}

/** The account of the path, and where it is. */
export async function requireAccount(
  ask: Pick<Ask, 'uri'> & { params: { accountId: string } },
  world: World,
): Promise<PlacedAccount> {
  const path = ask.uri.replace(/\?.*$/, '');
  if (!AccountId.safeParse(ask.params.accountId).success) throw badAccount(path, 400);
  const placed = await world.store.accounts.get(ask.params.accountId);
  if (!placed) throw badAccount(path, 404);
  return placed;
}

/** The ids from the root down to and including an organization. */
export const pathOf = (organization: Organization): readonly string[] => organization.meta.hierarchy_tags ?? [organization.id];

/** Nesting that a distributor may have, the root counted. */
export const levelLimit = 5;

/** Flags are words, not booleans: only the word that allows, allows. */
export function flagAllows(organization: Organization, flag: string): boolean {
  const flags = organization.meta.tenant_flags ?? organization.meta.flags ?? {};
  return String(flags[flag]) === 'true';
}
