/** Who is signed in, and how a person may sign in. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getSession, getSignInOptions, getVisitor, signIn, signOut } from '../../contract/canopy/session.ts';
import type { Session } from '../../contract/canopy/session.ts';
import { ask, Failure, keyOf } from './client.ts';
import type { Answer, Ask, Meta } from './client.ts';
import { noteSessionFound } from './session-lost.ts';

/** Fails with `not_signed_in` where there is no session; the wire says so without an error, which browsers would log. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: keyOf(getSession),
    queryFn: async ({ signal }): Promise<Answer<Session>> => {
      const { result, ...rest } = await ask(getVisitor, { signal });
      if (result.session === null) throw notSignedIn(rest.meta);
      return { ...rest, result: result.session };
    },
    staleTime: 5 * 60_000,
  });

const notSignedIn = ({ requestId }: Meta) =>
  new Failure(
    { code: 'not_signed_in', message: 'Nobody is signed in.', action: 'Sign in.', requestId: requestId ?? 'none' },
    401,
  );

export const signInOptionsQuery = () =>
  queryOptions({
    queryKey: keyOf(getSignInOptions),
    queryFn: ({ signal }) => ask(getSignInOptions, { signal }),
    staleTime: 60_000,
  });

/**
 * Signs in with `{ identity }` or `{ code }`. The same person signing in again keeps the page and its data;
 * for another one everything is read anew, because roles and scopes differ.
 */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Ask<typeof signIn>['body']) => ask(signIn, { body }),
    onSuccess: async (answer) => {
      const before = client.getQueryData<{ result: Session }>(keyOf(getSession))?.result;
      const same = before?.user.id === answer.result.user.id && before.role === answer.result.role;
      client.setQueryData(keyOf(getSession), answer);
      noteSessionFound();
      // the ways to sign in are nobody's: without them the page that asked would vanish before it went on
      const others = {
        predicate: ({ queryKey: [name] }: { queryKey: readonly unknown[] }) =>
          name !== getSession.name && name !== getSignInOptions.name,
      };
      if (same) await client.invalidateQueries(others);
      else await client.resetQueries(others);
    },
  });
}

/** Ends the session. Whoever calls it leaves the page, and with it every answer that was read. */
export function useSignOut() {
  return useMutation({ mutationFn: () => ask(signOut, {}) });
}
