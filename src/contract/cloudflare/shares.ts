import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { OrganizationId } from '../ids.ts';
import { maybe, openEnum } from '../open.ts';
import { integer, list, oneOf } from '../query.ts';

export const shareStatuses = ['active', 'deleting', 'deleted'] as const;
export const shareKinds = ['sent', 'received'] as const;
export const shareTargets = ['account', 'organization'] as const;
export const shareResourceTypes = [
  'custom-ruleset',
  'gateway-policy',
  'gateway-destination-ip',
  'gateway-block-page-settings',
  'gateway-extended-email-matching',
  'idp-federation-grant',
] as const;

export const ShareResource = z.looseObject({
  id: z.string(),
  created: maybe(z.string()),
  modified: maybe(z.string()),
  meta: z.optional(z.unknown()),
  resource_account_id: maybe(z.string()),
  resource_id: maybe(z.string()),
  resource_type: openEnum(shareResourceTypes),
  resource_version: maybe(z.number()),
  status: maybe(openEnum(shareStatuses)),
});
export type ShareResource = z.infer<typeof ShareResource>;

export const Share = z.looseObject({
  id: z.string(),
  name: z.string(),
  account_id: z.string(),
  account_name: maybe(z.string()),
  organization_id: z.string(),
  created: z.string(),
  modified: maybe(z.string()),
  kind: maybe(openEnum(shareKinds)),
  status: openEnum(shareStatuses),
  target_type: openEnum(shareTargets),
  associated_recipient_count: maybe(z.number()),
  associating_recipient_count: maybe(z.number()),
  disassociated_recipient_count: maybe(z.number()),
  disassociating_recipient_count: maybe(z.number()),
  resources: maybe(z.array(ShareResource)),
});
export type Share = z.infer<typeof Share>;

export const listShares = endpoint({
  name: 'listShares',
  method: 'GET',
  path: '/organizations/:organizationId/shares',
  params: { organizationId: OrganizationId },
  query: {
    status: oneOf(shareStatuses),
    kind: oneOf(shareKinds),
    target_type: oneOf(shareTargets),
    resource_types: list(oneOf(shareResourceTypes)),
    order: oneOf(['name', 'created']),
    direction: oneOf(['asc', 'desc']),
    page: integer(1, 1_000_000),
    per_page: integer(1, 100),
  },
  body: null,
  result: z.array(Share),
  paging: 'page',
  credential: 'key',
  permission: 'shares:read',
  effect: 'read',
  verbatim: true,
});
