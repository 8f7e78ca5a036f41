import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** One write, as it stands. JSON is text on our side. */
export interface ReceiptTable {
  id: string;
  sequence: number;
  at: Date | string;
  settled_at: Date | string | null;
  actor_id: string;
  actor_name: string;
  actor_email: string | null;
  actor_role: string;
  /** An `Arrival` as JSON text. */
  came: string | null;
  operation: string;
  summary: string;
  organization_id: string | null;
  /** Every organization this belongs to, with its ancestors: `|id|id|`, for scopes. */
  organizations: string;
  target_id: string | null;
  method: string;
  path: string;
  /** The captures of the path, for reading back after a restart. */
  params: string;
  request: string | null;
  /** What reading back has to know of the time before the write. */
  before: string | null;
  reason: string | null;
  outcome: string;
  settled_by: string | null;
  status: number | null;
  errors: string;
  ray_id: string | null;
  request_id: string;
  duration: number | null;
}

/** The ledger: what was written about receipts, in order, each entry sealed with the digest of the one before. */
export interface LedgerEntryTable {
  sequence: number;
  receipt_id: string;
  kind: string;
  body: string;
  seal: string;
}

/** Intents to write that must not happen twice. */
export interface IntentTable {
  person_id: string;
  key: string;
  /** Digest of what is to be done. */
  fingerprint: string;
  receipt_id: string;
  at: Date | string;
  /** The answer that a repetition gets; null while there is none. */
  answer: string | null;
}

export interface ReceiptTables {
  receipt: ReceiptTable;
  ledger_entry: LedgerEntryTable;
  intent: IntentTable;
}

const statements = [
  `create table receipt (
    id text primary key, sequence integer not null, "at" timestamptz not null, settled_at timestamptz,
    actor_id text not null, actor_name text not null, actor_email text, actor_role text not null,
    operation text not null, summary text not null, organization_id text, organizations text not null, target_id text,
    method text not null, path text not null, params text not null, request text, before text, reason text,
    outcome text not null, settled_by text, status integer, errors text not null, ray_id text,
    request_id text not null, duration double precision)`,
  `create table ledger_entry (
    sequence integer not null, receipt_id text not null, kind text not null, body text not null, seal text not null)`,
  `create table intent (
    person_id text not null, key text not null, fingerprint text not null, receipt_id text not null,
    "at" timestamptz not null, answer text)`,
];

export const receipts = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
