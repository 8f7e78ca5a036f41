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
    queryFn: async ({ signal }): Promise<Answer<Session>> => {
      const { result, ...rest } = await ask(getVisitor, { signal });
      if (result.session === null) throw notSignedIn(rest.meta);
      return { ...rest, result: result.session };
    },
    staleTime: sessionKept,
  });

const notSignedIn = ({ requestId }: Meta) =>
  new Failure(
    { code: 'not_signed_in', message: 'Nobody is signed in.', action: 'Sign in.', requestId: requestId ?? 'none' },
    401,
  );
