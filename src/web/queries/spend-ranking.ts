/** All accounts by what they cost. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { rankSpendAccounts } from '../../contract/canopy/spend.ts';
import type { SpendRankingQuestion } from '../../contract/canopy/spend.ts';
import { ask } from './client.ts';

export const spendRankingQuery = (question: SpendRankingQuestion) =>
  queryOptions({
    queryKey: [rankSpendAccounts.name, question] as const,
    queryFn: ({ signal }) => ask(rankSpendAccounts, { body: question, signal }),
    placeholderData: keepPreviousData,
  });
