import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Who came, was refused, looked at records or took a file: what the ledger holds beside writes. JSON is text on our side. */
export interface AccessTables {
  access: {
    id: string;
    /** Of its first entry in the ledger. */
    sequence: number;
    kind: string;
    at: Date | string;
    last_at: Date | string;
    times: number;
    actor_id: string | null;
    actor_name: string | null;
    actor_email: string | null;
    actor_role: string | null;
    /** An `Arrival` as JSON text. */
    came: string | null;
    operation: string;
    organization_id: string | null;
    /** The organization with its ancestors: `|id|id|`, for scopes. */
    organizations: string;
    target_id: string | null;
    reason: string | null;
    asked: string | null;
    ended: string | null;
    request_id: string;
  };
}

export const access = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table access (
        id text primary key, sequence integer not null, kind text not null,
        "at" timestamptz not null, last_at timestamptz not null, times integer not null,
        actor_id text, actor_name text, actor_email text, actor_role text,
        operation text not null, organization_id text, organizations text not null, target_id text,
        reason text, asked text, ended text, request_id text not null)`.execute(db);
  },
};
