import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { isAskableDay, notAskable } from '../day.ts';
import { endpoint } from '../endpoint.ts';
import { CanopyId, OrganizationId } from '../ids.ts';
import { day, flag, text } from '../query.ts';

/**
 * What a note is about. All but the first come by themselves, from what Canopy knows.
 * - `person`: somebody wrote it
 * - `rate-card`: a version of the rate card was saved
 * - `account-moved`, `organization-…`: changes made with Canopy
 * - `account-renamed`: records carry another name from that day on
 * - `import`: a file was taken in
 */
export type NoteKind =
  | 'person'
  | 'rate-card'
  | 'account-moved'
  | 'account-renamed'
  | 'organization-created'
  | 'organization-renamed'
  | 'organization-moved'
  | 'organization-deleted'
  | 'import';

/** Something to know of a day or of days in a row. */
export interface SpendNote {
  id: string;
  kind: NoteKind;
  /** First and last UTC day, both included. */
  from: string;
  to: string;
  text: string;
  /** Null where it is of all organizations. */
  organizationId: string | null;
  organizationName: string | null;
  /** When it was written or happened; null where only the day is known. */
  at: string | null;
  by: { id: string; name: string } | null;
  /** The person's own, who may change it. */
  isMine: boolean;
}

const Day = z.string().check(z.refine(isAskableDay, notAskable));
/** Characters of a note. */
export const longestNote = 500;
const Terms = z.strictObject({
  /** First and last UTC day, both included. */
  from: Day,
  to: Day,
  text: z.string().check(
    z.refine((words) => words.trim() !== '', 'must not be empty'),
    z.maxLength(longestNote, `must have at most ${longestNote} characters`),
  ),
});

/** Notes that touch days of a range, by day; the newest 500 where there are more. `more`: not all were counted. */
export const listSpendNotes = endpoint({
  name: 'listSpendNotes',
  method: 'GET',
  path: '/canopy/spend/notes',
  params: {},
  /** From the first day, included, to the last, excluded; the last 31 days where they are not given. */
  query: { organization: text(32), descendants: flag(), from: day(), to: day() },
  body: null,
  result: answer<{ notes: readonly SpendNote[]; total: number; more: boolean }>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});

/** Writes a note at an organization. `invalid_request` where it keeps as many as are kept. */
export const createSpendNote = endpoint({
  name: 'createSpendNote',
  method: 'POST',
  path: '/canopy/spend/notes',
  params: {},
  query: {},
  body: z.strictObject({ organizationId: OrganizationId, note: Terms }),
  result: answer<SpendNote>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:write',
  effect: 'read',
});

/** Only whoever wrote a note may change it: `not_allowed` for all others. */
export const changeSpendNote = endpoint({
  name: 'changeSpendNote',
  method: 'PUT',
  path: '/canopy/spend/notes/:noteId',
  params: { noteId: CanopyId },
  query: {},
  body: Terms,
  result: answer<SpendNote>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:write',
  effect: 'read',
});

/** Only whoever wrote a note may delete it: `not_allowed` for all others. */
export const deleteSpendNote = endpoint({
  name: 'deleteSpendNote',
  method: 'DELETE',
  path: '/canopy/spend/notes/:noteId',
  params: { noteId: CanopyId },
  query: {},
  body: null,
  result: answer<{ id: string }>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:write',
  effect: 'read',
});
