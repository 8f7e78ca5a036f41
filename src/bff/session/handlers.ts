import type { getSession, Session, signIn, signOut } from '../../contract/canopy/session.ts';
import { permissionsOfRole } from '../../contract/permissions.ts';
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

/** Signs in with a new session id; the session the browser came with ends. */
export const enter =
  (parts: Parts): OpenHandle<typeof signIn, Session> =>
  async ({ input }, visit) => {
    const subject = await parts.signIn.prove(input.body);
    const person = parts.signIn.person(subject);
    if (!person) throw notSignedIn();
    if (visit) await parts.sessions.close(visit.session.digest);
    const { id, session } = await parts.sessions.open(subject);
    return { result: shown(person, session, parts), headers: { 'set-cookie': parts.cookie.give(id) } };
  };

/** Ends the session here and makes the browser forget what it kept. */
export const leave =
  ({ sessions, cookie }: Parts): Handle<typeof signOut, null> =>
  async (_asked, { session }) => {
    await sessions.close(session.digest);
    return {
      result: null,
      empty: true,
      headers: { 'set-cookie': cookie.take(), 'clear-site-data': '"cache", "storage"' },
    };
  };
