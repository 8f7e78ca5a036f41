/** Accesses: who came, was refused, read records or took a file. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import { listAccess } from '../../contract/canopy/access.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { ask, keyOf } from './client.ts';

export type AccessFilter = Omit<QueryOf<typeof listAccess>, 'before' | 'limit'>;

const pageSize = 100;

/** Newest first, page by page. `data.pages[i].result.rows` are the entries of one page. */
export const accessQuery = (filter: AccessFilter = {}) =>
  infiniteQueryOptions({
    queryKey: keyOf(listAccess, {}, filter),
    queryFn: ({ signal, pageParam }) =>
      ask(listAccess, { query: { ...filter, limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ result }) => (result.more ? (result.rows.at(-1)?.sequence ?? null) : null),
  });
