/** Receipts: Canopy's proof of every write. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getReceipt, listReceipts } from '../../contract/canopy/receipts.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { ask, keyOf } from './client.ts';

export type ReceiptFilter = Omit<QueryOf<typeof listReceipts>, 'before' | 'limit'>;

const pageSize = 100;

/** Newest first, page by page. `data.pages[i].result.rows` are the receipts of one page. */
export const receiptsQuery = (filter: ReceiptFilter = {}) =>
  infiniteQueryOptions({
    queryKey: keyOf(listReceipts, {}, filter),
    queryFn: ({ signal, pageParam }) =>
      ask(listReceipts, { query: { ...filter, limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ result }) => (result.more ? (result.rows.at(-1)?.sequence ?? null) : null),
  });

/** The newest few, and how many there are in all. */
export const newestReceiptsQuery = (filter: ReceiptFilter, limit: number) =>
  queryOptions({
    queryKey: keyOf(listReceipts, {}, { ...filter, limit }),
    queryFn: ({ signal }) => ask(listReceipts, { query: { ...filter, limit }, signal }),
  });

/** One receipt; asked again until its outcome is known. */
export const receiptQuery = (receiptId: string) =>
  queryOptions({
    queryKey: keyOf(getReceipt, { receiptId }),
    queryFn: ({ signal }) => ask(getReceipt, { params: { receiptId }, signal }),
    refetchInterval: ({ state }) => (state.data?.result.outcome === 'pending' ? 2_000 : false),
  });
