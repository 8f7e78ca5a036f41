import type { AuditEvent } from '../../contract/cloudflare/audit.ts';

/** Words for the values we know; others are shown as they came. */
const contexts: Readonly<Record<string, string>> = {
  dash: 'Dashboard',
  api_key: 'API key',
  api_token: 'API token',
  oauth: 'OAuth',
  origin_ca_key: 'Origin CA key',
  api: 'API',
};
const past: Readonly<Record<string, string>> = {
  accept: 'accepted',
  add: 'added',
  assign: 'assigned',
  cancel: 'canceled',
  change: 'changed',
  create: 'created',
  delete: 'deleted',
  disable: 'disabled',
  edit: 'edited',
  enable: 'enabled',
  expire: 'expired',
  grant: 'granted',
  invite: 'invited',
  move: 'moved',
  reject: 'rejected',
  remove: 'removed',
  rename: 'renamed',
  revoke: 'revoked',
  roll: 'rolled',
  rotate: 'rotated',
  set: 'set',
  share: 'shared',
  update: 'updated',
  view: 'viewed',
};

export type ActorKind = 'person' | 'token' | 'staff' | 'system';

/** Who did it, as far as the event says. */
export function actorOf({ actor }: AuditEvent): { kind: ActorKind; name: string } {
  if (actor?.type === 'cloudflare_admin') return { kind: 'staff', name: 'Cloudflare admin' };
  if (actor?.type === 'system') return { kind: 'system', name: 'System' };
  if (actor?.token_name || actor?.token_id) return { kind: 'token', name: actor.token_name ?? actor.token_id ?? '' };
  return { kind: 'person', name: actor?.email ?? actor?.id ?? 'Unknown actor' };
}

export function viaOf({ actor }: AuditEvent): string {
  const context = actor?.context;
  return context ? (contexts[context] ?? context) : 'Not given';
}

/**
 * "invited member" and what it was done to: upstream's own description in the past tense, with the name found in the
 * bodies. `tail` is where a moved thing went: " to Redfern Systems".
 */
export function sentenceOf(event: AuditEvent): { act: string; object: string; tail: string } {
  const description = (event.action?.description ?? '').trim();
  const [first = '', ...rest] =
    description === '' ? [event.action?.type ?? 'did something to', event.resource?.type ?? ''] : description.split(/\s+/);
  const verb = first.toLowerCase();
  const { request, response } = event.resource ?? {};
  const object = nameIn(response) ?? nameIn(request) ?? '';
  const said = rest.join(' ');
  // a description may end with the name already
  const words = object !== '' && said.endsWith(object) ? said.slice(0, -object.length) : said;
  const failed = event.action?.result === 'failure';
  const act = failed ? `could not ${verb} ${words}` : `${past[verb] ?? verb} ${words}`;
  const destination = textAt(response, 'destination_organization_name');
  return { act: act.trim(), object, tail: destination === null ? '' : ` to ${destination}` };
}

function textAt(body: unknown, key: string): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const value = (body as Readonly<Record<string, unknown>>)[key]; // any object can be read by key
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The first telling name in a body: a name, an e-mail address, or how many there are. */
function nameIn(body: unknown, depth = 0): string | null {
  if (Array.isArray(body))
    return body.length === 0
      ? null
      : body.length === 1
        ? nameIn(body[0], depth)
        : `${nameIn(body[0], depth) ?? 'one'} and ${body.length - 1} more`;
  if (typeof body !== 'object' || body === null || depth > 3) return null;
  for (const key of ['email', 'name', 'account_name', 'business_name']) {
    const value = textAt(body, key);
    if (value !== null) return value;
  }
  const fields = body as Readonly<Record<string, unknown>>; // any object can be read by key
  for (const key of ['user', 'member', 'members', 'organization', 'account', 'result']) {
    const found = nameIn(fields[key], depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Everything of an event as one lower-case text, for the words that choose among loaded rows. */
export function textOf(event: AuditEvent): string {
  return JSON.stringify(event).toLowerCase();
}
