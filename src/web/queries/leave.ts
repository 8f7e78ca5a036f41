/** Signing out, here or everywhere. */
import { useMutation } from '@tanstack/react-query';
import { signOut, signOutEverywhere } from '../../contract/canopy/session.ts';
import { forgetRecent } from '../lib/recent.ts';
import { ask } from './client.ts';

/**
 * Ends the session, or every session of this person, and leaves the page: nothing read for one person stays for the
 * next, in memory or in the browser.
 */
export function useLeave(to: string, from: 'here' | 'everywhere' = 'here'): { leave: () => void; leaving: boolean } {
  const leaving = useMutation({
    mutationFn: () => (from === 'here' ? ask(signOut, {}) : ask(signOutEverywhere, {})),
    onSettled: () => {
      forgetRecent();
      forgetTab();
      // a page that the back button brings back from the browser's memory would show what was read before
      window.addEventListener('pageshow', ({ persisted }) => persisted && window.location.reload());
      window.location.assign(to);
    },
  });
  return { leave: () => leaving.mutate(), leaving: leaving.isPending };
}

/** What this tab remembers: which branches stood open. */
function forgetTab(): void {
  try {
    sessionStorage.clear();
  } catch {
    // storage is blocked: nothing was kept
  }
}
