import { createHash, randomUUID } from 'node:crypto';
import type { AuditEvent } from '../../contract/cloudflare/audit.ts';
import type { AnyAsk, World } from './handler.ts';

/** What a write did, for the audit trail. */
export interface Deed {
  /** Whose trails it belongs in. */
  readonly organizationIds: readonly string[];
  readonly type: 'create' | 'update' | 'delete';
  readonly description: string;
  readonly resource: { readonly product: string; readonly type: string; readonly id: string; readonly response?: unknown };
  readonly status?: 200 | 204;
}

/** Appends a write to the audit trail under the Ray ID that its answer carries. */
export async function record(ask: AnyAsk, world: World, deed: Deed): Promise<void> {
  const actorId = await callerId(ask, world, deed.organizationIds[0]);
  for (const organizationId of new Set(deed.organizationIds)) {
    const event: AuditEvent = {
      id: randomUUID(),
      action: {
        description: deed.description,
        result: 'success',
        time: new Date(world.now()).toISOString(),
        type: deed.type,
      },
      actor: {
        context: ask.caller.context,
        email: ask.caller.email,
        id: actorId,
        ip_address: ask.address,
        ...(ask.caller.tokenId !== null && { token_id: ask.caller.tokenId }),
        ...(ask.caller.tokenName !== null && { token_name: ask.caller.tokenName }),
        type: 'user',
      },
      organization: { id: organizationId },
      raw: {
        cf_ray_id: ask.ray,
        method: ask.row.method,
        status_code: deed.status ?? 200,
        uri: ask.uri,
        user_agent: ask.userAgent,
      },
      resource: {
        id: deed.resource.id,
        product: deed.resource.product,
        ...(ask.body !== undefined && { request: ask.body }),
        ...(deed.resource.response !== undefined && { response: deed.resource.response }),
        scope: 'organizations',
        type: deed.resource.type,
      },
    };
    await world.store.audit.append(organizationId, [event]);
  }
}

/** The caller's user id: that of their membership where they have one. */
async function callerId(ask: AnyAsk, world: World, organizationId: string | undefined): Promise<string> {
  const organization = organizationId === undefined ? null : await world.store.organizations.get(organizationId);
  for (const id of [...(organization?.meta.hierarchy_tags ?? [])].reverse()) {
    const member = await world.store.members.findCurrent(id, ask.caller.email);
    if (member?.user.id) return member.user.id;
  }
  return createHash('sha256').update(ask.caller.email).digest('hex').slice(0, 32);
}
