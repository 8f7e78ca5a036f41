/** How a person may sign in, and signing in: nothing that a page needs before somebody does it. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getSignInOptions, getVisitor, signIn } from '../../contract/canopy/session.ts';
import type { Session, SignInOptions } from '../../contract/canopy/session.ts';
import { ask, keyOf } from './client.ts';
import type { Ask } from './client.ts';
import { noteSessionFound } from './session-lost.ts';
import { isSame } from './session.ts';

export const signInOptionsQuery = () =>
  queryOptions({
    queryKey: keyOf(getSignInOptions),
    queryFn: ({ signal }) => ask(getSignInOptions, { signal }),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.data && isTreeComing(state.data.result) ? 2_000 : false),
  });

/** Whether what the people of the sandbox see is still being read, as it is when Canopy has just started. */
const isTreeComing = (options: SignInOptions) =>
  options.method === 'identities' && options.identities.some(({ sees }) => sees === null);

/**
 * Signs in with `{ identity }` or `{ code }`. The same person signing in again keeps the page and its data;
 * for another one everything is read anew, because roles and scopes differ.
 */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Ask<typeof signIn>['body']) => ask(signIn, { body }),
    onSuccess: async (answer) => {
      const before = client.getQueryData<{ result: Session }>(keyOf(getVisitor))?.result;
      const same = before !== undefined && isSame(before, answer.result);
      client.setQueryData(keyOf(getVisitor), answer);
      noteSessionFound();
      // the ways to sign in are nobody's: without them the page that asked would vanish before it went on
      const others = {
        predicate: ({ queryKey: [name] }: { queryKey: readonly unknown[] }) =>
          name !== getVisitor.name && name !== getSignInOptions.name,
      };
      if (same) await client.invalidateQueries(others);
      else await client.resetQueries(others);
    },
  });
}
