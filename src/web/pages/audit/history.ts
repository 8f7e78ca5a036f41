/** The states that the entries of a resource's history left behind, and what can be compared of them. */
import { readVerbatim } from '../../../contract/exact-json.ts';
import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import { masked } from './masking.ts';

const day = 86_400_000;
/** Days on both sides of an event that its history is asked for at first. */
export const firstReach = 90;

/** The question for the history around an event; null where the event carries no time. */
export function historyAround(event: AuditEvent, days = firstReach) {
  const time = event.action?.time;
  const at = Date.parse(time ?? '');
  if (!time || Number.isNaN(at)) return null;
  const moved = (by: number) => new Date(at + by * day).toISOString();
  return { action_time: time, since: moved(-days), before: moved(days), limit: 100 };
}

/** The question for an event and the few entries before it, as far back as anything is kept. */
export function historyBefore(event: AuditEvent) {
  const around = historyAround(event, 540);
  return around && { ...around, before: new Date(Date.parse(around.action_time) + 1_000).toISOString(), limit: 5 };
}

/** What an entry left: what upstream answered, or what was asked where it answered nothing. Secrets are masked, JSON in texts is unfolded. */
export function stateAfter({ resource }: AuditEvent): unknown {
  return unfolded(masked(resource?.response ?? resource?.request ?? null).value);
}

/** Texts that are JSON objects become those objects, so that a field inside of them is a field. */
function unfolded(value: unknown, depth = 0): unknown {
  if (typeof value === 'string' && /^\s*\{/.test(value)) {
    try {
      return readVerbatim(value);
    } catch {
      return value;
    }
  }
  if (depth > 32 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => unfolded(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unfolded(inner, depth + 1)]));
}

/** Both states with the fields they share: of the others it is not known what they were. Null where they share none. */
export function commonFields(before: unknown, after: unknown): { before: object; after: object } | null {
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) return null;
  const only = (fields: object, other: object) =>
    Object.fromEntries(Object.entries(fields).filter(([key]) => Object.hasOwn(other, key)));
  const shared = { before: only(before, after), after: only(after, before) };
  return Object.keys(shared.before).length === 0 ? null : shared;
}
