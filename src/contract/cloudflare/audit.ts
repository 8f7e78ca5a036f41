import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { AuditEventId, OrganizationId } from '../ids.ts';
import { maybe, openEnum } from '../open.ts';
import { integer, list, oneOf, text, timestamp } from '../query.ts';

export const actionResults = ['success', 'failure'] as const;
export const actionTypes = ['create', 'delete', 'view', 'update'] as const;
/** Cloudflare's lists differ from page to page; `api` is in the documentation only. */
export const actorContexts = ['api_key', 'api_token', 'dash', 'oauth', 'origin_ca_key', 'api'] as const;
export const actorTypes = ['cloudflare_admin', 'system', 'user', 'account'] as const;

/** Every part may be missing, and `request` and `response` are any JSON, arrays too. */
export const AuditEvent = z.looseObject({
  id: z.string(),
  action: maybe(
    z.looseObject({
      description: maybe(z.string()),
      result: maybe(openEnum(actionResults)),
      time: maybe(z.string()),
      type: maybe(openEnum(actionTypes)),
    }),
  ),
  actor: maybe(
    z.looseObject({
      context: maybe(openEnum(actorContexts)),
      email: maybe(z.string()),
      id: maybe(z.string()),
      ip_address: maybe(z.string()),
      token_id: maybe(z.string()),
      token_name: maybe(z.string()),
      type: maybe(openEnum(actorTypes)),
    }),
  ),
  organization: maybe(z.looseObject({ id: maybe(z.string()) })),
  raw: maybe(
    z.looseObject({
      cf_ray_id: maybe(z.string()),
      method: maybe(z.string()),
      status_code: maybe(z.number()),
      uri: maybe(z.string()),
      user_agent: maybe(z.string()),
    }),
  ),
  resource: maybe(
    z.looseObject({
      id: maybe(z.string()),
      product: maybe(z.string()),
      request: z.optional(z.unknown()),
      response: z.optional(z.unknown()),
      scope: z.optional(z.unknown()),
      type: maybe(z.string()),
    }),
  ),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** The filters: each exists as it is (include) and with `.not` (exclude). Values of one filter are alternatives. */
export const auditFilters = {
  action_result: list(oneOf(actionResults)),
  action_type: list(oneOf(actionTypes)),
  actor_context: list(text(32)),
  actor_email: list(text()),
  actor_id: list(text()),
  actor_ip_address: list(text(64)),
  actor_token_id: list(text()),
  actor_token_name: list(text()),
  actor_type: list(text(32)),
  id: list(text(64)),
  raw_cf_ray_id: list(text(64)),
  raw_method: list(text(16)),
  raw_status_code: list(integer(100, 599)),
  raw_uri: list(text(2048)),
  resource_id: list(text()),
  resource_product: list(text()),
  resource_type: list(text()),
  resource_scope: list(oneOf(['organizations'])),
} as const;
export type AuditFilter = keyof typeof auditFilters;
export const auditFilterNames = Object.keys(auditFilters) as readonly AuditFilter[]; // the keys of the object above

const auditExcludes = {
  'action_result.not': auditFilters.action_result,
  'action_type.not': auditFilters.action_type,
  'actor_context.not': auditFilters.actor_context,
  'actor_email.not': auditFilters.actor_email,
  'actor_id.not': auditFilters.actor_id,
  'actor_ip_address.not': auditFilters.actor_ip_address,
  'actor_token_id.not': auditFilters.actor_token_id,
  'actor_token_name.not': auditFilters.actor_token_name,
  'actor_type.not': auditFilters.actor_type,
  'id.not': auditFilters.id,
  'raw_cf_ray_id.not': auditFilters.raw_cf_ray_id,
  'raw_method.not': auditFilters.raw_method,
  'raw_status_code.not': auditFilters.raw_status_code,
  'raw_uri.not': auditFilters.raw_uri,
  'resource_id.not': auditFilters.resource_id,
  'resource_product.not': auditFilters.resource_product,
  'resource_type.not': auditFilters.resource_type,
  'resource_scope.not': auditFilters.resource_scope,
} as const;

/** `since` (inclusive) and `before` (exclusive) are required upstream. */
const cursorQuery = {
  since: timestamp(),
  before: timestamp(),
  direction: oneOf(['asc', 'desc']),
  limit: integer(1, 1000),
  cursor: text(4096),
} as const;

export const auditQuery = { ...auditFilters, ...auditExcludes, ...cursorQuery } as const;

/** Newest first by default; user actions only: reads and refused calls (4xx) are not recorded upstream. */
export const listAuditEvents = endpoint({
  name: 'listAuditEvents',
  method: 'GET',
  path: '/organizations/:organizationId/logs/audit',
  params: { organizationId: OrganizationId },
  query: auditQuery,
  body: null,
  result: z.array(AuditEvent),
  paging: 'cursor',
  credential: 'token',
  permission: 'audit:read',
  effect: 'read',
  verbatim: true,
  recorded: 'view',
});

/** The events of one event's resource; `result_info.history_status` says how sure upstream is that it is the same resource. */
export const getResourceHistory = endpoint({
  name: 'getResourceHistory',
  method: 'GET',
  path: '/organizations/:organizationId/logs/audit/:eventId/history',
  params: { organizationId: OrganizationId, eventId: AuditEventId },
  query: { action_time: timestamp(), ...cursorQuery },
  body: null,
  result: z.array(AuditEvent),
  paging: 'cursor',
  credential: 'token',
  permission: 'audit:read',
  effect: 'read',
  verbatim: true,
  recorded: 'view',
});
