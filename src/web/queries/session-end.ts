/** When the session ends, looked up without putting the end off. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getSession } from '../../contract/canopy/session.ts';
import { untilNextLook } from '../lib/session-end.ts';
import { ask, keyOf } from './client.ts';
import { sessionKept, sessionQuery } from './session.ts';

/** Begins with what the first answer of all said of the session. */
export function useSessionEnd() {
  const { queryKey } = sessionQuery();
  const client = useQueryClient();
  return useQuery({
    queryKey: keyOf(getSession),
    queryFn: ({ signal }) => ask(getSession, { signal, slide: false }),
    initialData: () => client.getQueryData(queryKey),
    initialDataUpdatedAt: () => client.getQueryState(queryKey)?.dataUpdatedAt,
    staleTime: sessionKept,
    refetchInterval: ({ state }) => state.data !== undefined && untilNextLook(state.data.result, Date.now()),
  });
}

/** Uses the session, which begins its idle time anew. */
export function useStay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ask(getSession, {}),
    onSuccess: (answer) => client.setQueryData(keyOf(getSession), answer),
  });
}
