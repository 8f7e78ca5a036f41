import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createOrganization } from '../../../contract/cloudflare/organizations.ts';
import { openDatabase } from '../../database/open.ts';
import { organization } from '../testing.ts';
import { foundNotes } from './found-notes.ts';

test('more changes than are looked at are said to be there, and the newest are looked at', async () => {
  const place = organization('root');
  const reach = { ids: [place], live: [place], nameOf: (id: string) => id, tagged: async () => null };
  const reader = { reach, nameOf: () => 'Root', seesActors: true, seesAll: true };
  const range = { from: '2026-11-01', to: '2026-11-11' };
  const database = await openDatabase(':memory:');
  try {
    const make = (from: number, to: number, at = place) =>
      sql`insert into receipt (id, sequence, "at", actor_id, actor_name, actor_role, operation, summary, organization_id,
        organizations, target_id, method, path, params, request, outcome, errors, request_id)
        select 'r' || made, made, timestamptz '2026-11-05 12:00:00Z', 'ada', 'Ada', 'administrator', ${createOrganization.name}, '', ${at},
          ${`|${at}|`}, ${at}, 'POST', '', '{}', '{"name":"Number ' || made || '"}', 'done', '[]', '' from range(${from}, ${to}) as numbers(made)`.execute(
        database.query,
      );
    await make(0, 2_000);
    expect(await foundNotes(database.query, range, reader)).toMatchObject({ notes: { length: 2_000 }, more: false });
    await make(2_000, 2_050, organization('elsewhere'));
    expect((await foundNotes(database.query, range, reader)).more).toBe(false);
    await make(2_050, 2_052);
    const { notes, more } = await foundNotes(database.query, range, reader);
    expect([notes.length, notes[0]?.text, more]).toEqual([2_000, 'Organization Number 2051 created', true]);
  } finally {
    await database.close();
  }
});
