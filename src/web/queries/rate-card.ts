/** The rate card: the version in force, older ones, saving another, and trying it on the running month. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getRateCard, getRateCardVersion, previewRateCard, saveRateCard } from '../../contract/canopy/rate-card.ts';
import type { RateCard } from '../../contract/canopy/rate-card.ts';
import { ask, keyOf } from './client.ts';
import type { Ask } from './client.ts';
import { spendFigures } from './spend-figures.ts';
import { spendStateQuery } from './spend.ts';
import { readAgain } from './write.ts';

export const rateCardQuery = () =>
  queryOptions({ queryKey: keyOf(getRateCard), queryFn: ({ signal }) => ask(getRateCard, { signal }) });

/** Versions never change. */
export const rateCardVersionQuery = (version: number) =>
  queryOptions({
    queryKey: keyOf(getRateCardVersion, { version: String(version) }),
    queryFn: ({ signal }) => ask(getRateCardVersion, { params: { version: String(version) }, signal }),
    staleTime: Infinity,
  });

/** Fails with `stale_version` and the card in force where somebody else saved first. */
export function useSaveRateCard() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Ask<typeof saveRateCard>['body']) => ask(saveRateCard, { body }),
    onSuccess: (answer) => client.setQueryData(rateCardQuery().queryKey, answer),
    onSettled: () => readAgain(client, ['getRateCard', 'getSpendState', ...spendFigures]),
  });
}

/** What a card makes of the running month. A card may be of megabytes, so its own asking is told apart by a key. */
export const previewQuery = (card: RateCard, key: string) =>
  queryOptions({
    queryKey: [previewRateCard.name, key] as const,
    queryFn: ({ signal }) => ask(previewRateCard, { body: { card }, signal }),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });

/** How far stored usage is priced with the version in force; asked again while it is on its way. */
export const pricingQuery = () =>
  queryOptions({
    ...spendStateQuery({}),
    refetchInterval: ({ state }) => ((state.data?.result.pricing.monthsLeft ?? 0) > 0 ? 2_000 : false),
  });
