import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Endpoint } from '../contract/endpoint.ts';
import { readQuery } from '../contract/query.ts';
import { authenticate, type Credentials, requireCredential, schemeOf } from './auth.ts';
import { newRay, throughEdge } from './edge.ts';
import { answerOf, type Outcome } from './envelope.ts';
import type { Exchange } from './faults/exchange.ts';
import type { FaultRegister } from './faults/register.ts';
import { answerWithFault } from './faults/strike.ts';
import { type RateLimiter, rateLimitHeaders } from './rate-limit.ts';
import {
  badJson,
  internalError,
  invalid,
  invalidAudit,
  invalidUsage,
  noMethod,
  noRoute,
  Refusal,
  throttled,
  tooLarge,
} from './refusals.ts';
import type { RequestLog } from './request-log.ts';
import { apiPrefix, type Route, routeOf } from './router.ts';
import type { AnyAsk, World } from './routes/handler.ts';
import { handlers } from './routes/table.ts';
import type { Turns } from './turns.ts';

/** What the API is made of. */
export interface ApiParts {
  readonly world: World;
  readonly credentials: Credentials;
  readonly faults: FaultRegister;
  readonly requests: RequestLog;
  readonly limiter: RateLimiter;
  readonly writes: Turns;
  readonly log: (line: string) => void;
}

const bodyLimit = 1024 * 1024;

/** Answers one request to the API: log, faults, routing, credentials, rate limit, handler, edge. */
export async function answerApi(parts: ApiParts, request: Request, { incoming, outgoing }: HttpBindings): Promise<Response> {
  // the target as it was sent: the Request's own URL is already tidied up
  const uri = (incoming.url ?? '').slice(apiPrefix.length);
  const [path, query] = cut(uri, '?');
  const { method } = request;
  const route = routeOf(method, path);
  const ray = newRay();
  const logged = parts.requests.add({
    at: new Date().toISOString(),
    method,
    path,
    query,
    route: route.kind === 'row' ? route.name : null,
    scheme: schemeOf(request.headers),
    headers: [...request.headers.keys()].sort(),
    ray,
  });
  const exchange: Exchange = {
    headers: request.headers,
    search: new URLSearchParams(query),
    paging: route.kind === 'row' ? route.row.paging : 'none',
    ray,
    outgoing,
    produce: (change) =>
      produce(parts, route, request, {
        search: change?.search ?? new URLSearchParams(query),
        ray,
        uri,
        address: incoming.socket.remoteAddress ?? '127.0.0.1',
        userAgent: request.headers.get('user-agent') ?? '',
        stopBatchAfter: change?.stopBatchAfter ?? null,
      }),
    finish: (response) => throughEdge(response, ray, request.headers.get('accept-encoding')),
  };
  const strike = parts.faults.strike(method, path);
  logged.rule = strike?.ruleId ?? null;
  const response = await (strike ? answerWithFault(strike, exchange) : exchange.produce());
  if (response === RESPONSE_ALREADY_SENT) return response;
  logged.status = response.status;
  return exchange.finish(response);
}

type Circumstances = Pick<AnyAsk, 'search' | 'ray' | 'uri' | 'address' | 'userAgent' | 'stopBatchAfter'>;

/** The right answer to a request. Never throws. */
async function produce(parts: ApiParts, route: Route, request: Request, circumstances: Circumstances): Promise<Response> {
  const { world } = parts;
  let headers: Record<string, string> = {};
  let response: Response;
  try {
    await world.lag.settle();
    if (route.kind === 'none') throw noRoute();
    if (route.kind === 'wrong_method') throw noMethod(request.method);
    const caller = authenticate(request.headers, parts.credentials);
    if (world.switches.rateLimit) {
      // one user has one allowance, whichever credential they use
      const allowance = parts.limiter.take(caller.email);
      headers = rateLimitHeaders(allowance, Date.now());
      if (!allowance.allowed) throw throttled();
    }
    requireCredential(caller, route.row.credential, world.switches.lenientAuth);
    const ask: AnyAsk = {
      ...circumstances,
      row: route.row,
      params: route.params,
      query: queryOf(route.row, circumstances.search),
      body: route.row.body === null ? undefined : await bodyOf(request),
      caller,
    };
    // the table pairs each row with the handler of its parameters; `ask` was read by the same row
    const handle = handlers[route.name] as (ask: AnyAsk, world: World) => Promise<Outcome>;
    const outcome = await (route.row.effect === 'write' ? parts.writes.next(() => handle(ask, world)) : handle(ask, world));
    response = answerOf(outcome);
  } catch (error) {
    if (!(error instanceof Refusal))
      parts.log(
        `Sandbox: ${request.method} ${circumstances.uri} failed: ${error instanceof Error ? error.stack : String(error)}`,
      );
    response = (error instanceof Refusal ? error : internalError()).response();
  }
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** Parameters that the row knows; others are ignored, as upstream does. */
function queryOf(row: Endpoint, search: URLSearchParams): object {
  const known = new URLSearchParams([...search].filter(([name]) => Object.hasOwn(row.query, name)));
  const read = readQuery(row.query, known);
  if (read.ok) return read.value;
  const sentence = read.problems.map(({ field, message }) => `${field} ${message}`).join('; ');
  if (row.path.includes('/logs/audit')) throw invalidAudit(sentence);
  if (row.path.includes('/billable/usage')) throw invalidUsage(sentence);
  throw invalid(...read.problems.map(({ field, message }) => ({ pointer: `/${field}`, message: `${field} ${message}` })));
}

async function bodyOf(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > bodyLimit) throw tooLarge();
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badJson();
  }
}

/** The text before a mark and the text after it. */
function cut(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}
