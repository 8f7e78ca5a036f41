import type { Context, MiddlewareHandler } from 'hono';
import type { BodyOf, Endpoint } from '../../contract/endpoint.ts';
import { headerNames } from '../../contract/envelope.ts';
import { Problem } from '../problem.ts';
import type { AccessBook, Asking, CallInput, Directory, Frame, Log, Upstream } from '../services.ts';
import type { SessionCookie } from '../session/cookie.ts';
import type { Sessions } from '../session/sessions.ts';
import type { SignInMethod } from '../session/sign-in-method.ts';
import { attemptAt, keepAnswered, keepRefusal, withSession } from './access.ts';
import type { Attempt } from './access.ts';
import { replyAsResponse } from './answers.ts';
import type { Reply } from './answers.ts';
import { LargeBodies, requireBody } from './body.ts';
import { requireOwnPage } from './cross-site.ts';
import type { Door, Visit } from './door.ts';
import { invalid } from './invalid.ts';
import { notSignedIn, requirePermission } from './permission.ts';
import { PersonTurns } from './person-turns.ts';
import { requireQuery } from './query.ts';
import type { RouteMatch, RouteTable } from './routes.ts';
import { namedIn, requireReach } from './scope.ts';
import { requireWriteHeaders } from './write-headers.ts';
import type { WriteFacts } from './write-headers.ts';

/** A request that passed every guard. */
export interface Asked<E extends Endpoint> {
  input: CallInput<E> & { body: BodyOf<E> };
  asking: Asking;
  facts: WriteFacts;
}

export type Answer<T> = Promise<Reply<T> | Response>;
/** Answers a row to a person who may ask it. */
export type Handle<E extends Endpoint, T> = (asked: Asked<E>, visit: Visit) => Answer<T>;
/** Answers a row to anyone. */
export type OpenHandle<E extends Endpoint, T> = (asked: Asked<E>, visit: Visit | null) => Answer<T>;

/** One mounted row: what may be asked, and who answers. Rows for `anyone` are open, all others are not. */
export type Route =
  | { row: Endpoint; open: OpenHandle<Endpoint, unknown> }
  | { row: Endpoint; handle: Handle<Endpoint, unknown>; navigation: boolean };

interface Parts {
  frame: Frame;
  sessions: Sessions;
  cookie: SessionCookie;
  signIn: SignInMethod;
  directory: Pick<Directory, 'requireVisible' | 'organizationOfAccount'>;
  upstream: Pick<Upstream, 'budget'>;
  access: AccessBook;
  log: Log;
  isClosing: () => boolean;
}

/**
 * The one way to a handler, the same for every row and in this order: still serving, our own page, a known row, a
 * session, a permission, checked input, the person's reach. Whatever is not let in is refused. The ledger keeps
 * refusals of persons, and the answers of rows that are to be recorded.
 */
export function api(routes: RouteTable<Route>, parts: Parts): MiddlewareHandler<Door> {
  const bodies = new LargeBodies();
  const turns = new PersonTurns();
  return async (c) => {
    if (parts.isClosing()) throw closing();
    const match = requireRoute(routes, c, targetOf(c));
    const { row } = match.route;
    c.set('operation', row.name);
    const attempt = attemptAt(row, match.params, c.get('requestId'), c.env.incoming.socket?.remoteAddress ?? null);
    try {
      const { reply, visit } = await guarded(c, match, attempt, { ...parts, bodies, turns });
      await keepAnswered(attempt, row, reply, parts);
      const response = reply instanceof Response ? reply : replyAsResponse(reply);
      if (visit) {
        const { remaining, limit } = parts.upstream.budget();
        response.headers.set(headerNames.budget, `${remaining}/${limit}`);
      }
      return response;
    } catch (error) {
      await keepRefusal(attempt, row, error, parts);
      throw error;
    }
  };
}

/** From a known row to its handler's answer. The attempt learns on the way who it was and what about. */
async function guarded(
  c: Context<Door>,
  { route, params }: RouteMatch<Route>,
  attempt: Attempt,
  parts: Parts & { bodies: LargeBodies; turns: PersonTurns },
) {
  const { row } = route;
  const { headers } = c.req.raw;
  const background = headers.get(headerNames.slide) === 'false';
  try {
    requireOwnPage(headers, parts.frame.publicUrl, 'navigation' in route && route.navigation);
  } catch (refusal) {
    learn(attempt, await visitOf(c, false, parts), parts);
    throw refusal;
  }

  const visit = await visitOf(c, !background, parts);
  learn(attempt, visit, parts);
  const answer = admitted(route, visit);

  const facts = requireWriteHeaders(row, headers);
  const query = requireQuery(row, targetOf(c));
  return parts.bodies.inTurn(row, headers, async () => {
    const input = { params, query, body: await requireBody(row, c.req.raw) };
    attempt.organizationId = namedIn(row, input).organizations[0] ?? null;
    const asking: Asking = {
      requestId: c.get('requestId'),
      came: attempt.came,
      priority: background ? 'background' : 'interactive',
      // a write that has begun is finished, whoever is still there to see it
      ...(row.effect === 'read' ? { signal: c.req.raw.signal } : {}),
    };
    if (visit) await requireReach(row, input, visit.person, parts.directory, asking);
    const reply = () => answer({ input, asking, facts });
    const isTurn = visit && asksStore(row);
    return { reply: isTurn ? await parts.turns.take(visit.person.id, asking.signal, reply) : await reply(), visit };
  });
}

/** Whether what is stored of usage is read for the answer: as many records as there are. */
const asksStore = ({ permission, credential }: Endpoint): boolean => permission === 'spend:read' && credential === 'none';

function learn(attempt: Attempt, visit: Visit | null, { signIn }: Parts): void {
  if (!visit) return;
  attempt.person = visit.person;
  attempt.came = withSession(attempt.came, visit.session, signIn.name);
}

const targetOf = (c: Context<Door>): string => c.env.incoming.url ?? '';

function requireRoute(routes: RouteTable<Route>, c: Context<Door>, target: string): RouteMatch<Route> {
  const found = routes.find(c.req.raw.method, target.split('?', 1)[0] ?? '');
  if (found.kind === 'found') return found.match;
  if (found.kind === 'wrong-capture') throw invalid([{ field: found.name, message: found.message }]);
  if (found.kind === 'wrong-method')
    throw new Problem({
      code: 'method_not_allowed',
      message: `${c.req.raw.method} is not a method of this address.`,
      action: `Use ${[...new Set(found.allowed)].join(' or ')}.`,
    });
  throw new Problem({
    code: 'not_found',
    message: 'There is nothing at this address.',
    action: 'Use one of the endpoints of Canopy’s contract.',
  });
}

/** The session and the person as they are now; a cookie that opens nothing is taken back. */
async function visitOf(c: Context<Door>, slide: boolean, { cookie, sessions, signIn }: Parts): Promise<Visit | null> {
  const { id, sent } = cookie.read(c.req.raw.headers.get('cookie'));
  const session = id === null ? null : await sessions.find(id, slide);
  const person = session && signIn.person(session.subject);
  if (session && person) {
    c.set('person', person.id);
    return { session, person };
  }
  if (sent) c.set('deadCookie', true);
  return null;
}

/** The handler, for whoever may reach it. */
function admitted(route: Route, visit: Visit | null): (asked: Asked<Endpoint>) => Answer<unknown> {
  if ('open' in route) return (asked) => route.open(asked, visit);
  if (!visit) throw notSignedIn();
  requirePermission(visit.person, route.row.permission);
  return (asked) => route.handle(asked, visit);
}

const closing = () =>
  new Problem({
    code: 'shutting_down',
    message: 'Canopy is stopping and takes no new requests.',
    action: 'Retry in a moment, when it has started again.',
    retryAfterSeconds: 5,
  });
