import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { CalendarDay, Day } from '../day.ts';
import { endpoint } from '../endpoint.ts';
import { CanopyId, OrganizationId } from '../ids.ts';
import type { ErrorReport } from '../envelope.ts';
import type { ExportEnd } from './access.ts';
import type { AccountFilter } from './account-filter.ts';
import type { PeopleFilter } from './member-filter.ts';
import { SpendFilter, SpendQuestion } from './spend.ts';
import type { CostBasis, DayState } from './spend.ts';

const subtree = { organization: z.optional(OrganizationId), descendants: z.boolean() };

const text = z.string().check(z.maxLength(320));
const words = <const T extends readonly [string, ...string[]]>(known: T) =>
  z.array(z.enum(known)).check(z.maxLength(known.length));

// the words stand here again, and the types hold them to the filters: a page must not load all kinds of files to filter
const AccountsFilter: z.ZodMiniType<AccountFilter> = z.strictObject({
  text,
  type: z.array(text).check(z.maxLength(100)),
  enforcement: words(['enforced', 'not-enforced', 'unknown']),
  createdFrom: z.nullable(CalendarDay),
  createdBefore: z.nullable(CalendarDay),
});

const MembersFilter: z.ZodMiniType<PeopleFilter> = z.strictObject({
  text,
  status: words(['active', 'pending', 'rejected', 'canceled']),
  twoFactor: words(['on', 'off', 'unknown']),
  domain: text,
  alone: z.boolean(),
  longPending: z.boolean(),
});

/** Which usage records: those of a question, whatever it measures and groups by. */
export const RecordsQuestion = z.strictObject({
  ...subtree,
  /** First UTC day, included. */
  from: Day,
  /** Last UTC day, excluded. */
  to: Day,
  filters: z.array(SpendFilter).check(z.maxLength(20)),
});
export type RecordsQuestion = z.infer<typeof RecordsQuestion>;

/**
 * - `focus-aligned`: records as Cloudflare sent them
 * - `focus-estimate`: every column of FOCUS 1.2, with costs as billed or else as the rate card estimates them
 */
export const recordForms = ['focus-aligned', 'focus-estimate'] as const;
export type RecordForm = (typeof recordForms)[number];
export const recordFormats = ['csv', 'parquet'] as const;
export type RecordFormat = (typeof recordFormats)[number];

/** What to write into a file. A `filter` chooses rows as the page does; without one all are written. */
export const ExportRequest = z.union([
  z.strictObject({
    kind: z.literal('accounts'),
    format: z.literal('csv'),
    ...subtree,
    filter: z.optional(AccountsFilter),
  }),
  /** A row for each membership; a filter chooses people, and then all memberships of theirs in that status are written. */
  z.strictObject({
    kind: z.literal('members'),
    format: z.literal('csv'),
    ...subtree,
    filter: z.optional(MembersFilter),
  }),
  /** The table of an answer, to the last group. */
  z.strictObject({ kind: z.literal('spend'), format: z.literal('csv'), question: SpendQuestion }),
  z.strictObject({
    kind: z.literal('audit'),
    format: z.enum(['csv', 'ndjson']),
    organization: OrganizationId,
    /** The query string of the audit list: the filter on the screen, without `cursor` and `limit`. */
    query: z.string().check(z.maxLength(8192)),
  }),
  /** A ZIP of the records and of a `metadata.json` that says what they are, what is missing, and their SHA-256. */
  z.strictObject({
    kind: z.literal('records'),
    form: z.enum(recordForms),
    format: z.enum(recordFormats),
    question: RecordsQuestion,
    /** Records without a rate cost nothing in an estimate, since a cost cannot be empty there, or are left out. */
    withoutRate: z.enum(['zero', 'exclude']),
  }),
  z.strictObject({ kind: z.literal('receipts'), format: z.enum(['csv', 'ndjson']) }),
]);
export type ExportRequest = z.infer<typeof ExportRequest>;

/** Asks for a file. The answer is a link that works once, for a minute, in this session only. The permission of what is exported is checked too. */
export const createExport = endpoint({
  name: 'createExport',
  method: 'POST',
  path: '/canopy/exports',
  params: {},
  query: {},
  body: ExportRequest,
  result: answer<{ ticket: string; url: string; fileName: string; expiresAt: string }>(),
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
});

/**
 * Streams the file as an attachment, while it is written. A list that could not be read to its end never looks whole:
 * NDJSON ends with a record that says so, CSV and ZIP break the connection, and half a ZIP does not open. A browser that
 * takes nothing for a minute is cut off.
 */
export const downloadExport = endpoint({
  name: 'downloadExport',
  method: 'GET',
  path: '/canopy/exports/:ticket',
  params: { ticket: CanopyId },
  query: {},
  body: null,
  result: null,
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
});

/**
 * How the download of a ticket ended; null while it is on its way or was not begun. Where it failed, `failure` says why, with
 * the id of the request that brought the file. The browser keeps to itself that a download of its broke off, so the page
 * asks. Remembered for ten minutes after the ticket.
 */
export const getExportEnd = endpoint({
  name: 'getExportEnd',
  method: 'GET',
  path: '/canopy/exports/:ticket/end',
  params: { ticket: CanopyId },
  query: {},
  body: null,
  result: answer<{ ended: ExportEnd | null; failure: ErrorReport | null }>(),
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
});

/** What a file of records would hold. */
export interface RecordsMeasure {
  question: RecordsQuestion;
  /** Rows by form. An estimate has one row for all records of the same thing on the same day. */
  rows: Readonly<Record<RecordForm, number>>;
  /** About how many bytes are downloaded, and how many the files inside have: an estimate by the rows and their words. */
  bytes: Readonly<Record<RecordForm, Readonly<Record<RecordFormat, { download: number; unpacked: number }>>>>;
  /** Days of the range by state. */
  days: Readonly<Record<DayState, number>>;
  /** Records that a deeper organization reports too: they are in no file. */
  leftOut: number;
  /** Columns that FOCUS 1.3 makes mandatory and that no record has a value for. */
  missingColumns: readonly string[];
  /** Rows of the estimate by what their cost is founded on. */
  bases: readonly { basis: CostBasis; rows: number }[];
  /** Metrics without a rate, most rows first, at most 20. */
  withoutRate: readonly { metric: string; rows: number }[];
  /** Version of the rate card in force. */
  card: number;
  /** Months of organizations that are still being priced: until then there is no estimate. */
  monthsToPrice: number;
}

/** Says how large a file of records would be and what it lacks, before it is asked for. */
export const measureRecords = endpoint({
  name: 'measureRecords',
  method: 'POST',
  path: '/canopy/exports/records/measure',
  params: {},
  query: {},
  body: RecordsQuestion,
  result: answer<RecordsMeasure>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});
