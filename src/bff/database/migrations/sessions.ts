import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Who is signed in. Only the digest of a session's id is kept: nothing here opens a session. */
export interface SessionTables {
  session: {
    /** SHA-256 of the id, hexadecimal. */
    digest: string;
    /** Whom the sign-in method knows the person as. */
    subject: string;
    created_at: Date | string;
    seen_at: Date | string;
  };
  /** One row, written to find out whether writing works. */
  heartbeat: { name: string; beat_at: Date | string };
}

export const sessions = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table session (
        digest text primary key,
        subject text not null,
        created_at timestamptz not null,
        seen_at timestamptz not null
      )`.execute(db);
    await sql`create table heartbeat (name text primary key, beat_at timestamptz not null)`.execute(db);
  },
};
