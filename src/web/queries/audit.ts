/** The audit log of an organization: pages by cursor with a bounded window, and the history of one resource. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { QueryOf } from '../../contract/endpoint.ts';
import type { ResultInfo } from '../../contract/envelope.ts';
import { getResourceHistory, listAuditEvents } from '../../contract/cloudflare/audit.ts';
import type { AuditEvent } from '../../contract/cloudflare/audit.ts';
import { ask, keyOf } from './client.ts';
import type { Answer } from './client.ts';

/** The filters and range of a list; `since` and `before` are required upstream. */
export type AuditQuestion = Omit<QueryOf<typeof listAuditEvents>, 'cursor' | 'limit' | 'since' | 'before'> & {
  since: string;
  before: string;
};

/** Events of one page, and pages kept in memory: 5,000 events at most, the rest is read again on the way back. */
export const auditPageSize = 200;
export const auditPagesKept = 25;

/** Where a page starts. Upstream has no cursor backwards, so each one remembers the one before it. */
export interface AuditPosition {
  cursor: string | null;
  before: AuditPosition | null;
}
const start: AuditPosition = { cursor: null, before: null };

/** The cursor of the next page; upstream writes it in two places, and an empty one ends the list. */
export function nextCursor(info: ResultInfo | null): string | null {
  return info?.cursors?.after || info?.cursor || null;
}

/** Newest first (or `direction: 'asc'`). `data.pages[i].result` are the rows of one page. */
export const auditEventsQuery = (organizationId: string, question: AuditQuestion) =>
  infiniteQueryOptions({
    queryKey: keyOf(listAuditEvents, { organizationId }, question),
    queryFn: ({ signal, pageParam }) =>
      ask(listAuditEvents, {
        params: { organizationId },
        query: { ...question, limit: auditPageSize, ...(pageParam.cursor ? { cursor: pageParam.cursor } : {}) },
        signal,
      }),
    initialPageParam: start,
    getNextPageParam: (last: Answer<AuditEvent[]>, _pages, position: AuditPosition): AuditPosition | undefined => {
      const cursor = nextCursor(last.info);
      return cursor ? { cursor, before: position } : undefined;
    },
    getPreviousPageParam: (_first, _pages, position: AuditPosition): AuditPosition | undefined => position.before ?? undefined,
    maxPages: auditPagesKept,
    staleTime: Infinity, // rows never move under the reader; newer events are asked for by name
  });

/** The newest events only, for a summary: one page of `limit` rows. */
export const newestAuditEventsQuery = (organizationId: string, question: AuditQuestion, limit: number) =>
  queryOptions({
    queryKey: keyOf(listAuditEvents, { organizationId }, { ...question, limit }),
    queryFn: ({ signal }) => ask(listAuditEvents, { params: { organizationId }, query: { ...question, limit }, signal }),
  });

/** The events of one event's resource; `info.history_status` is exact, approximate or unavailable. */
export const resourceHistoryQuery = (organizationId: string, eventId: string, query: QueryOf<typeof getResourceHistory>) =>
  queryOptions({
    queryKey: keyOf(getResourceHistory, { organizationId, eventId }, query),
    queryFn: ({ signal }) => ask(getResourceHistory, { params: { organizationId, eventId }, query, signal }),
    staleTime: 5 * 60_000,
  });
