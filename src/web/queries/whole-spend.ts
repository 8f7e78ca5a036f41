/** Costs on pages that do not follow the reading of usage: they are asked again until they are whole. */
import { queryOptions } from '@tanstack/react-query';
import type { SpendQuestion } from '../../contract/canopy/spend.ts';
import { whyNotWhole } from '../lib/comparison.ts';
import type { Subtree } from './hierarchy.ts';
import { spendMetricsQuery, spendQuery } from './spend.ts';

/** Milliseconds between two askings. */
const wait = 15_000;

/** One question over complete days, until every day of them is stored and priced. */
export const wholeSpendQuery = (question: SpendQuestion) =>
  queryOptions({
    ...spendQuery(question),
    refetchInterval: ({ state: { data } }) => (data && whyNotWhole(data.result) === null ? false : wait),
  });

/** Metrics and currencies of the stored records, until one of them has a cost. */
export const firstCurrencyQuery = (subtree: Subtree) =>
  queryOptions({
    ...spendMetricsQuery(subtree),
    refetchInterval: ({ state: { data } }) => (data?.result.currencies.length ? false : wait),
  });
