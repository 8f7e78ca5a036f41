import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { Bytes } from '../bytes.ts';
import { endpoint } from '../endpoint.ts';
import { CanopyId, OrganizationId } from '../ids.ts';
import { flag, integer, text } from '../query.ts';
import type { Amount, SourceUse } from './spend.ts';

/** Largest file that is taken, in bytes. */
export const importLimit = 512 * 1024 * 1024;
/** Largest part that is sent at once, in bytes. */
export const importPartLimit = 4 * 1024 * 1024;

/** Something that was found in rows of a file. Amounts of a refused row are nowhere; a row with a note is taken. */
export interface ImportProblem {
  kind: string;
  outcome: 'refused' | 'noted';
  /** What it is and what it means, one sentence. */
  text: string;
  rows: number;
  /** The first of them: line in a text file, row in a Parquet file, both from 1, the header included; and what stands there. */
  examples: readonly { line: number; value: string }[];
}

/** What stands in a file, found row by row before anything of it is stored. */
export interface ImportReport {
  format: 'csv' | 'parquet';
  /** Between the fields of a text file; null for Parquet. */
  delimiter: string | null;
  /** SHA-256 of the file, hexadecimal. */
  digest: string;
  /** Rows below the header. */
  rows: number;
  /** Rows that are taken, with and without a note. */
  taken: number;
  noted: number;
  refused: number;
  /** Refusals first, most rows first. */
  problems: readonly ImportProblem[];
  /** Columns in the order of the file; `reads` is the FOCUS column it is read as, null where it is kept unread. */
  columns: readonly { name: string; reads: string | null }[];
  /** FOCUS columns that are not there, and what follows from that. */
  missing: readonly { column: string; consequence: string }[];
  /** First and last UTC day, both included; null where no row is taken. */
  period: { from: string; to: string; days: number } | null;
  /** What the rows that are taken add up to, by currency; empty where none has a billed cost. */
  currencies: readonly { currency: string; billed: Amount; rows: number }[];
  accounts: number;
  /** Rows by service provider, most rows first, at most 10. */
  providers: readonly { name: string; rows: number }[];
  /** Where Cloudflare's own records hold the same accounts and days; null where they do not. */
  overlap: { accounts: number; accountDays: number } | null;
  /** A file with the same bytes that was taken before. */
  same: { id: string; name: string; storedAt: string } | null;
}

/** A file on its way in. */
export interface ImportDraft {
  id: string;
  received: number;
  /** RFC 3339. Until then it can be checked and taken. */
  expiresAt: string;
}

/** One file that was taken in. */
export interface ImportedSource {
  id: string;
  name: string;
  organizationId: string;
  organizationName: string;
  fileName: string;
  fileSize: number;
  storedAt: string;
  by: string;
  counts: SourceUse;
  records: number;
  /** First and last UTC day, both included. */
  firstDay: string;
  lastDay: string;
  /** Records of Cloudflare's that it stands in the place of now. */
  replaces: number;
  /** Records of its own that do not count, because a newer file holds the same accounts and days. */
  shadowed: number;
  report: ImportReport;
}

const own = { paging: 'none', credential: 'none', effect: 'read' } as const;
const write = { ...own, permission: 'spend:write' } as const;
const SourceUseName = z.enum(['beside', 'instead', 'none'] satisfies SourceUse[]);
const byId = { importId: CanopyId } as const;
const Name = z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(80, 'must have at most 80 characters'));

/** Files that were taken in, newest first. */
export const listImports = endpoint({
  name: 'listImports',
  method: 'GET',
  path: '/canopy/spend/imports',
  params: {},
  query: { organization: text(32), descendants: flag() },
  body: null,
  result: answer<readonly ImportedSource[]>(),
  permission: 'spend:read',
  ...own,
});

/**
 * Begins to take a file in: its parts are sent next, then it is checked, then taken. Nothing is stored before that.
 * `in_progress` where too many files are on their way; `invalid_request` where the import to be replaced is of another
 * organization.
 */
export const beginImport = endpoint({
  name: 'beginImport',
  method: 'POST',
  path: '/canopy/spend/imports',
  params: {},
  query: {},
  body: z.strictObject({
    organization: OrganizationId,
    name: Name,
    fileName: z.string().check(z.minLength(1), z.maxLength(255)),
    size: z.int().check(z.minimum(1, 'must not be empty'), z.maximum(importLimit, `must be at most ${importLimit} bytes`)),
    /** An import of the same organization that this one takes the place of. */
    replaces: z.optional(CanopyId),
  }),
  result: answer<ImportDraft>(),
  ...write,
});

/**
 * One part of the file. `offset` is how much was sent before; sending a part again that has arrived changes nothing.
 * `not_found` for a file that is not here any more, here and below; `invalid_request` for a part that is not the next one.
 */
export const sendImportPart = endpoint({
  name: 'sendImportPart',
  method: 'PUT',
  path: '/canopy/spend/imports/:importId/file',
  params: byId,
  query: { offset: integer(0, importLimit) },
  body: Bytes,
  bodyLimit: importPartLimit,
  result: answer<ImportDraft>(),
  ...write,
});

/** Reads the whole file and says what stands in it. Stores nothing. `too_large` names what there is too much of. */
export const checkImport = endpoint({
  name: 'checkImport',
  method: 'POST',
  path: '/canopy/spend/imports/:importId/check',
  params: byId,
  query: {},
  body: null,
  result: answer<ImportReport>(),
  ...write,
});

/** Stores what was checked, in one transaction: all rows that the report says are taken, or nothing. `invalid_request` where it was not checked, or no row of it can be taken. */
export const takeImport = endpoint({
  name: 'takeImport',
  method: 'POST',
  path: '/canopy/spend/imports/:importId/take',
  params: byId,
  query: {},
  body: z.strictObject({ counts: SourceUseName }),
  result: answer<ImportedSource>(),
  ...write,
});

/** Renames an import, or changes how it counts. `not_found` where it was removed or replaced meanwhile. */
export const changeImport = endpoint({
  name: 'changeImport',
  method: 'POST',
  path: '/canopy/spend/imports/:importId',
  params: byId,
  query: {},
  body: z.strictObject({ name: z.optional(Name), counts: z.optional(SourceUseName) }),
  result: answer<ImportedSource>(),
  ...write,
});

/** Removes an import with all of its records, or a file that was not taken yet. */
export const deleteImport = endpoint({
  name: 'deleteImport',
  method: 'DELETE',
  path: '/canopy/spend/imports/:importId',
  params: byId,
  query: {},
  body: null,
  result: answer<{ records: number }>(),
  ...write,
});
