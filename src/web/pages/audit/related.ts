import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import { second } from './range.ts';

const minute = 60_000;
const hour = 60 * minute;

export interface Related {
  label: string;
  /** What the audit screen's address says of it; the event itself is among what it finds. */
  search: Record<string, string | string[]>;
}

/** What else to look at from an event: what its actor did just before and after, its request, and its token for a day. */
export function relatedTo({ id, action, actor, raw }: AuditEvent): Related[] {
  const at = Date.parse(action?.time ?? '');
  if (Number.isNaN(at)) return [];
  const around = (reach: number) => ({ since: second(at - reach), before: second(at + reach), event: id });
  const who = actor?.email ? { actor_email: [actor.email] } : actor?.id ? { actor_id: [actor.id] } : null;
  return [
    who && { label: 'This actor, 10 minutes before and after', search: { ...who, ...around(10 * minute) } },
    raw?.cf_ray_id && {
      label: 'All of this request',
      search: { raw_cf_ray_id: [raw.cf_ray_id], ...around(10 * minute) },
    },
    actor?.token_id && {
      label: 'This token, 12 hours before and after',
      search: { actor_token_id: [actor.token_id], ...around(12 * hour) },
    },
  ].filter((related) => typeof related === 'object' && related !== null);
}
