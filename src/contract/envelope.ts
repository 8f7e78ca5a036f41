import type { FieldProblem } from './query.ts';

/** One entry of Cloudflare's `errors` or `messages`. Any part may be missing: audit errors have only a message. */
export interface UpstreamMessage {
  code?: number;
  message?: string;
  documentation_url?: string;
  source?: { pointer?: string };
  error_chain?: readonly { code?: number; message?: string }[];
}

/** What Cloudflare said, word for word. */
export interface UpstreamAnswer {
  /** HTTP status, or null where no answer came. */
  status: number | null;
  /** `cf-ray` of the answer. */
  rayId: string | null;
  errors: readonly UpstreamMessage[];
}

/**
 * Why a request failed, in one word that code can act on.
 * The first part names who failed: the request, the session, Canopy, or upstream.
 */
export type ErrorCode =
  | 'invalid_request'
  | 'not_found'
  | 'method_not_allowed'
  | 'too_large'
  | 'unsupported_media_type'
  | 'wrong_host'
  | 'cross_site'
  | 'not_signed_in'
  | 'not_allowed'
  | 'out_of_scope'
  | 'stale_version'
  | 'would_orphan'
  | 'idempotency_conflict'
  | 'in_progress'
  | 'capability_missing'
  | 'ledger_unavailable'
  | 'ticket_gone'
  | 'shutting_down'
  | 'internal'
  | 'upstream_refused'
  | 'upstream_not_found'
  | 'upstream_conflict'
  | 'upstream_invalid'
  | 'upstream_auth'
  | 'upstream_throttled'
  | 'upstream_failed'
  | 'upstream_timeout'
  | 'upstream_unreachable'
  | 'upstream_redirect'
  | 'upstream_truncated'
  | 'upstream_bad_json'
  | 'upstream_unexpected'
  | 'upstream_too_large'
  | 'outcome_unknown'
  | 'rate_budget';

export interface ErrorReport {
  code: ErrorCode;
  /** What happened and what it means, one or two sentences. */
  message: string;
  /** What to do about it. */
  action: string;
  requestId: string;
  /** Fields of the request that are wrong. */
  fields?: readonly FieldProblem[];
  upstream?: UpstreamAnswer;
  /** Seconds until it is worth asking again. */
  retryAfterSeconds?: number;
  /** The receipt of the write that this error belongs to. */
  receiptId?: string;
  /** With `stale_version`: what is there now, and its version. */
  current?: { version: string; value: unknown };
}

/** Upstream's paging facts, and Canopy's word on whether the list is whole. */
export interface ResultInfo {
  next_page_token?: string;
  total_size?: number;
  count?: number | string;
  cursor?: string;
  cursors?: { after?: string };
  page?: number;
  per_page?: number;
  total_count?: number;
  total_pages?: number;
  history_status?: string;
  /** Set where Canopy walked the list: true when every page came. */
  complete?: boolean;
  /** Why a walked list is not whole. */
  incomplete_reason?: string;
  /** Rows that did not have the documented shape; they are kept in the list. */
  odd_rows?: number;
}

/** Every answer of the BFF: Cloudflare's envelope, with Canopy's report beside it where something failed. */
export type Envelope<T> =
  | { success: true; result: T; errors: readonly []; messages: readonly UpstreamMessage[]; result_info?: ResultInfo }
  | { success: false; result: null; errors: readonly UpstreamMessage[]; messages: readonly []; error: ErrorReport };

/** Headers that carry facts about one exchange with the BFF. */
export const headerNames = {
  /** Sent by the web app on every request; a form or a link cannot send it. */
  guard: 'x-canopy',
  /** A UUID for each intent to write. */
  idempotencyKey: 'idempotency-key',
  /** The version the person saw, on a write that replaces. */
  ifMatch: 'if-match',
  /** Why the person does it, percent-encoded; kept on the receipt. */
  reason: 'x-canopy-reason',
  /** Set to `false` on background polling, which does not keep a session alive. */
  slide: 'x-canopy-slide',
  requestId: 'x-request-id',
  rayId: 'x-upstream-ray',
  receiptId: 'x-canopy-receipt',
  /** RFC 3339 time at which upstream gave this answer. */
  asOf: 'x-canopy-as-of',
  /** `remaining/limit` of the five-minute request budget. */
  budget: 'x-canopy-budget',
  version: 'etag',
} as const;
