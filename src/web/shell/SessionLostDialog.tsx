import { useQuery } from '@tanstack/react-query';
import { IdentityList } from '../pages/sign-in/IdentityList.tsx';
import { LinkSignIn } from '../pages/sign-in/LinkSignIn.tsx';
import { useRole } from '../queries/role.ts';
import { noteSessionFound } from '../queries/session-lost.ts';
import { signInOptionsQuery, useSignIn } from '../queries/sign-in.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorLine } from '../ui/ErrorState.tsx';

/**
 * The session ended while somebody was at work. The page stays as it is, with what was typed; signing in again
 * goes on from there.
 */
export function SessionLostDialog() {
  const { session } = useRole();
  const options = useQuery(signInOptionsQuery());
  const signIn = useSignIn();
  const answer = options.data?.result;
  const workingId = signIn.isPending && signIn.variables && 'identity' in signIn.variables ? signIn.variables.identity : null;
  const error = options.error ?? signIn.error;
  return (
    <Dialog
      title="Your session has ended"
      consequence="This page and what you typed are kept. Sign in to go on; nothing was sent meanwhile."
      cancel="Look at the page"
      onClose={noteSessionFound}
    >
      <div className="flex flex-col gap-3 px-5 py-4">
        {answer?.method === 'identities' && (
          <IdentityList
            identities={answer.identities.toSorted((a, b) => Number(b.id === session.user.id) - Number(a.id === session.user.id))}
            workingId={workingId}
            onChoose={({ id }) => signIn.mutate({ identity: id })}
          />
        )}
        {answer?.method === 'link' && (
          <>
            <p className="text-muted">Canopy printed a new sign-in link in its terminal. Paste it here.</p>
            <LinkSignIn code={null} onDone={() => undefined} />
          </>
        )}
        {error && <ErrorLine error={error.report} />}
      </div>
    </Dialog>
  );
}
