import type { UpstreamMessage } from '../../contract/envelope.ts';
import type { FieldProblem } from '../../contract/query.ts';
import type { ProblemReport } from '../problem.ts';
import { duration } from './admission.ts';
import { UpstreamFailure } from './failure.ts';
import type { Changed, Retry } from './failure.ts';

/** An answer that is not a success, reduced to what decides its meaning. */
export interface RefusedAnswer {
  status: number;
  errors: readonly UpstreamMessage[];
  rayId: string | null;
  /** Milliseconds; only meaningful for a throttle. */
  retryAfter: number;
}

/** Codes of a throttle; they also come with HTTP 200. */
const throttleCodes = new Set([971, 10100]);
/** The credential itself is malformed, unknown, expired or missing. */
const deadCredentialCodes = new Set([6003, 6100, 6101, 6103, 6111, 9103, 9106, 9109, 9300]);
const missingCodes = new Set([1003, 7003]);
const unknownRouteCodes = new Set([7000, 7001, 10405]);
const authenticationCode = 10000;

/**
 * What a refusal means. Cloudflare's codes are not unique, so it is judged by status, code and words together, and
 * what is not known falls to its status class. Code, message and Ray ID go along word for word.
 */
export function classify(answer: RefusedAnswer): UpstreamFailure {
  const { status, errors, rayId } = answer;
  const kind = kindOf(status, errors);
  const { retry, changed, ...wording } = wordings[kind](answer);
  const fields = kind === 'invalid' ? fieldsOf(errors) : [];
  const report: ProblemReport = {
    ...wording,
    upstream: { status, rayId, errors },
    ...(fields.length > 0 ? { fields } : {}),
    ...(kind === 'throttled' ? { retryAfterSeconds: Math.max(1, Math.ceil(answer.retryAfter / 1000)) } : {}),
  };
  return new UpstreamFailure(report, { retry, changed });
}

type Kind =
  | 'throttled'
  | 'redirect'
  | 'blip'
  | 'credential'
  | 'refused'
  | 'missing'
  | 'conflict'
  | 'route'
  | 'timeout'
  | 'failed'
  | 'broken'
  | 'invalid';

function kindOf(status: number, errors: readonly UpstreamMessage[]): Kind {
  const has = (codes: ReadonlySet<number>) => errors.some(({ code }) => code !== undefined && codes.has(code));
  const says = (words: RegExp) => errors.some(({ message }) => message !== undefined && words.test(message));
  if (status === 429 || has(throttleCodes)) return 'throttled';
  if (status >= 300 && status < 400) return 'redirect';
  if (status >= 500) return status === 501 || status === 525 || status === 526 ? 'broken' : 'failed';
  if (status === 401 || has(deadCredentialCodes)) return 'credential';
  if (says(/unable to authenticate|invalid api token|invalid access token/i)) return 'credential';
  if (status === 403) return errors.some(({ code }) => code === authenticationCode) ? 'blip' : 'refused';
  // an account that is not there: Cloudflare says first that its id is of no use, then 7000 as well
  if (has(missingCodes)) return 'missing';
  if (has(unknownRouteCodes) || status === 405) return 'route';
  if (status === 404 || status === 410) return 'missing';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 408) return 'timeout';
  if (status >= 400) return 'invalid';
  return 'refused'; // a 2xx that says success: false
}

type Wording = Pick<ProblemReport, 'code' | 'message' | 'action'> & { retry: Retry; changed: Changed };

const wordings: Readonly<Record<Kind, (answer: RefusedAnswer) => Wording>> = {
  throttled: ({ retryAfter }) => ({
    code: 'upstream_throttled',
    message:
      'Cloudflare is limiting the requests of this credential. The limit is shared with the dashboard and everything else that uses it.',
    action: `Wait ${duration(Math.max(1, Math.ceil(retryAfter / 1000)))}; Canopy sends nothing until then.`,
    retry: 'throttle',
    changed: 'nothing',
  }),
  redirect: ({ status }) => ({
    code: 'upstream_redirect',
    message: `Cloudflare’s address answered with a redirect (${status}). Canopy never follows one, since that would hand the credential to another server.`,
    action: 'Check CLOUDFLARE_BASE_URL.',
    retry: 'no',
    changed: 'nothing',
  }),
  blip: () => ({
    code: 'upstream_refused',
    message: 'Cloudflare did not accept Canopy’s credential for this request, though it may accept it for others.',
    action: 'Look in Settings, Credential doctor, which operations this credential can do.',
    retry: 'blip',
    changed: 'nothing',
  }),
  credential: ({ errors }) => ({
    code: 'upstream_auth',
    message: 'Cloudflare does not know the credential that Canopy uses, or it has expired. Your own session is fine.',
    action: 'Ask whoever runs Canopy to renew the credential; Settings, Credential doctor, shows what still works.',
    // 10000 also comes for a valid credential under load; the other codes mean what they say
    retry: errors.some(({ code }) => code === authenticationCode) ? 'blip' : 'no',
    changed: 'nothing',
  }),
  refused: ({ status }) => ({
    code: 'upstream_refused',
    message:
      status === 403
        ? 'Cloudflare does not allow this with Canopy’s credential, so nothing was changed.'
        : 'Cloudflare refused the request, so nothing was changed.',
    action: 'Read what Cloudflare says below. Settings, Credential doctor, shows what this credential can do.',
    retry: 'no',
    changed: 'nothing',
  }),
  missing: () => ({
    code: 'upstream_not_found',
    message: 'Cloudflare does not find this. It was moved or deleted, or Canopy’s credential does not see it.',
    action: 'Read the list again. Something created less than a minute ago may need a little longer.',
    retry: 'no',
    changed: 'nothing',
  }),
  conflict: () => ({
    code: 'upstream_conflict',
    message: 'Cloudflare refused because of what is there now, so nothing was changed.',
    action: 'Read what is there now, then decide again.',
    retry: 'no',
    changed: 'nothing',
  }),
  route: ({ status }) => ({
    code: 'upstream_unexpected',
    message: `Cloudflare’s API has no such operation at this address (${status}).`,
    action: 'Check CLOUDFLARE_BASE_URL; Cloudflare may also have changed its API.',
    retry: 'no',
    changed: 'nothing',
  }),
  timeout: () => ({
    code: 'upstream_timeout',
    message: 'Cloudflare gave up waiting for the request.',
    action: 'Retry in a moment.',
    retry: 'soon',
    changed: 'unknown',
  }),
  failed: ({ status }) => ({
    code: 'upstream_failed',
    message: `Cloudflare failed while it was answering (${status}).`,
    action: 'Retry in a moment. If it goes on, look at cloudflarestatus.com.',
    retry: 'soon',
    changed: 'unknown',
  }),
  broken: ({ status }) => ({
    code: 'upstream_failed',
    message: `Cloudflare cannot answer this request (${status}); asking again will not help.`,
    action: 'Look at cloudflarestatus.com.',
    retry: 'no',
    changed: 'unknown',
  }),
  invalid: ({ status }) => ({
    code: 'upstream_invalid',
    message: `Cloudflare does not accept what was sent (${status}), so nothing was changed.`,
    action: 'Change what Cloudflare names below and send it again.',
    retry: 'no',
    changed: 'nothing',
  }),
};

/** `/member/user/email` as the field `member.user.email`. */
function fieldsOf(errors: readonly UpstreamMessage[]): FieldProblem[] {
  return errors.flatMap(({ source, message }) => {
    const field = source?.pointer?.replace(/^#?\/?/, '').replaceAll('/', '.');
    return field ? [{ field, message: message ?? 'is not accepted' }] : [];
  });
}
