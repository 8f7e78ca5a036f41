/** How old the oldest answer on the screen is. */
import { notifyManager, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value ? (value as Record<string, unknown>)[name] : undefined; // any object may be read by key

/** When upstream gave an answer: the header says so, or what was put together from many answers says it itself. */
function asOfOf(data: unknown): string | null {
  const pages = field(data, 'pages');
  if (Array.isArray(pages)) return asOfOf(pages[0]);
  const result = field(data, 'result');
  const said = [field(field(data, 'meta'), 'asOf'), field(result, 'asOf'), field(field(result, 'coverage'), 'asOf')];
  return said.find((value) => typeof value === 'string') ?? null;
}

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
