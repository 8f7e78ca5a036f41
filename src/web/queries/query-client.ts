/** The cache of the app and its rules: what is retried, for how long an answer counts as fresh, and who hears of a lost session. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { getVisitor } from '../../contract/canopy/session.ts';
import { Failure, keyOf } from './client.ts';
import { noteSessionLost } from './session-lost.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Failure;
  }
}

/** Reads are fresh this long unless their own options say otherwise. */
const staleTime = 30_000;
/** The longest wait that is worth keeping somebody on a loading page for. */
const longestQuietWait = 10;

/** Only a read that got no answer, or one told to wait a moment, is asked again; the BFF has already retried upstream. */
function shouldRetry(count: number, error: Error): boolean {
  if (!(error instanceof Failure) || count >= 2) return false;
  if (error.status === 0 || error.report.code === 'shutting_down') return true;
  const wait = error.report.retryAfterSeconds;
  const isTold = error.status === 429 || error.report.code === 'in_progress';
  return isTold && wait !== undefined && wait <= longestQuietWait;
}

function retryDelay(count: number, error: Error): number {
  const wait = error instanceof Failure ? error.report.retryAfterSeconds : undefined;
  return wait === undefined ? 500 * 2 ** count : wait * 1000;
}

function hear(error: Error): void {
  if (!(error instanceof Failure)) return;
  const { code } = error.report;
  if (code === 'not_signed_in') noteSessionLost();
  // the page would not have asked if it knew the role: another window of this browser has signed in as somebody else
  else if (code === 'not_allowed' || code === 'out_of_scope') void queryClient.invalidateQueries({ queryKey: keyOf(getVisitor) });
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: hear }),
  mutationCache: new MutationCache({ onError: hear }),
  defaultOptions: {
    queries: {
      staleTime,
      gcTime: 10 * 60_000,
      retry: shouldRetry,
      retryDelay,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
