/** Who is signed in. */
import { queryOptions } from '@tanstack/react-query';
import { getVisitor } from '../../contract/canopy/session.ts';
import type { Session } from '../../contract/canopy/session.ts';
import { ask, Failure, keyOf } from './client.ts';
import type { Answer, Meta } from './client.ts';

/** Milliseconds until what is known of a session is asked again. */
export const sessionKept = 5 * 60_000;

/** Fails with `not_signed_in` where there is no session; the wire says so without an error, which browsers would log. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: keyOf(getVisitor),
    queryFn: async ({ signal, client }): Promise<Answer<Session>> => {
      const { result, ...rest } = await ask(getVisitor, { signal });
      const { session } = result;
      if (session === null) throw notSignedIn(rest.meta);
      const before = client.getQueryData<Answer<Session>>(keyOf(getVisitor))?.result;
      // somebody else signed in meanwhile, in another window of this browser: what is shown is read anew as theirs
      if (before && !isSame(before, session))
        void client.invalidateQueries({ predicate: ({ queryKey: [name] }) => name !== getVisitor.name });
      return { ...rest, result: session };
    },
    staleTime: sessionKept,
    refetchOnWindowFocus: 'always',
  });

/** Whether two sessions are one person's in one role, and so see the same. */
export const isSame = (one: Session, other: Session): boolean => one.user.id === other.user.id && one.role === other.role;

const notSignedIn = ({ requestId }: Meta) =>
  new Failure(
    { code: 'not_signed_in', message: 'Nobody is signed in.', action: 'Sign in.', requestId: requestId ?? 'none' },
    401,
  );
