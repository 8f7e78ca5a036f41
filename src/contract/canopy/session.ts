import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import type { Permission, Role } from '../permissions.ts';

export type Mode = 'sandbox' | 'cloudflare';

export interface Session {
  user: { id: string; name: string; email: string | null };
  role: Role;
  permissions: readonly Permission[];
  /** The organization whose subtree the person may see, or null for everything the credential sees. */
  scopeOrganizationId: string | null;
  mode: Mode;
  /** The `CLOUDFLARE_BASE_URL` host, shown in Settings. */
  upstreamHost: string;
  /** RFC 3339; the session ends at the earlier of the two. */
  idleExpiresAt: string;
  absoluteExpiresAt: string;
}

/** One of the people of the sandbox, and what signing in as them shows. */
export interface Identity {
  id: string;
  name: string;
  role: Role;
  /** What the role may see and do, one sentence. */
  description: string;
  scopeOrganizationId: string | null;
  scopeName: string | null;
  /** How many organizations and accounts the identity may see; null until the tree has been read. */
  sees: { organizations: number; accounts: number } | null;
}

export type SignInOptions =
  | {
      method: 'identities';
      identities: readonly Identity[];
      /** The hierarchy from above, for the drawing: parents come before children. */
      drawing: readonly { id: string; parentId: string | null; name: string; accounts: number }[];
    }
  | { method: 'link' };

/** How a person may sign in here. */
export const getSignInOptions = endpoint({
  name: 'getSignInOptions',
  method: 'GET',
  path: '/canopy/sign-in',
  params: {},
  query: {},
  body: null,
  result: answer<SignInOptions>(),
  paging: 'none',
  credential: 'none',
  permission: 'anyone',
  effect: 'read',
});

/** Who is signed in; 401 `not_signed_in` otherwise. */
export const getSession = endpoint({
  name: 'getSession',
  method: 'GET',
  path: '/canopy/session',
  params: {},
  query: {},
  body: null,
  result: answer<Session>(),
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
});

/** Who is here: the session, or null where nobody is signed in, which is no failure for a page that begins. */
export const getVisitor = endpoint({
  name: 'getVisitor',
  method: 'GET',
  path: '/canopy/visitor',
  params: {},
  query: {},
  body: null,
  result: answer<{ session: Session | null }>(),
  paging: 'none',
  credential: 'none',
  permission: 'anyone',
  effect: 'read',
});

/** Signs in as an identity of the sandbox, or with the one-time code of the link printed in the terminal. */
export const signIn = endpoint({
  name: 'signIn',
  method: 'POST',
  path: '/canopy/session',
  params: {},
  query: {},
  body: z.union([
    z.strictObject({ identity: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/, 'must name one of the identities')) }),
    z.strictObject({ code: z.string().check(z.regex(/^[A-Za-z0-9_-]{16,128}$/, 'must be the code of the link')) }),
  ]),
  result: answer<Session>(),
  paging: 'none',
  credential: 'none',
  permission: 'anyone',
  effect: 'read',
  recorded: 'sign-in',
});

/** Ends this session. */
export const signOut = endpoint({
  name: 'signOut',
  method: 'DELETE',
  path: '/canopy/session',
  params: {},
  query: {},
  body: null,
  result: null,
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
  recorded: 'sign-out',
});

/** Ends every session of the person who asks, this one too. */
export const signOutEverywhere = endpoint({
  name: 'signOutEverywhere',
  method: 'DELETE',
  path: '/canopy/sessions',
  params: {},
  query: {},
  body: null,
  result: null,
  paging: 'none',
  credential: 'none',
  permission: 'signed-in',
  effect: 'read',
  recorded: 'sign-out',
});
