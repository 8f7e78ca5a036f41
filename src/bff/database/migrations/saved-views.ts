import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** The state of a screen under a name, by person. */
export interface SavedViewTable {
  id: string;
  screen: string;
  name: string;
  search: string;
  /** The organization whose viewers may open it; null for the person alone. */
  shared_at: string | null;
  saved_at: string;
  person_id: string;
  person_name: string;
}

export interface SavedViewTables {
  saved_view: SavedViewTable;
  saved_view_default: { person_id: string; screen: string; view_id: string };
}

export const savedViews = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table saved_view (
        id text primary key, screen text not null, name text not null, search text not null, shared_at text,
        saved_at timestamptz not null, person_id text not null, person_name text not null)`.execute(db);
    await sql`
      create table saved_view_default (
        person_id text not null, screen text not null, view_id text not null, primary key (person_id, screen))`.execute(db);
  },
};
