/** Signing out, here or everywhere. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { signOut, signOutEverywhere } from '../../contract/canopy/session.ts';
import type { Leaving } from '../lib/leaving.ts';
import { forgetRecent } from '../lib/recent.ts';
import { ask } from './client.ts';

const mutationKey = ['leave'];

/**
 * Ends the session, or every session of this person, and begins anew at the sign-in page: nothing read for one person
 * stays for the next, in memory or in the browser. To be used where no page is on the screen that asks anything.
 */
export function useLeave(leaving: Leaving) {
  const client = useQueryClient();
  return useMutation({
    mutationKey,
    mutationFn: async () => {
      await client.cancelQueries();
      await changesSent(client);
      return leaving === 'here' ? ask(signOut, {}) : ask(signOutEverywhere, {});
    },
    onSuccess: beginAnew,
    // it had ended already
    onError: ({ report }) => report.code === 'not_signed_in' && beginAnew(),
  });
}

/** What somebody changed is still sent in their name. */
function changesSent(client: QueryClient): Promise<void> {
  const sending = () => client.isMutating({ predicate: ({ options }) => options.mutationKey !== mutationKey }) > 0;
  return new Promise((resolve) => {
    const look = () => {
      if (sending()) return;
      stop();
      resolve();
    };
    const stop = client.getMutationCache().subscribe(look);
    look();
  });
}

function beginAnew(): void {
  forgetRecent();
  forgetTab();
  // a page that the back button brings back from the browser's memory would show what was read before
  window.addEventListener('pageshow', ({ persisted }) => persisted && window.location.reload());
  // where the address is the same, browsers keep the state of the history entry, which says to leave
  window.history.replaceState(null, '');
  window.location.replace('/sign-in');
}

/** What this tab remembers: which branches stood open. */
function forgetTab(): void {
  try {
    sessionStorage.clear();
  } catch {
    // storage is blocked: nothing was kept
  }
}
