import { answer } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import type { ErrorCode } from '../envelope.ts';
import { integer, list, oneOf, text } from '../query.ts';
import type { Arrival } from './receipts.ts';

/**
 * - `sign-in`, `sign-in-failed`, `sign-out`: somebody came, could not come in, or left
 * - `denied`: a person asked for what their role or their scope does not include, or another site's page asked for them
 * - `view`: the audit log, receipts or this list were read
 * - `export`: a file was taken
 * - `credentials`: whoever runs Canopy exchanged its Cloudflare credentials
 */
export const accessKinds = ['sign-in', 'sign-in-failed', 'sign-out', 'denied', 'view', 'export', 'credentials'] as const;
export type AccessKind = (typeof accessKinds)[number];

/** How a file ended: whole, broken off by a failure that its last line names, or left by whoever fetched it, or took nothing of it for a minute. */
export interface ExportEnd {
  outcome: 'complete' | 'failed' | 'abandoned';
  /** Null where the file did not come to its end. */
  rows: number | null;
  bytes: number;
}

/** What the ledger keeps beside receipts. It never holds a secret, and repetitions are counted instead of listed. */
export interface AccessEntry {
  id: string;
  /** Its place in the ledger, which it shares with the receipts: it grows, and has gaps. */
  sequence: number;
  kind: AccessKind;
  /** RFC 3339 times of the first and the last time that this happened. */
  at: string;
  lastAt: string;
  /** How often it happened: views within a quarter of an hour, refusals within five minutes are one entry. */
  times: number;
  /** Null where nobody was signed in. */
  actor: { id: string; name: string; email: string | null; role: string } | null;
  /** Null for what did not come over the network. */
  came: Arrival | null;
  /** The contract row's name. */
  operation: string;
  organizationId: string | null;
  /** The account, member, receipt or event that the address names. */
  targetId: string | null;
  /** Why it was refused. */
  reason: ErrorCode | null;
  /** With an export, what was asked for: the kind of file, its format and its filter. With credentials, their fingerprints. */
  asked: unknown;
  /** With an export; null while it is on its way. */
  ended: ExportEnd | null;
  requestId: string;
}

/** Newest first. */
export const listAccess = endpoint({
  name: 'listAccess',
  method: 'GET',
  path: '/canopy/access',
  params: {},
  query: {
    organization: text(32),
    kind: list(oneOf(accessKinds)),
    /** An id, or a part of a name or an e-mail address. */
    actor: text(),
    /** Entries with a smaller sequence. */
    before: integer(1, 999_999_999),
    limit: integer(1, 500),
  },
  body: null,
  result: answer<{ rows: readonly AccessEntry[]; total: number; more: boolean }>(),
  paging: 'none',
  credential: 'none',
  permission: 'receipts:read',
  effect: 'read',
  recorded: 'view',
});
