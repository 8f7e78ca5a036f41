/** How old the oldest answer on the screen is. */
import { notifyManager, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

const asOfOf = (data: unknown): string | null => {
  if (typeof data !== 'object' || data === null) return null;
  if ('pages' in data && Array.isArray(data.pages)) return asOfOf(data.pages[0]);
  if (!('meta' in data) || typeof data.meta !== 'object' || data.meta === null) return null;
  return 'asOf' in data.meta && typeof data.meta.asOf === 'string' ? data.meta.asOf : null;
};

/** The earliest `asOf` of all answers that something on the page shows. RFC 3339 in UTC sorts as text. */
function oldestShown(client: QueryClient): string | null {
  let oldest: string | null = null;
  for (const query of client.getQueryCache().findAll({ type: 'active' })) {
    const asOf = asOfOf(query.state.data);
    if (asOf !== null && (oldest === null || Date.parse(asOf) < Date.parse(oldest))) oldest = asOf;
  }
  return oldest;
}

export function useOldestShown(): string | null {
  const client = useQueryClient();
  return useSyncExternalStore(
    // observers come and go while components render: tell ours afterwards
    (listener) => client.getQueryCache().subscribe(notifyManager.batchCalls(listener)),
    () => oldestShown(client),
  );
}
