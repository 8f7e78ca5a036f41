/** Shares that an organization sent or received. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listShares } from '../../contract/cloudflare/shares.ts';
import { readVerbatim } from '../../contract/exact-json.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { ask, keyOf } from './client.ts';

/** Walked to the end. */
export const sharesQuery = (organizationId: string, query: Omit<QueryOf<typeof listShares>, 'page' | 'per_page'> = {}) =>
  queryOptions({
    queryKey: keyOf(listShares, { organizationId }, query),
    queryFn: ({ signal }) => ask(listShares, { params: { organizationId }, query, signal, read: readVerbatim }),
    placeholderData: keepPreviousData,
  });
