import type { Kysely } from 'kysely';
import type { SavedView, ViewScreen } from '../../contract/canopy/saved-views.ts';
import type { SavedViewTable } from '../database/migrations/saved-views.ts';
import type { Tables } from '../database/schema.ts';
import { Problem } from '../problem.ts';
import type { Clock, Directory, Person, Views } from '../services.ts';

interface Parts {
  query: Kysely<Tables>;
  directory: Pick<Directory, 'hierarchy' | 'requireVisible'>;
  clock: Clock;
}

/** A person has no use for more than this on one screen. */
const mostViews = 200;

/** Screens under a name: each person's own, and those shared at an organization that they see. */
export function createViews({ query, directory, clock }: Parts): Views {
  const seenBy = async ({ scope }: Person) => new Set((await directory.hierarchy(scope)).nodes.map((node) => node.id));

  const defaultOf = async (person: Person, screen: string): Promise<string | null> => {
    const row = await query
      .selectFrom('saved_view_default')
      .select('view_id')
      .where('person_id', '=', person.id)
      .where('screen', '=', screen)
      .executeTakeFirst();
    return row?.view_id ?? null;
  };

  /** Throws `not_found` for what the person may not open: whether it exists is not theirs to know. */
  const required = async (person: Person, id: string): Promise<SavedViewTable> => {
    const row = await query.selectFrom('saved_view').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw unknownView();
    if (row.person_id !== person.id && (row.shared_at === null || !(await seenBy(person)).has(row.shared_at)))
      throw unknownView();
    return row;
  };

  return {
    async list(person, { screen = 'spend' }) {
      const seen = await seenBy(person);
      const first = await defaultOf(person, screen);
      const rows = await query
        .selectFrom('saved_view')
        .selectAll()
        .where('screen', '=', screen)
        .where((row) => row.or([row('person_id', '=', person.id), row('shared_at', 'is not', null)]))
        .execute();
      return rows
        .filter((row) => row.person_id === person.id || (row.shared_at !== null && seen.has(row.shared_at)))
        .map((row) => viewOf(row, person, first))
        .toSorted((a, b) => Number(b.isMine) - Number(a.isMine) || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
    },

    async get(person, id) {
      const row = await required(person, id);
      return viewOf(row, person, await defaultOf(person, row.screen));
    },

    async save(person, { screen, search, sharedAt, name: given }) {
      if (sharedAt !== null) await directory.requireVisible(person.scope, sharedAt);
      const name = given.trim();
      return query.transaction().execute(async (transaction) => {
        const own = await transaction
          .selectFrom('saved_view')
          .select(['id', 'name'])
          .where('person_id', '=', person.id)
          .where('screen', '=', screen)
          .execute();
        const known = own.find((row) => row.name === name);
        if (!known && own.length >= mostViews) throw tooMany();
        const at = new Date(clock.now()).toISOString();
        const row: SavedViewTable = {
          id: known?.id ?? newId(),
          screen,
          name,
          search,
          shared_at: sharedAt,
          saved_at: at,
          person_id: person.id,
          person_name: person.name,
        };
        if (known)
          await transaction
            .updateTable('saved_view')
            .set({ search, shared_at: sharedAt, saved_at: at, person_name: person.name })
            .where('id', '=', known.id)
            .execute();
        else await transaction.insertInto('saved_view').values(row).execute();
        return viewOf(row, person, await defaultOf(person, screen));
      });
    },

    async chooseDefault(person, { screen, viewId }) {
      if (viewId !== null && (await required(person, viewId)).screen !== screen) throw unknownView();
      if (viewId === null)
        await query.deleteFrom('saved_view_default').where('person_id', '=', person.id).where('screen', '=', screen).execute();
      else
        await query
          .insertInto('saved_view_default')
          .values({ person_id: person.id, screen, view_id: viewId })
          .onConflict((conflict) => conflict.columns(['person_id', 'screen']).doUpdateSet({ view_id: viewId }))
          .execute();
      return { viewId };
    },

    async remove(person, id) {
      const row = await required(person, id);
      if (row.person_id !== person.id) throw notYours(row.person_name);
      await query.deleteFrom('saved_view').where('id', '=', id).execute();
      await query.deleteFrom('saved_view_default').where('view_id', '=', id).execute();
      return { id };
    },
  };
}

const viewOf = (row: SavedViewTable, person: Person, first: string | null): SavedView => ({
  id: row.id,
  name: row.name,
  screen: row.screen as ViewScreen, // checked when it was written
  search: row.search,
  sharedAt: row.shared_at,
  isDefault: row.id === first,
  isMine: row.person_id === person.id,
  by: { id: row.person_id, name: row.person_name },
  at: row.saved_at,
});

/** Short, for addresses: 48 bits of chance, as hexadecimal text. */
const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const unknownView = () =>
  new Problem({
    code: 'not_found',
    message: 'There is no such view. It may have been deleted, or is not shared with you.',
    action: 'Choose one from the list of saved views.',
  });

const notYours = (name: string) =>
  new Problem({
    code: 'not_allowed',
    message: `This view is ${name}’s, and only they delete it.`,
    action: 'Save one of your own.',
  });

const tooMany = () =>
  new Problem({
    code: 'invalid_request',
    message: `You keep ${mostViews} views of this screen already.`,
    action: 'Delete one that you do not need.',
    fields: [{ field: 'name', message: 'would be one view too many' }],
  });
