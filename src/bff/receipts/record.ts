import type { Arrival, Receipt, ReceiptOutcome } from '../../contract/canopy/receipts.ts';
import type { UpstreamMessage } from '../../contract/envelope.ts';
import type { ReceiptTable } from '../database/migrations/receipts.ts';

/** What is written down before a write is sent. */
export interface Intent {
  id: string;
  at: string;
  actor: Receipt['actor'];
  /** Intents of older versions lack it. */
  came?: Arrival | null;
  operation: string;
  summary: string;
  organizationId: string | null;
  /** Organizations the write belongs to, each with its ancestors. */
  organizations: readonly string[];
  targetId: string | null;
  method: string;
  path: string;
  params: Readonly<Record<string, string>>;
  request: unknown;
  /** What reading back has to know of the time before. */
  before: unknown;
  reason: string | null;
  requestId: string;
}

/** What is written down when it is known how a write ended. */
export interface Outcome {
  settledAt: string;
  outcome: Exclude<ReceiptOutcome, 'pending'>;
  settledBy: Receipt['settledBy'];
  status: number | null;
  errors: readonly UpstreamMessage[];
  rayId: string | null;
  duration: number | null;
  /** In place of the intent's, where less than all of it happened. */
  summary?: string;
  /** The thing that was made. */
  targetId?: string;
}

/** A receipt with what only Canopy itself needs. */
export interface StoredReceipt extends Receipt {
  params: Readonly<Record<string, string>>;
  before: unknown;
}

export function intentRow(intent: Intent, sequence: number): ReceiptTable {
  return {
    id: intent.id,
    sequence,
    at: new Date(intent.at),
    settled_at: null,
    actor_id: intent.actor.id,
    actor_name: intent.actor.name,
    actor_email: intent.actor.email,
    actor_role: intent.actor.role,
    came: arrivalText(intent.came),
    operation: intent.operation,
    summary: intent.summary,
    organization_id: intent.organizationId,
    organizations: trailOf(intent.organizations),
    target_id: intent.targetId,
    method: intent.method,
    path: intent.path,
    params: JSON.stringify(intent.params),
    request: intent.request === undefined ? null : JSON.stringify(intent.request),
    before: intent.before === undefined ? null : JSON.stringify(intent.before),
    reason: intent.reason,
    outcome: 'pending',
    settled_by: null,
    status: null,
    errors: '[]',
    ray_id: null,
    request_id: intent.requestId,
    duration: null,
  };
}

export function outcomeRow(outcome: Outcome): Partial<ReceiptTable> {
  return {
    settled_at: new Date(outcome.settledAt),
    outcome: outcome.outcome,
    settled_by: outcome.settledBy,
    status: outcome.status,
    errors: JSON.stringify(outcome.errors),
    ray_id: outcome.rayId,
    duration: outcome.duration,
    ...(outcome.summary === undefined ? {} : { summary: outcome.summary }),
    ...(outcome.targetId === undefined ? {} : { target_id: outcome.targetId }),
  };
}

/** As both kinds of entries keep it. */
export const arrivalText = (came: Arrival | null | undefined): string | null => (came ? JSON.stringify(came) : null);
export const arrivalOf = (came: string | null): Arrival | null => (came === null ? null : (JSON.parse(came) as Arrival)); // as `arrivalText` wrote it

/** Ids so that each can be found as `|id|`. */
export function trailOf(organizations: readonly string[]): string {
  return `|${[...new Set(organizations)].join('|')}|`;
}

export function storedReceipt(row: ReceiptTable): StoredReceipt {
  return { ...receiptOf(row), params: parsed(row.params) as Record<string, string>, before: parsed(row.before) }; // as `intentRow` wrote it
}

export function receiptOf(row: ReceiptTable): Receipt {
  return {
    id: row.id,
    sequence: row.sequence,
    at: timeOf(row.at),
    settledAt: row.settled_at === null ? null : timeOf(row.settled_at),
    actor: { id: row.actor_id, name: row.actor_name, email: row.actor_email, role: row.actor_role },
    came: arrivalOf(row.came),
    operation: row.operation,
    summary: row.summary,
    organizationId: row.organization_id,
    targetId: row.target_id,
    method: row.method,
    path: row.path,
    request: parsed(row.request),
    reason: row.reason,
    outcome: row.outcome as ReceiptOutcome, // written by `intentRow` and `outcomeRow` only
    settledBy: row.settled_by as Receipt['settledBy'], // as above
    status: row.status,
    errors: parsed(row.errors) as UpstreamMessage[], // as above
    rayId: row.ray_id,
    requestId: row.request_id,
    duration: row.duration,
  };
}

const timeOf = (time: Date | string) => new Date(time).toISOString();

function parsed(text: string | null): unknown {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  return value;
}
