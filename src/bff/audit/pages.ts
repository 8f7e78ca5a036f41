import { listAuditEvents } from '../../contract/cloudflare/audit.ts';
import type { AuditEvent } from '../../contract/cloudflare/audit.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { Problem } from '../problem.ts';
import type { Asking, Clock, Exchange, Upstream } from '../services.ts';

export type AuditQuery = QueryOf<typeof listAuditEvents> & { since: string; before: string };

/** A slice is short, so that its cursor does not have to live long. */
const sliceLength = 30 * 86_400_000;
const pageSize = 1_000;
/** No progress for this long ends the reading. */
const patience = 900_000;
const emptyPages = 10;

interface Parts {
  upstream: Pick<Upstream, 'call'>;
  clock: Clock;
}

/** Every event of a filter, page by page and newest first; waits for the rate budget, which it leaves to people first. */
export async function* auditPages(
  { upstream, clock }: Parts,
  organizationId: string,
  query: AuditQuery,
  asking: Asking,
): AsyncGenerator<readonly AuditEvent[]> {
  const background: Asking = { ...asking, priority: 'background' };
  for (const slice of slicesOf(query)) {
    const seen = new Set<string>();
    let empty = 0;
    let cursor: string | undefined;
    do {
      const asked = { ...query, ...slice, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
      const input = { params: { organizationId }, query: asked };
      const { result, info } = await whenThereIsRoom(clock, background, () => upstream.call(listAuditEvents, input, background));
      yield result;
      empty = result.length === 0 ? empty + 1 : 0;
      cursor = info?.cursor;
      if (cursor !== undefined && (seen.has(cursor) || empty >= emptyPages)) throw circling();
      if (cursor !== undefined) seen.add(cursor);
    } while (cursor !== undefined);
  }
}

/** The range in pieces that touch and do not overlap, in the order of the answer. */
export function slicesOf({ since, before, direction }: AuditQuery): { since: string; before: string }[] {
  const first = Date.parse(since);
  const slices: { since: string; before: string }[] = [];
  let end = before;
  for (let at = Date.parse(before) - sliceLength; at > first; at -= sliceLength) {
    const begin = new Date(at).toISOString();
    slices.push({ since: begin, before: end });
    end = begin;
  }
  if (first < Date.parse(end)) slices.push({ since, before: end });
  return direction === 'asc' ? slices.reverse() : slices;
}

async function whenThereIsRoom<T>(clock: Clock, { signal }: Asking, read: () => Promise<Exchange<T>>): Promise<Exchange<T>> {
  const began = clock.monotonic();
  for (;;) {
    try {
      return await read();
    } catch (error) {
      const noRoom =
        error instanceof Problem && (error.report.code === 'rate_budget' || error.report.code === 'upstream_throttled');
      if (!noRoom || clock.monotonic() - began > patience) throw error;
      await clock.sleep((error.report.retryAfterSeconds ?? 5) * 1000, signal);
    }
  }
}

const circling = () =>
  new Problem({
    code: 'upstream_unexpected',
    message: 'Cloudflare’s cursor goes in circles, so the audit trail could not be read to its end.',
    action: 'Try a shorter range.',
  });
