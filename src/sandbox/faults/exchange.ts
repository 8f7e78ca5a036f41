import type { ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import type { Paging } from '../../contract/endpoint.ts';
import type { Strike } from './register.ts';
import type { FaultKind, FaultOf } from './rules.ts';

/** One request on its way, as a fault may handle it. */
export interface Exchange {
  readonly headers: Headers;
  readonly search: URLSearchParams;
  readonly paging: Paging;
  readonly ray: string;
  /** The Node side, for faults of the wire. */
  readonly outgoing: ServerResponse;
  /** Runs the request and gives the right answer, before the edge. */
  produce(change?: { readonly search?: URLSearchParams; readonly stopBatchAfter?: number }): Promise<Response>;
  /** Puts an answer through the edge: its headers, and compression. */
  finish(response: Response): Promise<Response>;
}

/** How one kind of fault answers: before the edge, or with Node's mark that the wire is already served. */
export type FaultAction<K extends FaultKind> = (fault: FaultOf<K>, exchange: Exchange, strike: Strike) => Promise<Response>;

/** The body of an answer as the envelope it is, or null where there is none. */
export async function envelopeOf(response: Response): Promise<Record<string, unknown> | null> {
  const text = await response.text();
  // the sandbox wrote it: it is its own envelope
  return text === '' ? null : (JSON.parse(text) as Record<string, unknown>);
}

/** The same answer around another envelope. */
export function withEnvelope(response: Response, envelope: unknown): Response {
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(JSON.stringify(envelope), { status: response.status, headers });
}

/** Waits, but not for a caller who has gone. False where they have. */
export async function wait(milliseconds: number, outgoing: ServerResponse): Promise<boolean> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  if (outgoing.destroyed) return false;
  outgoing.once('close', leave);
  try {
    await after(milliseconds, undefined, { signal: gone.signal });
    return true;
  } catch {
    return false;
  } finally {
    outgoing.off('close', leave);
  }
}
