import type { getSession, getVisitor, Session, signIn, signOut, signOutEverywhere } from '../../contract/canopy/session.ts';
import { permissionsOfRole } from '../../contract/permissions.ts';
import type { Reply } from '../guards/answers.ts';
import type { Handle, OpenHandle } from '../guards/api.ts';
import { notSignedIn } from '../guards/permission.ts';
import type { Frame, Person } from '../services.ts';
import type { SessionCookie } from './cookie.ts';
import type { OpenSession, Sessions } from './sessions.ts';
import type { SignInMethod } from './sign-in-method.ts';

interface Parts {
  frame: Frame;
  sessions: Sessions;
  cookie: SessionCookie;
  signIn: SignInMethod;
}

/** What a session says of itself. */
function shown(person: Person, session: OpenSession, { frame, sessions }: Parts): Session {
  return {
    user: { id: person.id, name: person.name, email: person.email },
    role: person.role,
    permissions: permissionsOfRole[person.role],
    scopeOrganizationId: person.scope,
    mode: frame.mode,
    upstreamHost: frame.upstreamHost,
    ...sessions.expiry(session),
  };
}

export const readSession =
  (parts: Parts): Handle<typeof getSession, Session> =>
  async (_asked, { person, session }) => ({ result: shown(person, session, parts) });

/** The same for anyone: a page that begins may ask before somebody is signed in. */
export const readVisitor =
  (parts: Parts): OpenHandle<typeof getVisitor, { session: Session | null }> =>
  async (_asked, visit) => ({ result: { session: visit && shown(visit.person, visit.session, parts) } });

/** Signs in with a new session id; the session the browser came with ends. */
export const enter =
  (parts: Parts): OpenHandle<typeof signIn, Session> =>
  async ({ input }, visit) => {
    const subject = await parts.signIn.prove(input.body);
    const person = parts.signIn.person(subject);
    if (!person) throw notSignedIn();
    const { id, session } = await parts.sessions.open(subject);
    if (visit) await parts.sessions.close(visit.session.digest);
    return {
      result: shown(person, session, parts),
      headers: { 'set-cookie': parts.cookie.give(id) },
      entered: { person, session },
    };
  };

/** Ends the session here. The browser forgets what it kept of answers; how somebody likes to see Canopy is theirs and stays. */
export const leave =
  ({ sessions, cookie }: Parts): Handle<typeof signOut, null> =>
  async (_asked, { session }) => {
    await sessions.close(session.digest);
    return left(cookie);
  };

/** Ends every session of the person, wherever it was opened. */
export const leaveEverywhere =
  ({ sessions, cookie }: Parts): Handle<typeof signOutEverywhere, null> =>
  async (_asked, { session }) => {
    await sessions.closeAllOf(session.subject);
    return left(cookie);
  };

const left = (cookie: SessionCookie): Reply<null> => ({
  result: null,
  empty: true,
  headers: { 'set-cookie': cookie.take(), 'clear-site-data': '"cache"' },
});
