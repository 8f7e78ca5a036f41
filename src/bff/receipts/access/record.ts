import type { AccessEntry, AccessKind, ExportEnd } from '../../../contract/canopy/access.ts';
import type { Arrival } from '../../../contract/canopy/receipts.ts';
import type { ErrorCode } from '../../../contract/envelope.ts';
import type { AccessTables } from '../../database/migrations/access.ts';
import type { Access } from '../../services.ts';
import { arrivalOf, arrivalText, trailOf } from '../record.ts';

type Row = AccessTables['access'];

/** What is sealed when something happened for the first time. */
export interface FirstEntry {
  id: string;
  at: string;
  actor: AccessEntry['actor'];
  /** Entries of older versions lack it. */
  came?: Arrival | null;
  operation: string;
  organizationId: string | null;
  organizations: readonly string[];
  targetId: string | null;
  reason: ErrorCode | null;
  asked: unknown;
  requestId: string;
}

/** What is sealed when it happened again, or when a file came to its end. */
export interface LaterEntry {
  id: string;
  lastAt: string;
  times: number;
  ended: ExportEnd | null;
}

export function firstEntry(access: Access, at: string, lineage: (organizationId: string) => readonly string[]): FirstEntry {
  const { person, came, operation, targetId, reason, asked, requestId } = access;
  const organizationId = access.organizationId ?? person?.scope ?? null;
  return {
    id: crypto.randomUUID(),
    at,
    actor: person && { id: person.id, name: person.name, email: person.email, role: person.role },
    came,
    operation,
    organizationId,
    organizations: organizationId === null ? [] : [organizationId, ...lineage(organizationId)],
    targetId,
    reason,
    asked,
    requestId,
  };
}

export function rowOf(kind: AccessKind, entry: FirstEntry, sequence: number): Row {
  return {
    id: entry.id,
    sequence,
    kind,
    at: new Date(entry.at),
    last_at: new Date(entry.at),
    times: 1,
    actor_id: entry.actor?.id ?? null,
    actor_name: entry.actor?.name ?? null,
    actor_email: entry.actor?.email ?? null,
    actor_role: entry.actor?.role ?? null,
    came: arrivalText(entry.came),
    operation: entry.operation,
    organization_id: entry.organizationId,
    organizations: trailOf(entry.organizations),
    target_id: entry.targetId,
    reason: entry.reason,
    asked: entry.asked === null ? null : JSON.stringify(entry.asked),
    ended: null,
    request_id: entry.requestId,
  };
}

export function laterRow({ lastAt, times, ended }: LaterEntry): Partial<Row> {
  return { last_at: new Date(lastAt), times, ended: ended && JSON.stringify(ended) };
}

/** An entry as it is shown; `counted` is what has been counted and not written down yet. */
export function accessEntryOf(row: Row, counted?: Pick<AccessEntry, 'times' | 'lastAt'>): AccessEntry {
  const { actor_id: id, actor_name: name, actor_email: email, actor_role: role } = row;
  return {
    id: row.id,
    sequence: row.sequence,
    kind: row.kind as AccessKind, // written by `rowOf` only
    at: new Date(row.at).toISOString(),
    lastAt: counted?.lastAt ?? new Date(row.last_at).toISOString(),
    times: counted?.times ?? row.times,
    actor: id === null || name === null || role === null ? null : { id, name, email, role },
    came: arrivalOf(row.came),
    operation: row.operation,
    organizationId: row.organization_id,
    targetId: row.target_id,
    reason: row.reason as ErrorCode | null, // as above
    asked: row.asked === null ? null : (JSON.parse(row.asked) as unknown),
    ended: row.ended === null ? null : (JSON.parse(row.ended) as ExportEnd), // as `laterRow` wrote it
    requestId: row.request_id,
  };
}
