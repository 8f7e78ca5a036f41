import { Problem } from '../problem.ts';
import type { ProblemReport } from '../problem.ts';
import type { TransportFailure, TransportFault } from './transport.ts';

/**
 * What a failed exchange allows next.
 * - `soon`: a passing trouble; a read may be sent again
 * - `blip`: Cloudflare refuses valid credentials now and then under load; a read may be sent again twice
 * - `throttle`: only after the wait that upstream named
 */
export type Retry = 'no' | 'soon' | 'blip' | 'throttle';

/** Whether a write that failed like this may have changed something. */
export type Changed = 'nothing' | 'unknown';

/** A failed exchange with upstream. */
export class UpstreamFailure extends Problem {
  readonly retry: Retry;
  readonly changed: Changed;
  constructor(report: ProblemReport, { retry, changed }: { retry: Retry; changed: Changed }, options?: ErrorOptions) {
    super(report, options);
    this.name = 'UpstreamFailure';
    this.retry = retry;
    this.changed = changed;
  }
}

const retryLater = 'Retry in a moment. If it goes on, look at cloudflarestatus.com.';

interface Wording {
  code: ProblemReport['code'];
  message: string;
  action: string;
  retry: Retry;
  changed: Changed;
}

const transportWording: Readonly<Record<TransportFault, Wording>> = {
  lookup: {
    code: 'upstream_unreachable',
    message: 'The name of Cloudflare’s API could not be resolved, so nothing was sent.',
    action: 'Check the network and the DNS of the machine that runs Canopy.',
    retry: 'soon',
    changed: 'nothing',
  },
  connect: {
    code: 'upstream_unreachable',
    message: 'Cloudflare’s API refused the connection, so nothing was sent.',
    action: 'Check the network and any proxy or firewall of the machine that runs Canopy, then retry.',
    retry: 'soon',
    changed: 'nothing',
  },
  'connect-timeout': {
    code: 'upstream_timeout',
    message: 'Cloudflare’s API could not be reached in time (phase: connect), so nothing was sent.',
    action: 'Check the network and any proxy or firewall of the machine that runs Canopy, then retry.',
    retry: 'soon',
    changed: 'nothing',
  },
  tls: {
    code: 'upstream_unreachable',
    message: 'The certificate of Cloudflare’s API could not be verified, so nothing was sent.',
    action: 'Check the clock of the machine that runs Canopy, and whether something intercepts its connections.',
    retry: 'no',
    changed: 'nothing',
  },
  'headers-timeout': {
    code: 'upstream_timeout',
    message: 'Cloudflare did not begin to answer in time (phase: headers).',
    action: retryLater,
    retry: 'soon',
    changed: 'unknown',
  },
  'idle-timeout': {
    code: 'upstream_timeout',
    message: 'Cloudflare began to answer and then stopped sending (phase: body).',
    action: retryLater,
    retry: 'soon',
    changed: 'unknown',
  },
  closed: {
    code: 'upstream_truncated',
    message: 'The connection to Cloudflare closed before the answer was complete.',
    action: retryLater,
    retry: 'soon',
    changed: 'unknown',
  },
  'not-http': {
    code: 'upstream_unexpected',
    message: 'What came back from Cloudflare’s address is not an HTTP answer.',
    action: 'Check CLOUDFLARE_BASE_URL and any proxy on the way.',
    retry: 'no',
    changed: 'unknown',
  },
  aborted: {
    code: 'upstream_timeout',
    message: 'The request was given up before Cloudflare had answered.',
    action: 'Ask again.',
    retry: 'no',
    changed: 'unknown',
  },
};

function failed({ retry, changed, ...report }: Wording & Partial<ProblemReport>, cause?: unknown): UpstreamFailure {
  return new UpstreamFailure(report, { retry, changed }, cause === undefined ? undefined : { cause });
}

const noAnswer = (rayId: string | null, status: number | null) => ({ status, rayId, errors: [] });

/** The wire failed before, while or after upstream answered. */
export function wireFailure(error: TransportFailure, rayId: string | null = null, status: number | null = null): UpstreamFailure {
  return failed({ ...transportWording[error.fault], upstream: noAnswer(rayId, status) }, error);
}

/** The whole exchange took longer than it may. */
export function totalTimeout(milliseconds: number): UpstreamFailure {
  return failed({
    code: 'upstream_timeout',
    message: `Cloudflare did not finish its answer within ${Math.round(milliseconds / 1000)} seconds (phase: total).`,
    action: retryLater,
    retry: 'no',
    changed: 'unknown',
    upstream: noAnswer(null, null),
  });
}

/** The body came, but it is not what it has to be. */
export type BodyFault =
  | 'truncated'
  | 'bad-json'
  | 'too-deep'
  | 'too-large'
  | 'not-envelope'
  | 'odd-shape'
  | 'encoding'
  | 'leak'
  | 'empty';

const unexpectedAction =
  'Retry. If it stays like this, Cloudflare has changed its API or something on the way changes its answers.';
const bodyWording: Readonly<Record<BodyFault, Pick<Wording, 'code' | 'message' | 'action' | 'retry'>>> = {
  truncated: {
    code: 'upstream_truncated',
    message: 'Cloudflare’s answer ends in the middle, so Canopy does not use any of it.',
    action: retryLater,
    retry: 'soon',
  },
  'bad-json': {
    code: 'upstream_bad_json',
    message: 'Cloudflare’s answer is not valid JSON in UTF-8.',
    action: unexpectedAction,
    retry: 'no',
  },
  'too-deep': {
    code: 'upstream_bad_json',
    message: 'Cloudflare’s answer is nested deeper than any answer of its API should be.',
    action: unexpectedAction,
    retry: 'no',
  },
  'too-large': {
    code: 'upstream_too_large',
    message: 'Cloudflare’s answer is larger than Canopy takes for this request.',
    action: 'Ask for less: a shorter range, or more filters.',
    retry: 'no',
  },
  'not-envelope': {
    code: 'upstream_unexpected',
    message: 'Cloudflare answered with something other than its API’s envelope, probably a page for people.',
    action: unexpectedAction,
    retry: 'no',
  },
  'odd-shape': {
    code: 'upstream_unexpected',
    message: 'Cloudflare’s answer has an unexpected shape, so it is not known what it means. It is not an empty list.',
    action: unexpectedAction,
    retry: 'no',
  },
  encoding: {
    code: 'upstream_unexpected',
    message: 'Cloudflare’s answer is compressed in a way Canopy did not ask for.',
    action: 'Check any proxy between Canopy and Cloudflare.',
    retry: 'no',
  },
  leak: {
    code: 'upstream_unexpected',
    message: 'The answer repeated Canopy’s own credential, so Canopy threw it away.',
    action: 'Check CLOUDFLARE_BASE_URL and any proxy on the way, and consider the credential exposed to them.',
    retry: 'no',
  },
  empty: {
    code: 'upstream_unexpected',
    message: 'Cloudflare said that it succeeded, but sent no result.',
    action: unexpectedAction,
    retry: 'no',
  },
};

export function bodyFailure(fault: BodyFault, status: number, rayId: string | null, cause?: unknown): UpstreamFailure {
  return failed({ ...bodyWording[fault], changed: 'unknown', upstream: noAnswer(rayId, status) }, cause);
}
