import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { CanopyId, OrganizationId } from '../ids.ts';
import { SpendQuestion } from './spend.ts';

const subtree = { organization: z.optional(OrganizationId), descendants: z.boolean() };

/** What to write into a file. */
export const ExportRequest = z.union([
  z.strictObject({ kind: z.literal('accounts'), format: z.literal('csv'), ...subtree }),
  z.strictObject({ kind: z.literal('members'), format: z.literal('csv'), ...subtree }),
  /** The table of an answer, to the last group. */
  z.strictObject({ kind: z.literal('spend'), format: z.literal('csv'), question: SpendQuestion }),
  z.strictObject({
    kind: z.literal('audit'),
    format: z.enum(['csv', 'ndjson']),
    organization: OrganizationId,
    /** The query string of the audit list: the filter on the screen, without `cursor` and `limit`. */
    query: z.string().check(z.maxLength(8192)),
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
 * Streams the file as an attachment. A list that could not be read to its end never looks whole: NDJSON ends
 * with a record that says so, CSV breaks the connection.
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
