/** What a filter of usage & cost offers. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { searchSpendValues } from '../../contract/canopy/spend.ts';
import type { SpendDimension } from '../../contract/canopy/spend.ts';
import { isTagDimension, tagKeyOf } from '../../contract/canopy/tag-key.ts';
import { searchTagValues } from '../../contract/canopy/tags.ts';
import { ask } from './client.ts';
import type { Subtree } from './hierarchy.ts';

/** Values of a dimension that contain a text, for a filter's list. */
export const spendValuesQuery = (dimension: SpendDimension, subtree: Subtree, contains: string) => {
  const query = contains === '' ? subtree : { ...subtree, contains };
  return queryOptions({
    queryKey: [searchSpendValues.name, dimension, query] as const,
    queryFn: ({ signal }) =>
      isTagDimension(dimension)
        ? ask(searchTagValues, { params: { key: tagKeyOf(dimension) }, query, signal })
        : ask(searchSpendValues, { params: { dimension }, query, signal }),
    placeholderData: keepPreviousData,
  });
};
