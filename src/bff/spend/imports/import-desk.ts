import type { beginImport, ImportDraft, ImportedSource, ImportReport } from '../../../contract/canopy/imports.ts';
import type { BodyOf } from '../../../contract/endpoint.ts';
import type { Database } from '../../database/open.ts';
import { withMemory } from '../../database/with-memory.ts';
import type { UsageImportTable } from '../../database/migrations/usage-sources.ts';
import type { NewDigest } from '../../exports/digest.ts';
import { Problem } from '../../problem.ts';
import type { Clock, Directory, ImportDesk, Person } from '../../services.ts';
import type { Day } from '../days.ts';
import type { Reaches } from '../reach.ts';
import type { ReadRecord } from '../store/record.ts';
import { newColumns } from './columns.ts';
import { ImportBook, overlapWith, readImports, unknownImport } from './book.ts';
import { FileCheck } from './check.ts';
import { RowReader } from './read-row.ts';
import { withRows } from './rows.ts';
import type { FileRows } from './rows.ts';
import type { Shelf } from './shelf.ts';

interface Parts {
  database: Database;
  reaches: Reaches;
  directory: Pick<Directory, 'requireVisible'>;
  clock: Clock;
  shelf: Shelf;
  newDigest: NewDigest;
  /** What counts has changed: it is added up and priced again. */
  changed: () => void;
  closing: AbortSignal;
}

const draftLifetime = 60 * 60_000;
/** Files on their way at once; the one that was not touched for longest makes room. */
const mostDrafts = 8;
const shortestWait = 60_000;
/** How long rows are read before everything else has its turn, in milliseconds. */
const longestTurn = 12;

interface Draft {
  id: string;
  person: Person;
  body: BodyOf<typeof beginImport>;
  received: number;
  /** On the clock that only grows. */
  touchedAt: number;
  checked: { report: ImportReport; days: readonly Day[] } | null;
  /** What is being done with it. */
  busy: 'receiving' | 'checking' | 'storing' | null;
  dropped: AbortController;
}

/**
 * Takes files in. A file is sent in parts to the data folder, checked row by row, shown to the person, and stored only
 * when they say so. It is removed from the folder whatever happens.
 */
export function createImportDesk({ database, reaches, directory, clock, shelf, newDigest, changed, closing }: Parts): ImportDesk {
  const book = new ImportBook(database, reaches.depthOf);
  const drafts = new Map<string, Draft>();

  async function drop(id: string): Promise<void> {
    drafts.get(id)?.dropped.abort();
    drafts.delete(id);
    await shelf.remove(id);
  }
  async function makeRoom(): Promise<void> {
    const idle = [...drafts.values()].filter(({ busy }) => busy === null).toSorted((a, b) => a.touchedAt - b.touchedAt);
    for (const draft of idle.slice(0, drafts.size - mostDrafts + 1)) await drop(draft.id);
  }
  const leftOf = ({ touchedAt }: Draft): number => touchedAt + draftLifetime - clock.monotonic();
  /** Removes a file that nobody comes back to. */
  async function expire(draft: Draft): Promise<void> {
    const ended = AbortSignal.any([draft.dropped.signal, closing]);
    while (draft.busy !== null || leftOf(draft) > 0) await clock.sleep(Math.max(leftOf(draft), shortestWait), ended);
    await drop(draft.id);
  }

  /** The draft of a person; others do not know of it. */
  async function draftOf(person: Person, id: string): Promise<Draft> {
    const draft = drafts.get(id);
    if (!draft || draft.person.id !== person.id) throw gone();
    await directory.requireVisible(person.scope, draft.body.organization);
    return draft;
  }
  async function holding<T>(draft: Draft, why: NonNullable<Draft['busy']>, work: () => Promise<T>): Promise<T> {
    if (draft.busy !== null) throw busy();
    draft.busy = why;
    try {
      return await work();
    } finally {
      draft.busy = null;
      draft.touchedAt = clock.monotonic();
    }
  }
  const shown = (draft: Draft): ImportDraft => ({
    id: draft.id,
    received: draft.received,
    expiresAt: new Date(clock.now() + leftOf(draft)).toISOString(),
  });

  async function stored(person: Person, id: string): Promise<UsageImportTable> {
    const row = await book.find(id);
    if (!row) throw unknownImport();
    await directory.requireVisible(person.scope, row.organization_id);
    return row;
  }
  async function sourceOf(person: Person, id: string): Promise<ImportedSource> {
    const reach = await reaches.of({ scope: person.scope, organization: undefined, descendants: true });
    const [source] = await readImports(database.query, reach, id);
    if (!source) throw unknownImport();
    return source;
  }
  /** The import that a draft takes the place of. */
  async function replacedBy(person: Person, { body }: Draft): Promise<UsageImportTable | undefined> {
    if (body.replaces === undefined) return undefined;
    const row = await stored(person, body.replaces);
    if (row.organization_id !== body.organization) throw otherOrganization();
    return row;
  }

  async function digestOf(id: string): Promise<string> {
    const digest = newDigest();
    for await (const piece of shelf.read(id)) digest.update(piece);
    return digest.hex();
  }

  async function check(draft: Draft, ended: AbortSignal): Promise<{ report: ImportReport; days: readonly Day[] }> {
    const digest = await digestOf(draft.id);
    const found = await withRows(shelf, draft.id, async (file) => {
      const check = new FileCheck(file);
      for await (const batch of inTurns(file.batches, clock)) {
        ended.throwIfAborted();
        for (const row of batch) check.add(row);
      }
      return check;
    });
    const days = [...found.days].toSorted();
    const { person, body } = draft;
    const reach = await reaches.of({ scope: person.scope, organization: body.organization, descendants: true });
    const overlap = await overlapWith(database.query, reach, found.accounts, days);
    const twin = await database.query
      .selectFrom('usage_import')
      .select(['id', 'name', 'stored_at'])
      .where('digest', '=', digest)
      .where('organization_id', '=', draft.body.organization)
      .where('id', '!=', draft.body.replaces ?? '')
      .executeTakeFirst();
    const same = twin ? { id: twin.id, name: twin.name, storedAt: twin.stored_at } : null;
    return { report: found.report({ digest, overlap, same }), days };
  }

  return {
    async list(of) {
      return readImports(database.query, await reaches.of(of));
    },

    async begin(person, body) {
      await directory.requireVisible(person.scope, body.organization);
      if (drafts.size >= mostDrafts) await makeRoom();
      if (drafts.size >= mostDrafts) throw busy();
      const id = crypto.randomUUID();
      const draft: Draft = {
        id,
        person,
        body,
        received: 0,
        touchedAt: clock.monotonic(),
        checked: null,
        busy: null,
        dropped: new AbortController(),
      };
      await replacedBy(person, draft);
      drafts.set(id, draft);
      void expire(draft).catch(() => undefined); // dropping and closing end the wait; the folder is emptied at the next start
      return shown(draft);
    },

    async receive(person, id, offset, bytes) {
      const draft = await draftOf(person, id);
      return holding(draft, 'receiving', async () => {
        const end = offset + bytes.byteLength;
        if (end <= draft.received && draft.received > 0) return shown(draft); // sent again, and here already
        if (offset !== draft.received || end > draft.body.size || bytes.byteLength === 0) throw wrongPart(draft);
        draft.checked = null;
        try {
          await shelf.append(id, bytes);
        } catch (error) {
          await drop(id); // how much of the part was written is not known
          throw noRoom(error);
        }
        draft.received = end;
        return shown(draft);
      });
    },

    async check(person, id, signal) {
      const draft = await draftOf(person, id);
      const ended = AbortSignal.any([draft.dropped.signal, closing, ...(signal ? [signal] : [])]);
      return holding(draft, 'checking', async () => {
        if (draft.received !== draft.body.size) throw wrongPart(draft);
        try {
          draft.checked = await check(draft, ended);
        } catch (error) {
          if (draft.dropped.signal.aborted) throw gone();
          if (!ended.aborted) await drop(id); // else it can be checked again
          throw error;
        }
        return draft.checked.report;
      });
    },

    async take(person, id, counts) {
      const draft = await draftOf(person, id);
      const { checked } = draft;
      if (!checked) throw unchecked();
      const { report, days } = checked;
      const { period } = report;
      if (period === null) throw empty();
      await holding(draft, 'storing', async () => {
        const replaced = await replacedBy(person, draft);
        const row = {
          id,
          organization_id: draft.body.organization,
          name: draft.body.name,
          file_name: draft.body.fileName,
          file_size: String(draft.body.size),
          digest: report.digest,
          format: report.format,
          stored_at: new Date(clock.now()).toISOString(),
          person_id: person.id,
          person_name: person.name,
          counts,
          first_day: period.from,
          last_day: period.to,
          report: JSON.stringify(report),
        };
        try {
          await withMemory(() =>
            withRows(shelf, id, (file) =>
              book.keep(row, { days, newColumns: newColumns(file.columns), batches: recordsOf(file, clock) }, replaced),
            ),
          );
        } finally {
          await drop(id);
        }
      });
      changed();
      return sourceOf(person, id);
    },

    async change(person, id, { name, counts }) {
      await stored(person, id);
      await book.change(id, { name, counts });
      changed();
      return sourceOf(person, id);
    },

    async remove(person, id) {
      const draft = drafts.get(id);
      if (draft && draft.person.id === person.id) {
        if (draft.busy !== null && draft.busy !== 'checking') throw busy(); // a check ends with its file
        await drop(id);
        return { records: 0 };
      }
      const row = await stored(person, id);
      await book.remove(id);
      changed();
      return { records: row.records };
    },
  };
}

/** The records of the rows that are taken. */
async function* recordsOf(file: FileRows, clock: Clock): AsyncGenerator<ReadRecord[]> {
  const reader = new RowReader(file.columns);
  for await (const batch of inTurns(file.batches, clock))
    yield batch.flatMap(({ fields }) => {
      const { record } = reader.read(fields);
      return record ? [record] : [];
    });
}

/** In pieces after each of which other work has its turn: rows come faster than the event loop would otherwise leave them. */
async function* inTurns<T>(batches: AsyncIterable<readonly T[]>, clock: Clock): AsyncGenerator<readonly T[]> {
  let turn = clock.monotonic();
  for await (const batch of batches)
    for (let at = 0; at < batch.length; at += 256) {
      yield batch.slice(at, at + 256);
      if (clock.monotonic() - turn < longestTurn) continue;
      await clock.sleep(0);
      turn = clock.monotonic();
    }
}

const gone = () =>
  new Problem({
    code: 'not_found',
    message:
      'This file is not here any more: a file that is not taken within an hour is removed, and so is one of an earlier run.',
    action: 'Choose the file again.',
  });
const busy = () =>
  new Problem({
    code: 'in_progress',
    message: 'This file is being worked on, or too many files are on their way at once.',
    action: 'Wait a moment, then try again.',
    retryAfterSeconds: 2,
  });
const unchecked = () =>
  new Problem({
    code: 'invalid_request',
    message: 'The file was not checked yet, so nobody knows what would be stored.',
    action: 'Check it first.',
  });
const empty = () =>
  new Problem({
    code: 'invalid_request',
    message: 'No row of the file can be taken, so there is nothing to store.',
    action: 'See in the report why its rows are refused.',
  });
const otherOrganization = () =>
  new Problem({
    code: 'invalid_request',
    message: 'The import that is to be replaced belongs to another organization.',
    action: 'Choose the organization of that import.',
    fields: [{ field: 'organization', message: 'must be that of the import that is replaced' }],
  });
const wrongPart = ({ received, body }: Draft) =>
  new Problem({
    code: 'invalid_request',
    message: `${received} of ${body.size} bytes of the file have arrived. This is not the part that comes next.`,
    action: 'Send the file again.',
    fields: [{ field: 'offset', message: `must be ${received}, and the parts must add up to ${body.size} bytes` }],
  });
const noRoom = (cause: unknown) =>
  new Problem(
    {
      code: 'internal',
      message: 'The file could not be written into the data folder. What had arrived of it is removed.',
      action: 'Make room on the disk of Canopy, then send the file again.',
    },
    { cause },
  );
