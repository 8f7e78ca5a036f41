import type { ErrorCode, ErrorReport } from '../contract/envelope.ts';

/** Everything of a report but the request id, which the pipeline adds. */
export type ProblemReport = Omit<ErrorReport, 'requestId'>;

const statusOf: Readonly<Record<ErrorCode, number>> = {
  invalid_request: 400,
  not_found: 404,
  method_not_allowed: 405,
  too_large: 413,
  unsupported_media_type: 415,
  wrong_host: 421,
  cross_site: 403,
  not_signed_in: 401,
  not_allowed: 403,
  out_of_scope: 403,
  stale_version: 409,
  would_orphan: 409,
  idempotency_conflict: 422,
  in_progress: 409,
  capability_missing: 409,
  ledger_unavailable: 503,
  ticket_gone: 410,
  shutting_down: 503,
  internal: 500,
  upstream_refused: 403,
  upstream_not_found: 404,
  upstream_conflict: 409,
  upstream_invalid: 400,
  upstream_auth: 502,
  upstream_throttled: 429,
  upstream_failed: 502,
  upstream_timeout: 504,
  upstream_unreachable: 502,
  upstream_redirect: 502,
  upstream_truncated: 502,
  upstream_bad_json: 502,
  upstream_unexpected: 502,
  upstream_too_large: 502,
  outcome_unknown: 502,
  rate_budget: 429,
};

/** A failure that is part of the design: the pipeline turns it into an answer, word for word. */
export class Problem extends Error {
  readonly report: ProblemReport;
  constructor(report: ProblemReport, options?: ErrorOptions) {
    super(`${report.code}: ${report.message}`, options);
    this.name = 'Problem';
    this.report = report;
  }
  /** HTTP status of the answer to the browser. */
  get status(): number {
    return statusOf[this.report.code];
  }
}
