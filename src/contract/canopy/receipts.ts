import { answer } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import type { UpstreamMessage } from '../envelope.ts';
import { CanopyId } from '../ids.ts';
import { integer, list, oneOf, text } from '../query.ts';

/**
 * - `pending`: sent, no answer yet
 * - `done`: upstream applied it, or reading back showed that it did
 * - `refused`: upstream or Canopy said no; nothing changed
 * - `failed`: upstream failed and reading back showed that nothing changed
 * - `unknown`: no answer came and reading back could not tell
 */
export const receiptOutcomes = ['pending', 'done', 'refused', 'failed', 'unknown'] as const;
export type ReceiptOutcome = (typeof receiptOutcomes)[number];

/** How somebody came: what tells two visits of the same person apart. */
export interface Arrival {
  /** The network address that the request came from: of the nearest proxy, where there is one. */
  address: string | null;
  /** The first eight digits of the digest of the session; nobody can use them as one. */
  session: string | null;
  /** How that session began. */
  method: 'identities' | 'link' | null;
}

/** Our proof of one write: the intent is on disk before the call, the outcome after it. */
export interface Receipt {
  id: string;
  /** Grows by one with each receipt; order never depends on a clock. */
  sequence: number;
  at: string;
  settledAt: string | null;
  actor: { id: string; name: string; email: string | null; role: string };
  /** Null for receipts older than this fact. */
  came: Arrival | null;
  /** The contract row's name. */
  operation: string;
  /** One sentence: what was to be done. */
  summary: string;
  organizationId: string | null;
  targetId: string | null;
  method: string;
  path: string;
  /** The request body as it was sent. */
  request: unknown;
  reason: string | null;
  outcome: ReceiptOutcome;
  /** How the outcome is known. */
  settledBy: 'answer' | 'reading' | null;
  status: number | null;
  errors: readonly UpstreamMessage[];
  rayId: string | null;
  requestId: string;
  /** Milliseconds from sending to the answer. */
  duration: number | null;
}

/** Newest first. */
export const listReceipts = endpoint({
  name: 'listReceipts',
  method: 'GET',
  path: '/canopy/receipts',
  params: {},
  query: {
    organization: text(32),
    outcome: list(oneOf(receiptOutcomes)),
    operation: list(text(64)),
    actor: text(),
    ray: text(64),
    /** Receipts with a smaller sequence. */
    before: integer(1, 999_999_999),
    limit: integer(1, 500),
  },
  body: null,
  result: answer<{ rows: readonly Receipt[]; total: number; more: boolean }>(),
  paging: 'none',
  credential: 'none',
  permission: 'receipts:read',
  effect: 'read',
  recorded: 'view',
});

/** One receipt: of the person's scope, or their own. `not_found` for every other one. */
export const getReceipt = endpoint({
  name: 'getReceipt',
  method: 'GET',
  path: '/canopy/receipts/:receiptId',
  params: { receiptId: CanopyId },
  query: {},
  body: null,
  result: answer<Receipt>(),
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
  recorded: 'view',
});
