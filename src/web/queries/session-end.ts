/** When the session ends, looked up without putting the end off. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getSession } from '../../contract/canopy/session.ts';
import { untilNextLook } from '../lib/session-end.ts';
import { ask, keyOf } from './client.ts';

export const sessionEndQuery = () =>
  queryOptions({
    queryKey: keyOf(getSession),
    queryFn: ({ signal }) => ask(getSession, { signal, slide: false }),
    refetchInterval: ({ state }) => state.data !== undefined && untilNextLook(state.data.result, Date.now()),
  });

/** Uses the session, which begins its idle time anew. */
export function useStay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ask(getSession, {}),
    onSuccess: (answer) => client.setQueryData(keyOf(getSession), answer),
  });
}
