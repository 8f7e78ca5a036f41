/**
 * Signing out begins by going away: the page that asks things in somebody's name is off the screen before their session
 * ends, and what is typed there and not saved is asked about while it can still be saved.
 */
import { useNavigate } from 'react-router';

/** Which sessions end: this one, or every one of the person. */
export type Leaving = 'here' | 'everywhere';

/** Goes where the session is ended. No address says so, or a link from elsewhere could sign somebody out. */
export function useGoAway(): (leaving: Leaving) => void {
  const navigate = useNavigate();
  return (leaving) => void navigate('/sign-in', { state: { leaving } });
}

/** What the state of a history entry says of leaving; null where somebody came to sign in. */
export function leavingOf(state: unknown): Leaving | null {
  if (typeof state !== 'object' || state === null || !('leaving' in state)) return null;
  return state.leaving === 'here' || state.leaving === 'everywhere' ? state.leaving : null;
}
