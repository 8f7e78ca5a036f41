import type * as z from 'zod/mini';
import type { Permission } from './permissions.ts';
import type { QueryShape, QueryValues } from './query.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * How a list continues upstream.
 * - `page_token`: `page_token` and `page_size`, `result_info.next_page_token`
 * - `cursor`: `cursor` and `limit`, `result_info.cursor` (or `cursors.after`)
 * - `page`: `page` and `per_page`, `result_info.total_pages`
 */
export type Paging = 'none' | 'page_token' | 'cursor' | 'page';

/**
 * The least powerful credential the upstream route accepts.
 * - `token`: an API token, or e-mail and Global API key
 * - `key`: e-mail and Global API key only
 * - `none`: the BFF answers itself
 */
export type CredentialKind = 'token' | 'key' | 'none';

export type Schema<T = unknown> = z.ZodMiniType<T>;
export type ParamShape = Readonly<Record<string, Schema<string>>>;

/**
 * One thing that can be asked, declared once: the BFF mounts it, the web app calls it, the sandbox
 * implements it and the tests walk it.
 */
export interface Endpoint<
  P extends ParamShape = ParamShape,
  Q extends QueryShape = QueryShape,
  B extends Schema | null = Schema | null,
  R extends Schema | null = Schema | null,
> {
  /** Unique, and the name that receipts and logs show. */
  readonly name: string;
  readonly method: Method;
  /** Upstream path without `/client/v4`, or Canopy's own path; captures are `:name` segments. */
  readonly path: string;
  readonly params: P;
  readonly query: Q;
  /** The JSON request body, `Bytes`, or null where none is taken. */
  readonly body: B;
  /** The `result` of the envelope (one row's array for lists), or null for an empty 204. */
  readonly result: R;
  readonly paging: Paging;
  readonly credential: CredentialKind;
  readonly permission: Permission;
  /** Largest request body in bytes, where it may be larger than usual (64 kB). */
  readonly bodyLimit?: number;
  /** `write` is sent once, never retried, and leaves a receipt. */
  readonly effect: 'read' | 'write';
  /** Its rows hold JSON of others, which nobody counts with: it is passed on as it was written, `1.50` and the order of keys too. */
  readonly verbatim?: true;
  /** What the ledger keeps of it beside refusals, where it is no write. */
  readonly recorded?: 'sign-in' | 'sign-out' | 'view';
}

/** Declares an endpoint. Every part is required: a row without a permission does not compile. */
export function endpoint<P extends ParamShape, Q extends QueryShape, B extends Schema | null, R extends Schema | null>(
  row: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return row;
}

export type ParamsOf<E extends Endpoint> = { [K in keyof E['params']]: string };
export type QueryOf<E extends Endpoint> = QueryValues<E['query']>;
export type BodyOf<E extends Endpoint> = E['body'] extends Schema<infer T> ? T : undefined;
export type ResultOf<E extends Endpoint> = E['result'] extends Schema<infer T> ? T : null;

/** Fills the captures of a path. Values are encoded, so nothing in them can add a segment. */
export function pathOf<E extends Endpoint>(row: E, params: ParamsOf<E>): string {
  return row.path.replace(/(?<=\/):(\w+)/g, (_, name: string) => {
    const value = (params as Record<string, string | undefined>)[name];
    if (value === undefined) throw new Error(`${row.name} needs the path parameter ${name}`);
    return encodeURIComponent(value);
  });
}
