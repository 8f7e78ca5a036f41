import { pathOf } from '../../contract/endpoint.ts';
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ResultOf } from '../../contract/endpoint.ts';
import { headerNames } from '../../contract/envelope.ts';
import type { Envelope, ErrorReport, ResultInfo } from '../../contract/envelope.ts';
import { writeQuery } from '../../contract/query.ts';

export interface Received {
  status: number;
  headers: Headers;
  text: string;
}
export interface Answered<T> extends Received {
  result: T;
  info: ResultInfo | null;
}
export interface Refused extends Received {
  error: ErrorReport;
}

interface Input<E extends Endpoint> {
  params?: ParamsOf<E>;
  query?: QueryOf<E>;
  /** Checked by the backend: a test may send what the contract does not allow. */
  body?: BodyOf<E> | object;
  headers?: Readonly<Record<string, string>>;
}

/** A browser's session with the backend, without the browser. */
export class Visitor {
  readonly origin: string;
  /** The `Cookie` header, or null before signing in. */
  readonly cookie: string | null;

  constructor(origin: string, cookie: string | null) {
    this.origin = origin;
    this.cookie = cookie;
  }

  /** Any request, with the header that our own page sends. */
  async send(
    method: string,
    path: string,
    init: { headers?: Readonly<Record<string, string>>; body?: string | Uint8Array<ArrayBuffer> } = {},
  ): Promise<Received> {
    const headers = { [headerNames.guard]: '1', ...(this.cookie ? { cookie: this.cookie } : {}), ...init.headers };
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers,
      redirect: 'manual',
      ...(init.body === undefined ? {} : { body: init.body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Asks a row, whatever the answer is. A write carries a new idempotency key unless the headers bring one. */
  async try<E extends Endpoint>(row: E, { params, query, body, headers }: Input<E> = {}): Promise<Received> {
    const base = row.path.startsWith('/canopy/') ? '/api' : '/api/cloudflare';
    const search = writeQuery(row.query, (query ?? {}) as QueryOf<E>).toString(); // rows without a query take none
    const path = pathOf(row, (params ?? {}) as ParamsOf<E>); // as with the query
    return this.send(row.method, `${base}${path}${search && `?${search}`}`, {
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(row.effect === 'write' ? { [headerNames.idempotencyKey]: crypto.randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Asks a row that must answer. */
  async ask<E extends Endpoint>(row: E, input: Input<E> = {}): Promise<Answered<ResultOf<E>>> {
    const received = await this.try(row, input);
    if (received.status >= 300) throw new Error(`${row.name} answered ${received.status}: ${received.text}`);
    if (received.status === 204) return { ...received, result: null as ResultOf<E>, info: null }; // such rows have no result
    const envelope = JSON.parse(received.text) as Envelope<ResultOf<E>>; // our own backend keeps to the contract
    if (!envelope.success) throw new Error(`${row.name} answered ${received.status} without success`);
    return { ...received, result: envelope.result, info: envelope.result_info ?? null };
  }

  /** Asks a row that must be refused. */
  async refused<E extends Endpoint>(row: E, input: Input<E> = {}): Promise<Refused> {
    const received = await this.try(row, input);
    if (received.status < 400) throw new Error(`${row.name} answered ${received.status}: ${received.text}`);
    return { ...received, error: errorIn(received) };
  }
}

/** The report of a failed answer. */
export function errorIn({ text }: { text: string }): ErrorReport {
  const envelope = JSON.parse(text) as Envelope<unknown>; // as above
  if (envelope.success) throw new Error('This answer is not a failure');
  return envelope.error;
}
