import {
  type AuditFilter,
  auditFilterNames,
  type getResourceHistory,
  type listAuditEvents,
} from '../../contract/cloudflare/audit.ts';
import { result } from '../envelope.ts';
import { invalidAudit, noAuditEntry } from '../refusals.ts';
import type { AuditRange, AuditValues } from '../store/store.ts';
import type { Handler } from './handler.ts';
import { cursorInfo, cursorPage } from './paging.ts';
import { requireOrganization } from './reading.ts';

/** How far `action_time` may be from the time of the event it belongs to. */
const historyWindow = 60_000;

export const list: Handler<typeof listAuditEvents> = async (ask, world) => {
  const organization = await requireOrganization(ask, world);
  const values: Readonly<Record<string, unknown>> = ask.query;
  const page = await world.store.audit.list(organization.id, {
    ...rangeOf(ask.query),
    ...cursorPage(ask, world),
    include: chosen(values, ''),
    exclude: chosen(values, '.not'),
  });
  return result(page.rows, { count: String(page.rows.length), ...cursorInfo(ask, world, page.next) });
};

export const history: Handler<typeof getResourceHistory> = async (ask, world) => {
  const organization = await requireOrganization(ask, world);
  const range = rangeOf(ask.query);
  if (ask.query.action_time === undefined) throw invalidAudit('action_time is required');
  const event = await world.store.audit.get(organization.id, ask.params.eventId);
  const time = Date.parse(event?.action?.time ?? '');
  if (!event || !(Math.abs(time - Date.parse(ask.query.action_time)) <= historyWindow)) throw noAuditEntry();
  const page = await world.store.audit.history(organization.id, event, { ...range, ...cursorPage(ask, world) });
  return result(page.rows, {
    count: page.rows.length,
    history_status: page.status,
    ...cursorInfo(ask, world, page.next),
  });
};

function rangeOf(query: { since?: string; before?: string; direction?: 'asc' | 'desc' }): AuditRange {
  if (query.since === undefined) throw invalidAudit('since is required');
  if (query.before === undefined) throw invalidAudit('before is required');
  const range = { since: Date.parse(query.since), before: Date.parse(query.before), direction: query.direction ?? 'desc' };
  if (range.since > range.before) throw invalidAudit('since must not be later than before');
  return range;
}

/** The filters that are given, with their values. */
function chosen(query: Readonly<Record<string, unknown>>, suffix: '' | '.not'): AuditValues {
  const values: Partial<Record<AuditFilter, readonly (string | number)[]>> = {};
  for (const name of auditFilterNames) {
    const given = query[`${name}${suffix}`];
    if (Array.isArray(given)) values[name] = given;
  }
  return values;
}
