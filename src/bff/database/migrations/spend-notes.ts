import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What people wrote of days. */
export interface SpendNoteTable {
  id: string;
  organization_id: string;
  from_day: string;
  /** The last day, included. */
  to_day: string;
  text: string;
  written_at: string;
  person_id: string;
  person_name: string;
}

export interface SpendNoteTables {
  spend_note: SpendNoteTable;
}

export const spendNotes = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table spend_note (
        id text primary key, organization_id text not null, from_day date not null, to_day date not null, text text not null,
        written_at timestamptz not null, person_id text not null, person_name text not null)`.execute(db);
  },
};
