/** The one way to the BFF: a contract row and its input in, a typed answer or a `Failure` out. */
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ResultOf } from '../../contract/endpoint.ts';
import { pathOf } from '../../contract/endpoint.ts';
import { headerNames } from '../../contract/envelope.ts';
import type { Envelope, ErrorReport, ResultInfo } from '../../contract/envelope.ts';
import { writeQuery } from '../../contract/query.ts';
import { noteArrival } from '../lib/waits.ts';
import { noteBudget, readBudget } from './exchange-facts.ts';
import type { Budget } from './exchange-facts.ts';

/** What the headers of one exchange say. */
export interface Meta {
  requestId: string | null;
  rayId: string | null;
  receiptId: string | null;
  /** RFC 3339 time at which upstream gave this answer. */
  asOf: string | null;
  budget: Budget | null;
  /** The version to send back as `ifMatch`. */
  version: string | null;
}

export interface Answer<T> {
  result: T;
  info: ResultInfo | null;
  meta: Meta;
}

/** A request that did not succeed. `report` says what happened, what it means and what to do. */
export class Failure extends Error {
  readonly report: ErrorReport;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  constructor(report: ErrorReport, status: number, options?: ErrorOptions) {
    super(report.message, options);
    this.name = 'Failure';
    this.report = report;
    this.status = status;
    noteArrival(report);
  }
}

interface Common {
  signal?: AbortSignal | undefined;
  /** A UUID for each intent to write; made here when it is not given. */
  idempotencyKey?: string | undefined;
  /** The version the person saw, on a write that replaces. */
  ifMatch?: string | null | undefined;
  /** Why the person does it; kept on the receipt. */
  reason?: string | undefined;
  /** Reads the JSON of the answer, where `JSON.parse` would lose something that is shown. */
  read?: ((json: string) => unknown) | undefined;
  /** False on background polling, which does not keep a session alive. */
  slide?: boolean | undefined;
}
type WithParams<E extends Endpoint> = keyof E['params'] extends never ? { params?: undefined } : { params: ParamsOf<E> };
type WithBody<E extends Endpoint> = E['body'] extends null ? { body?: undefined } : { body: BodyOf<E> };

/** The input of one row: its path captures, query and body, and what travels in headers. */
export type Ask<E extends Endpoint> = Common & WithParams<E> & WithBody<E> & { query?: QueryOf<E> };

/** Where a row is mounted. Canopy's own paths begin with `/canopy`. */
function urlOf<E extends Endpoint>(row: E, params: ParamsOf<E>, query: QueryOf<E>): string {
  const base = row.path.startsWith('/canopy/') ? '/api' : '/api/cloudflare';
  const search = writeQuery(row.query, query).toString();
  return `${base}${pathOf(row, params)}${search === '' ? '' : `?${search}`}`;
}

/**
 * The key of a row's data: the row's name first, so that everything of one row can be invalidated at once,
 * then captures and query without absent values.
 */
export function keyOf<E extends Endpoint>(row: E, params?: ParamsOf<E>, query?: QueryOf<E>) {
  return [row.name, params ?? {}, query ?? {}] as const;
}

/** Bodies of all requests that outlive their page share 64 kB. */
const smallBody = 8_192;

/** Sends one request to the BFF. */
export async function ask<E extends Endpoint>(row: E, input: Ask<E>): Promise<Answer<ResultOf<E>>> {
  const url = urlOf(row, (input.params ?? {}) as ParamsOf<E>, (input.query ?? {}) as QueryOf<E>); // rows without captures or query take none
  const given: unknown = input.body;
  const body =
    given === undefined ? null : given instanceof Uint8Array ? (given as Uint8Array<ArrayBuffer>) : JSON.stringify(given); // the body of a row is never shared memory
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: row.method,
      headers: headersOf(row, input),
      body,
      signal: input.signal ?? null,
      credentials: 'same-origin',
      redirect: 'error',
      // a write that was begun is finished, even where the window closes; browsers do it for small bodies only
      keepalive: row.effect === 'write' && (body?.length ?? 0) < smallBody,
    });
    text = await response.text();
  } catch (error) {
    if (input.signal?.aborted) throw error;
    throw noAnswer(row, error);
  }
  const meta = readMeta(response.headers);
  noteBudget(meta.budget);
  if (response.status === 204) return { result: null as ResultOf<E>, info: null, meta }; // rows that answer 204 have no result
  const envelope = readEnvelope<ResultOf<E>>(text, input.read);
  if (!envelope) throw notCanopy(row, response, meta);
  if (!envelope.success) throw new Failure(envelope.error, response.status);
  return { result: envelope.result, info: envelope.result_info ?? null, meta };
}

function headersOf(row: Endpoint, input: Common & { body?: unknown }): Headers {
  const headers = new Headers({ accept: 'application/json', [headerNames.guard]: '1' });
  if (input.body !== undefined)
    headers.set('content-type', `application/${input.body instanceof Uint8Array ? 'octet-stream' : 'json'}`);
  if (row.effect === 'write') headers.set(headerNames.idempotencyKey, input.idempotencyKey ?? newIntent());
  if (input.ifMatch) headers.set(headerNames.ifMatch, input.ifMatch);
  if (input.reason) headers.set(headerNames.reason, encodeURIComponent(input.reason));
  if (input.slide === false) headers.set(headerNames.slide, 'false');
  return headers;
}

/** The name of one intent to write: a random UUID. `crypto.randomUUID` is missing where the page is not a secure context. */
function newIntent(): string {
  return '00000000-0000-4000-8000-000000000000'.replace(/0/g, () => {
    const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
    return (random & 15).toString(16);
  });
}

function readMeta(headers: Headers): Meta {
  return {
    requestId: headers.get(headerNames.requestId),
    rayId: headers.get(headerNames.rayId),
    receiptId: headers.get(headerNames.receiptId),
    asOf: headers.get(headerNames.asOf),
    budget: readBudget(headers.get(headerNames.budget)),
    version: headers.get(headerNames.version),
  };
}

function readEnvelope<T>(text: string, read: (json: string) => unknown = JSON.parse): Envelope<T> | null {
  try {
    const value = read(text);
    if (typeof value !== 'object' || value === null || !('success' in value)) return null;
    return value.success === true || 'error' in value ? (value as Envelope<T>) : null; // our own BFF keeps the rest of the shape
  } catch {
    return null;
  }
}

function noAnswer(row: Endpoint, cause: unknown): Failure {
  const report: ErrorReport =
    row.effect === 'write'
      ? {
          code: 'outcome_unknown',
          message: 'The connection to Canopy broke before the answer came. The change may have been made.',
          action: 'Look at the receipts, or read the object again, before you repeat it.',
          requestId: 'none',
        }
      : {
          code: 'internal',
          message: 'Canopy did not answer. The connection broke or the server is not running.',
          action: 'Check that Canopy is running, then retry.',
          requestId: 'none',
        };
  return new Failure(report, 0, { cause });
}

function notCanopy(row: Endpoint, response: Response, meta: Meta): Failure {
  return new Failure(
    {
      code: row.effect === 'write' ? 'outcome_unknown' : 'internal',
      message: `The answer (HTTP ${response.status}) did not come from Canopy. A proxy on the way may have replaced it.`,
      action:
        row.effect === 'write'
          ? 'Look at the receipts before you repeat it.'
          : 'Retry. If it happens again, look at the proxy in front of Canopy.',
      requestId: meta.requestId ?? 'none',
    },
    response.status,
  );
}
