/** How far stored records can be relied on, and what changed after the fact. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getSpendQuality, listRestatements } from '../../contract/canopy/spend-quality.ts';
import { ask, keyOf } from './client.ts';
import type { Subtree } from './hierarchy.ts';

export const qualityQuery = (subtree: Subtree) =>
  queryOptions({
    queryKey: keyOf(getSpendQuality, {}, subtree),
    queryFn: ({ signal }) => ask(getSpendQuality, { query: subtree, signal }),
    placeholderData: keepPreviousData,
  });

export const restatementsQuery = (subtree: Subtree) =>
  queryOptions({
    queryKey: keyOf(listRestatements, {}, subtree),
    queryFn: ({ signal }) => ask(listRestatements, { query: subtree, signal }),
    placeholderData: keepPreviousData,
  });
