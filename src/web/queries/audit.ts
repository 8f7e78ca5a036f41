/** The audit log of an organization: pages by cursor, and the history of one resource. */
import { queryOptions } from '@tanstack/react-query';
import type { QueryOf } from '../../contract/endpoint.ts';
import { readVerbatim } from '../../contract/exact-json.ts';
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

/** Events of one page. */
export const auditPageSize = 200;

/** The cursor of the next page; upstream writes it in two places, and an empty one ends the list. */
export function nextCursor(info: ResultInfo | null): string | null {
  return info?.cursors?.after || info?.cursor || null;
}

/** One page of the list, newest first, told to `onRead` and not kept here: `audit-trail.ts` holds what is shown. */
export const auditPageQuery = (
  organizationId: string,
  question: AuditQuestion,
  cursor: string | null,
  onRead: (page: Answer<AuditEvent[]>) => void,
) =>
  queryOptions({
    queryKey: keyOf(
      listAuditEvents,
      { organizationId },
      { ...question, limit: auditPageSize, ...(cursor === null ? {} : { cursor }) },
    ),
    queryFn: async ({ signal }) => {
      const query = { ...question, limit: auditPageSize, ...(cursor === null ? {} : { cursor }) };
      const page = await ask(listAuditEvents, { params: { organizationId }, query, signal, read: readVerbatim });
      onRead(page);
      return page;
    },
    staleTime: Infinity, // rows never move under the reader; newer events are asked for by name
    gcTime: 0,
  });

/** The newest events only, for a summary: one page of `limit` rows. */
export const newestAuditEventsQuery = (organizationId: string, question: AuditQuestion, limit: number) =>
  queryOptions({
    queryKey: keyOf(listAuditEvents, { organizationId }, { ...question, limit }),
    queryFn: ({ signal }) =>
      ask(listAuditEvents, { params: { organizationId }, query: { ...question, limit }, signal, read: readVerbatim }),
  });

/** The events of one event's resource; `info.history_status` is exact, approximate or unavailable. */
export const resourceHistoryQuery = (organizationId: string, eventId: string, query: QueryOf<typeof getResourceHistory>) =>
  queryOptions({
    queryKey: keyOf(getResourceHistory, { organizationId, eventId }, query),
    queryFn: ({ signal }) => ask(getResourceHistory, { params: { organizationId, eventId }, query, signal, read: readVerbatim }),
    staleTime: 5 * 60_000,
  });
