import type { Context, MiddlewareHandler, Next } from 'hono';
import { headerNames } from '../../contract/envelope.ts';
import type { Envelope, ErrorReport, ResultInfo } from '../../contract/envelope.ts';
import { writeExact } from '../../contract/exact-json.ts';
import { EngineStopped, MemoryExhausted } from '../database/errors.ts';
import { Problem } from '../problem.ts';
import type { Clock, Log } from '../services.ts';
import type { Door, Visit } from './door.ts';
import { securityHeaders } from './headers.ts';

const json = 'application/json; charset=utf-8';

/** What a handler answers: a result for the envelope and facts for the headers. */
export interface Reply<T> {
  result: T;
  info?: ResultInfo | null;
  headers?: Readonly<Record<string, string>>;
  /** Sent with zero bytes. */
  empty?: boolean;
  /** Who came in with this answer. */
  entered?: Visit;
}

export function replyAsResponse(reply: Reply<unknown>): Response {
  const headers = { 'cache-control': 'no-store', ...reply.headers };
  if (reply.empty) return new Response(null, { status: 204, headers });
  const envelope: Envelope<unknown> = {
    success: true,
    result: reply.result,
    errors: [],
    messages: [],
    ...(reply.info ? { result_info: reply.info } : {}),
  };
  return new Response(writeExact(envelope), { headers: { ...headers, 'content-type': json } });
}

/** The answer for a failure, in the envelope every client of ours reads. */
export function failureAsResponse(problem: Problem, requestId: string): Response {
  const error: ErrorReport = { ...problem.report, requestId };
  const envelope: Envelope<null> = { success: false, result: null, errors: error.upstream?.errors ?? [], messages: [], error };
  const headers = new Headers({ 'content-type': json, 'cache-control': 'no-store', [headerNames.requestId]: requestId });
  if (error.upstream?.rayId) headers.set(headerNames.rayId, error.upstream.rayId);
  if (error.receiptId) headers.set(headerNames.receiptId, error.receiptId);
  if (error.retryAfterSeconds !== undefined) headers.set('retry-after', String(Math.ceil(error.retryAfterSeconds)));
  if (error.code === 'too_large' || error.code === 'shutting_down') headers.set('connection', 'close');
  return new Response(JSON.stringify(envelope), { status: problem.status, headers });
}

/** What a person sees of a failure that is not part of the design. The rest is in the log, under the same request id. */
export function unexpected(cause: unknown): Problem {
  if (cause instanceof MemoryExhausted) return noMemory(cause);
  return cause instanceof EngineStopped ? openedAgain(cause) : unknown(cause);
}

const noMemory = (cause: MemoryExhausted) =>
  new Problem(
    {
      code: 'in_progress',
      message: 'The database had not enough free memory for this.',
      action: 'Retry in a moment: other work may have had it. If it fails again, ask for less: fewer days, groups or filters.',
      retryAfterSeconds: 2,
    },
    { cause },
  );

const openedAgain = (cause: EngineStopped) =>
  new Problem(
    {
      code: 'in_progress',
      message: 'The database stopped after a fault, and is opened again. What was stored is kept.',
      action: 'Retry in a moment. If it happens again, whoever runs Canopy should look at its disk and its log.',
      retryAfterSeconds: 2,
    },
    { cause },
  );

const unknown = (cause: unknown) =>
  new Problem(
    {
      code: 'internal',
      message: 'Canopy failed while answering. Nothing more is known here.',
      action: 'Retry. If it happens again, give the request id to whoever runs Canopy.',
    },
    { cause },
  );

interface Frame {
  https: boolean;
  clock: Clock;
  log: Log;
}

/** Gives every answer its request id and security headers, turns every failure into a report, and logs one line. */
export function everyAnswer({ https, clock, log }: Frame): MiddlewareHandler<Door> {
  const always = Object.entries(securityHeaders(https));
  return async (c: Context<Door>, next: Next) => {
    const requestId = crypto.randomUUID();
    const began = clock.monotonic();
    c.set('requestId', requestId);
    await next(); // failures come here through `onError`
    for (const [name, value] of always) c.res.headers.set(name, value);
    c.res.headers.set(headerNames.requestId, requestId);
    const facts = {
      requestId,
      method: c.req.method,
      operation: c.get('operation') ?? 'none',
      person: c.get('person') ?? null,
      status: c.res.status,
      ...(c.get('failure') ? { failure: c.get('failure') } : {}),
      milliseconds: Math.round((clock.monotonic() - began) * 10) / 10,
    };
    log.info(facts, 'answered');
  };
}

/** Hono's error handler: a designed failure word for word, anything else without its inside. */
export function answerFailure(log: Log) {
  return (error: Error, c: Context<Door>): Response => {
    const requestId = c.get('requestId');
    const problem = error instanceof Problem ? error : unexpected(error);
    c.set('failure', problem.report.code);
    const hasLeft = error === c.req.raw.signal.reason; // whoever asked, and what was done for them has ended
    if (problem !== error && !hasLeft)
      log.error({ requestId, operation: c.get('operation') ?? 'none', err: error }, 'failed unexpectedly');
    return failureAsResponse(problem, requestId);
  };
}
