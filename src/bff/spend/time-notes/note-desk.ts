import { isAskableDay, notAskable } from '../../../contract/day.ts';
import { roleAllows } from '../../../contract/permissions.ts';
import type { SpendNote } from '../../../contract/canopy/spend-notes.ts';
import type { Database } from '../../database/open.ts';
import type { SpendNoteTable } from '../../database/migrations/spend-notes.ts';
import { Problem } from '../../problem.ts';
import type { Clock, Directory, Person, SpendNoteDesk } from '../../services.ts';
import { longestRange } from '../answers/ask.ts';
import { addDays, dayOf, daysBetween } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { ofOrganizations } from '../dimensions.ts';
import type { Reaches } from '../reach.ts';
import { foundNotes } from './found-notes.ts';

interface Parts {
  database: Database;
  directory: Pick<Directory, 'requireVisible'>;
  reaches: Reaches;
  clock: Clock;
}

const shownNotes = 500;
/** Of one organization. */
const mostNotes = 5_000;

/** Notes on the time axis: what people wrote, and what Canopy knows by itself. */
export function createNoteDesk({ database, directory, reaches, clock }: Parts): SpendNoteDesk {
  const { query } = database;
  const whole = (person: Person) => reaches.of({ scope: person.scope, organization: undefined, descendants: true });

  const required = async (person: Person, id: string): Promise<SpendNoteTable> => {
    const row = await query.selectFrom('spend_note').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row || !(await whole(person)).ids.includes(row.organization_id)) throw unknownNote();
    if (row.person_id !== person.id) throw notYours(row.person_name);
    return row;
  };

  return {
    async list(person, { organization, descendants = true, from, to }) {
      const today = dayOf(clock.now());
      const range = rangeOf(from, to, today);
      const reach = await reaches.of({ scope: person.scope, organization, descendants });
      const seen = await whole(person);
      const known = new Set(seen.ids);
      const { written, found } = await database.snapshot(async (moment) => ({
        written: await moment
          .selectFrom('spend_note')
          .selectAll()
          .where(ofOrganizations(reach.ids))
          .where('from_day', '<', range.to)
          .where('to_day', '>=', range.from)
          .execute(),
        found: await foundNotes(moment, range, {
          reach,
          nameOf: (id) => (known.has(id) ? seen.nameOf(id) : null),
          seesActors: roleAllows(person.role, 'receipts:read'),
          seesAll: person.scope === null,
        }),
      }));
      const notes: SpendNote[] = [
        ...written.map((row) => noteOf(row, reach.nameOf(row.organization_id), person)),
        ...found.notes.map((note) => Object.assign(note, { isMine: false })),
      ].toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
      return { notes: notes.slice(-shownNotes), total: notes.length, more: found.more };
    },

    async create(person, { organizationId, note }) {
      requireDays(note, 'note.');
      await directory.requireVisible(person.scope, organizationId);
      const { notes } = await query
        .selectFrom('spend_note')
        .select(({ fn }) => fn.countAll().as('notes'))
        .where('organization_id', '=', organizationId)
        .executeTakeFirstOrThrow();
      if (Number(notes) >= mostNotes) throw tooMany();
      const row: SpendNoteTable = {
        id: crypto.randomUUID(),
        organization_id: organizationId,
        from_day: note.from,
        to_day: note.to,
        text: note.text.trim(),
        written_at: new Date(clock.now()).toISOString(),
        person_id: person.id,
        person_name: person.name,
      };
      await query.insertInto('spend_note').values(row).execute();
      return noteOf(row, (await whole(person)).nameOf(organizationId), person);
    },

    async change(person, id, note) {
      requireDays(note, '');
      const row = await required(person, id);
      const changed = {
        from_day: note.from,
        to_day: note.to,
        text: note.text.trim(),
        written_at: new Date(clock.now()).toISOString(),
      };
      await query.updateTable('spend_note').set(changed).where('id', '=', id).execute();
      return noteOf({ ...row, ...changed }, (await whole(person)).nameOf(row.organization_id), person);
    },

    async remove(person, id) {
      await required(person, id);
      await query.deleteFrom('spend_note').where('id', '=', id).execute();
      return { id };
    },
  };
}

/** By day, then by when it was written. */
const orderOf = ({ from, at, id }: SpendNote): string => `${from} ${at ?? ''} ${id}`;

const noteOf = (row: SpendNoteTable, organizationName: string, person: Person): SpendNote => ({
  id: row.id,
  kind: 'person',
  from: row.from_day,
  to: row.to_day,
  text: row.text,
  organizationId: row.organization_id,
  organizationName,
  at: row.written_at,
  by: { id: row.person_id, name: row.person_name },
  isMine: row.person_id === person.id,
});

function rangeOf(from: Day | undefined, to: Day | undefined, today: Day): DayRange {
  const end = to ?? addDays(today, 1);
  const range = { from: from ?? addDays(end, -31), to: end };
  const fields = (['from', 'to'] as const).filter((name) => !isAskableDay(range[name]));
  if (fields.length > 0) throw wrongDays(fields.map((field) => ({ field, message: notAskable })));
  if (range.from < range.to && daysBetween(range.from, range.to) <= longestRange) return range;
  throw wrongDays([{ field: 'to', message: `must be 1 to ${longestRange} days after from` }]);
}

function requireDays({ from, to }: { from: Day; to: Day }, prefix: string): void {
  if (from > to) throw wrongDays([{ field: `${prefix}to`, message: 'must not be before from' }]);
  if (daysBetween(from, to) > longestRange)
    throw wrongDays([{ field: `${prefix}to`, message: `must be at most ${longestRange} days after from` }]);
}

const wrongDays = (fields: readonly { field: string; message: string }[]) =>
  new Problem({
    code: 'invalid_request',
    message: 'The days are not valid.',
    action: 'Choose other days.',
    fields,
  });

const tooMany = () =>
  new Problem({
    code: 'invalid_request',
    message: `An organization keeps at most ${mostNotes.toLocaleString('en-US')} notes, and this one has them.`,
    action: 'Delete notes that nobody needs any more.',
    fields: [{ field: 'organizationId', message: 'has as many notes as are kept' }],
  });

const unknownNote = () =>
  new Problem({
    code: 'not_found',
    message: 'There is no such note. It may have been deleted, or is of an organization that you may not see.',
    action: 'Read the notes again.',
  });

const notYours = (name: string) =>
  new Problem({
    code: 'not_allowed',
    message: `This note is ${name}’s, and only they change or delete it.`,
    action: 'Write a note of your own.',
  });
