/** Who is signed in, and how a person may sign in. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getSession, getSignInOptions, signIn, signOut } from '../../contract/canopy/session.ts';
import type { Session } from '../../contract/canopy/session.ts';
import { ask, keyOf } from './client.ts';
import type { Ask } from './client.ts';
import { noteSessionFound } from './session-lost.ts';

/** Fails with `not_signed_in` where there is no session. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: keyOf(getSession),
    queryFn: ({ signal }) => ask(getSession, { signal }),
    staleTime: 5 * 60_000,
  });

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

/** Ends the session; every answer it read leaves the memory. Where to go next is the caller's. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ask(signOut, {}),
    onSuccess: () => client.clear(),
  });
}
