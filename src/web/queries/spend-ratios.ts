/** What was saved, and what a unit costs. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { askSpendRatios } from '../../contract/canopy/spend-ratios.ts';
import type { SpendRatioQuestion } from '../../contract/canopy/spend-ratios.ts';
import { ask } from './client.ts';

export const spendRatiosQuery = (question: SpendRatioQuestion) =>
  queryOptions({
    queryKey: [askSpendRatios.name, question] as const,
    queryFn: ({ signal }) => ask(askSpendRatios, { body: question, signal }),
    placeholderData: keepPreviousData,
  });
