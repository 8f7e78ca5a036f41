import type { Arrival } from '../../contract/canopy/receipts.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import type { ErrorCode } from '../../contract/envelope.ts';
import { Problem } from '../problem.ts';
import type { Access, AccessBook, Log } from '../services.ts';
import type { OpenSession, Sessions } from '../session/sessions.ts';
import type { SignInMethod } from '../session/sign-in-method.ts';
import type { Reply } from './answers.ts';

/** What a request turned out to be on its way through the guards, for the ledger. */
export type Attempt = Omit<Access, 'kind' | 'reason' | 'came'> & { came: Arrival };

/** Refusals for who somebody is, not for what is wrong with the request. */
const denials: ReadonlySet<ErrorCode> = new Set(['not_allowed', 'out_of_scope', 'cross_site']);
/** Captures that an entry may show; the ticket of a download is a secret. */
const targets = ['accountId', 'memberId', 'receiptId', 'eventId'] as const;

/** What the address alone says. */
export function attemptAt(
  row: Endpoint,
  params: Readonly<Record<string, string>>,
  requestId: string,
  address: string | null,
): Attempt {
  const target = targets.find((name) => params[name] !== undefined);
  return {
    person: null,
    came: { address, session: null, method: null },
    operation: row.name,
    organizationId: params['organizationId'] ?? null,
    targetId: target === undefined ? null : (params[target] ?? null),
    asked: null,
    requestId,
  };
}

/** What an arrival is known by, once it has a session. */
export const withSession = (came: Arrival, { digest }: OpenSession, method: Arrival['method']): Arrival => ({
  ...came,
  session: digest.slice(0, 8),
  method,
});

interface Keeping {
  access: AccessBook;
  sessions: Pick<Sessions, 'close'>;
  signIn: Pick<SignInMethod, 'name'>;
  log: Log;
}

/** Keeps a refusal. It stays refused where it cannot be written down. */
export async function keepRefusal(attempt: Attempt, row: Endpoint, error: unknown, { access, log }: Keeping): Promise<void> {
  if (!(error instanceof Problem)) return;
  const { code } = error.report;
  const failedSignIn = row.recorded === 'sign-in' && code === 'not_signed_in';
  if (!failedSignIn && !denials.has(code)) return;
  try {
    await access.note({ ...attempt, kind: failedSignIn ? 'sign-in-failed' : 'denied', reason: code });
  } catch (failure) {
    log.error({ requestId: attempt.requestId, operation: row.name, err: failure }, 'a refusal could not be written down');
  }
}

/** Keeps what a row says that it is. Nobody comes in unseen; who reads does not wait for it, nor for a store that takes no writes. */
export async function keepAnswered(
  attempt: Attempt,
  row: Endpoint,
  reply: Reply<unknown> | Response,
  keeping: Keeping,
): Promise<void> {
  const { recorded: kind } = row;
  if (kind === undefined) return;
  const entered = reply instanceof Response ? undefined : reply.entered;
  const person = entered?.person ?? attempt.person;
  const came = entered ? withSession(attempt.came, entered.session, keeping.signIn.name) : attempt.came;
  const noted = keeping.access.note({ ...attempt, person, came, kind, reason: null }).catch(async (failure: unknown) => {
    const facts = { requestId: attempt.requestId, operation: row.name, err: failure };
    keeping.log.error(facts, 'an access could not be written down');
    if (!entered) return;
    await keeping.sessions.close(entered.session.digest).catch(() => undefined); // it opens nothing any more, stored or not
    throw unrecorded(failure);
  });
  if (kind !== 'view') await noted;
}

const unrecorded = (cause: unknown) =>
  new Problem(
    {
      code: 'ledger_unavailable',
      message: 'Canopy cannot write down this sign-in, so it did not let you in.',
      action: 'Ask whoever runs Canopy to look at the data folder: it may be full or not writable.',
      retryAfterSeconds: 10,
    },
    { cause },
  );
