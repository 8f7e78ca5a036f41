/** Usage & cost from the store: what is stored, one question, pickers, and the sync. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { askSpend, controlSpendSync, getSpendState, listSpendMetrics } from '../../contract/canopy/spend.ts';
import type { SpendQuestion } from '../../contract/canopy/spend.ts';
import { ask, keyOf } from './client.ts';
import type { Ask } from './client.ts';
import type { Subtree } from './hierarchy.ts';
import { readAgain } from './write.ts';

/**
 * Which days are stored, and how far sync and pricing are; asked again every second while they run, and now and then while they
 * rest: the next run begins by itself, and a page may stand open for days.
 */
export const spendStateQuery = (subtree: Subtree) =>
  queryOptions({
    queryKey: keyOf(getSpendState, {}, subtree),
    queryFn: ({ signal, client, queryKey }) =>
      ask(getSpendState, { query: subtree, signal, slide: client.getQueryData(queryKey) === undefined }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const stored = state.data?.result;
      if (stored?.sync.status === 'running') return 1_000;
      return stored?.sync.status === 'waiting' || (stored?.pricing.monthsLeft ?? 0) > 0 ? 5_000 : 30_000;
    },
  });

/** Starts, pauses or resumes the sync, or fetches named days again. */
export function useControlSpendSync() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Ask<typeof controlSpendSync>['body']) => ask(controlSpendSync, { body }),
    onSettled: () => readAgain(client, ['getSpendState']),
  });
}

/**
 * One question; the answer before stays on the screen while the next one is on its way. Asking again what is known keeps
 * no session alive.
 */
export const spendQuery = (question: SpendQuestion) =>
  queryOptions({
    queryKey: [askSpend.name, question] as const,
    queryFn: ({ signal, client, queryKey }) =>
      ask(askSpend, { body: question, signal, slide: client.getQueryData(queryKey) === undefined }),
    placeholderData: keepPreviousData,
  });

/** Metrics and currencies that the stored records of a subtree carry. */
export const spendMetricsQuery = (subtree: Subtree) =>
  queryOptions({
    queryKey: keyOf(listSpendMetrics, {}, subtree),
    queryFn: ({ signal, client, queryKey }) =>
      ask(listSpendMetrics, { query: subtree, signal, slide: client.getQueryData(queryKey) === undefined }),
    placeholderData: keepPreviousData,
  });
