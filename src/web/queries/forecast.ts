/** Where the month will end, and how far allowances reach. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { forecastSpend, listAllowances } from '../../contract/canopy/forecast.ts';
import type { ForecastQuestion } from '../../contract/canopy/forecast.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { ask, keyOf } from './client.ts';

/** While organizations are still being worked on, the answer is asked again. */
const whileWaiting = (waiting: number | undefined): number | false => ((waiting ?? 0) > 0 ? 5_000 : false);

export const forecastQuery = (question: ForecastQuestion) =>
  queryOptions({
    queryKey: [forecastSpend.name, question] as const,
    queryFn: ({ signal }) => ask(forecastSpend, { body: question, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => whileWaiting(state.data?.result.waiting),
  });

export const allowancesQuery = (query: QueryOf<typeof listAllowances>) =>
  queryOptions({
    queryKey: keyOf(listAllowances, {}, query),
    queryFn: ({ signal }) => ask(listAllowances, { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => whileWaiting(state.data?.result.waiting),
  });
