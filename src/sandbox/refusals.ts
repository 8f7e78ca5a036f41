import type { UpstreamMessage } from '../contract/envelope.ts';
import { failureOf } from './envelope.ts';

/** A request that the API turns down: thrown by any step, answered as Cloudflare's failure envelope. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly UpstreamMessage[];
  /** Members of the envelope beside `errors`. */
  readonly extra: object;
  constructor(status: number, errors: UpstreamMessage | readonly UpstreamMessage[], extra: object = {}) {
    const list: readonly UpstreamMessage[] = 'length' in errors ? errors : [errors];
    super(list.map((error) => error.message ?? '').join('; '));
    this.name = 'Refusal';
    this.status = status;
    this.errors = list;
    this.extra = extra;
  }
  response(): Response {
    return failureOf(this.status, this.errors, this.extra);
  }
}

const organizationsDocs = 'https://developers.cloudflare.com/fundamentals/organizations/';

/*
 * Codes that public sources name: 1001 1003 6003 6007 7000 7003 9106 9109 10000 10100 10405.
 * No source names the code of the others (1004, 1005, 1010, 1011, 1183 on ranges): they are the sandbox's own guess,
 * so nothing may depend on them.
 */

export const noCredentials = () =>
  new Refusal(400, { code: 9106, message: 'Missing X-Auth-Key, X-Auth-Email or Authorization headers' });

export const badHeaders = (...chain: readonly { code: number; message: string }[]) =>
  new Refusal(400, { code: 6003, message: 'Invalid request headers', error_chain: chain });

export const unknownToken = () => new Refusal(401, { code: 10000, message: 'Authentication error' });

export const unknownKey = () => new Refusal(403, { code: 9109, message: 'Unauthorized to access requested resource' });

/** An API token on a route that takes only the e-mail and Global API key. */
export const tokenNotTaken = () =>
  new Refusal(403, { code: 10000, message: 'Authentication error', documentation_url: `${organizationsDocs}limitations/` });

export const noRoute = () => new Refusal(404, { code: 7000, message: 'No route for that URI' });

export const noMethod = (method: string) =>
  new Refusal(405, { code: 10405, message: `Method ${method} not allowed for this authentication scheme` });

/** Cloudflare's word for an account it cannot find: 400 for an id it cannot read, 404 for one it does not know. */
export const badAccount = (path: string, status: 400 | 404) =>
  new Refusal(status, [
    { code: 7003, message: `Could not route to ${path}, perhaps your object identifier is invalid?` },
    { code: 7000, message: 'No route for that URI' },
  ]);

export const noOrganization = () => new Refusal(404, { code: 1004, message: 'Organization not found' });

export const noMember = () => new Refusal(404, { code: 1003, message: 'Member not found' });

export const noAuditEntry = () =>
  new Refusal(404, { message: 'Audit log entry not found' }, { result_info: { count: 0, history_status: 'unavailable' } });

export const badJson = () => new Refusal(400, { code: 6007, message: 'Malformed JSON in request body' });

export const tooLarge = () => new Refusal(413, { code: 1001, message: 'Request body is too large' });

/** One entry for each field that is wrong. The pointer is a JSON pointer into the body, or `/name` of a parameter. */
export const invalid = (...problems: readonly { pointer: string; message: string }[]) =>
  new Refusal(
    400,
    problems.map(({ pointer, message }) => ({ code: 1001, message, source: { pointer } })),
  );

/** Audit answers carry a message and no code. */
export const invalidAudit = (message: string) => new Refusal(400, { message });

export const invalidUsage = (message: string) =>
  new Refusal(400, { code: 1183, message: `Invalid request parameters: ${message}` });

/** What the product's shape or a capability flag does not allow. */
export const notCapable = (message: string) => new Refusal(403, { code: 1002, message, documentation_url: organizationsDocs });

export const duplicateMember = (email: string, pointer: string) =>
  new Refusal(409, { code: 1005, message: `${email} is already a member of this organization`, source: { pointer } });

export const notEmpty = (contents: string) =>
  new Refusal(400, { code: 1010, message: `Organization must be empty before deleting: it contains ${contents}` });

export const throttled = () =>
  new Refusal(429, {
    code: 10100,
    message: 'More than 1200 requests per 300 seconds reached. Please wait and consider throttling your request speed',
  });

export const internalError = () => new Refusal(500, { code: 10001, message: 'Internal error' });
