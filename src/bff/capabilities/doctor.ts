import type { Probe } from '../../contract/canopy/capabilities.ts';
import { cloudflareEndpoints } from '../../contract/endpoints.ts';
import type { CloudflareEndpointName } from '../../contract/endpoints.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import type { ErrorCode } from '../../contract/envelope.ts';
import { Problem } from '../problem.ts';
import type { Asking, CallInput, Clock, Upstream } from '../services.ts';
import { operationTitles } from './titles.ts';

interface Parts {
  upstream: Upstream;
  clock: Clock;
}

/** Objects that earlier probes came across, for probes that need one. */
interface Found {
  organizationId?: string;
  accountId?: string;
  memberId?: string;
  event?: { id: string; time: string | null };
}

interface Days {
  /** Some weeks ago, yesterday and today. */
  from: string;
  eve: string;
  to: string;
}

/** The input of a small read, or null where it needs an object that was not found. */
type Question = (found: Found, day: Days) => CallInput<Endpoint> | null;

/** A row taken by name has a body of no known type. */
const anyBody = (body: object) => body as unknown as undefined;

const ofOrganization =
  (query: Record<string, unknown> = {}): Question =>
  ({ organizationId }) =>
    organizationId === undefined ? null : { params: { organizationId }, query };

/** The smallest read of each operation that only reads, in an order in which earlier answers name what later ones need. */
const questions: Readonly<Partial<Record<CloudflareEndpointName, Question>>> = {
  listOrganizations: () => ({ params: {}, query: { page_size: 1 } }),
  getOrganization: ofOrganization(),
  getProfile: ofOrganization(),
  listOrganizationAccounts: ofOrganization({ page_size: 1 }),
  listAccountOrganizations: ({ accountId }) => (accountId === undefined ? null : { params: { accountId }, query: {} }),
  listMembers: ofOrganization({ page_size: 1 }),
  getMember: ({ organizationId, memberId }) =>
    organizationId === undefined || memberId === undefined ? null : { params: { organizationId, memberId }, query: {} },
  listAuditEvents: ({ organizationId }, { from, to }) =>
    organizationId === undefined ? null : { params: { organizationId }, query: { since: from, before: to, limit: 1 } },
  getResourceHistory: ({ organizationId, event }, { from, to }) =>
    organizationId === undefined || !event?.time
      ? null
      : { params: { organizationId, eventId: event.id }, query: { action_time: event.time, since: from, before: to, limit: 1 } },
  getOrganizationUsage: (found, days) => ofOrganization({ from: days.to, to: days.to })(found, days),
  getAccountUsage: ({ accountId }, { to }) =>
    accountId === undefined ? null : { params: { accountId }, query: { from: to, to } },
  queryAccountUsage: ({ accountId }, { eve, to }) =>
    accountId === undefined ? null : { params: { accountId }, query: {}, body: anyBody({ TimePeriod: { From: eve, To: to } }) },
  listShares: ofOrganization({ page: 1, per_page: 1 }),
};

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const auditDays = 30;
const dayLength = 86_400_000;

/** Asks upstream one small read for each operation that has one, one after the other, and never writes. */
export async function probeAll(parts: Parts, asking: Asking): Promise<{ probes: readonly Probe[]; at: string }> {
  const now = parts.clock.now();
  const day: Days = { from: dayOf(now - auditDays * dayLength), eve: dayOf(now - dayLength), to: dayOf(now) };
  const found: Found = {};
  const outcomes = new Map<string, Probe>();
  for (const [name, question] of Object.entries(questions)) {
    const row: Endpoint = cloudflareEndpoints[name as CloudflareEndpointName]; // the table's own names
    outcomes.set(name, await probe(row, question(found, day), parts, asking, found));
  }
  const probes = Object.values<Endpoint>(cloudflareEndpoints).map((row) => outcomes.get(row.name) ?? notProbed(row));
  return { probes, at: new Date(now).toISOString() };
}

async function probe(
  row: Endpoint,
  input: CallInput<Endpoint> | null,
  { upstream, clock }: Parts,
  asking: Asking,
  found: Found,
): Promise<Probe> {
  const fit = upstream.availability(row);
  if (!fit.available) return { ...notProbed(row), outcome: 'unavailable', reason: fit.reason };
  if (!input) return { ...notProbed(row), reason: 'It needs an object of its kind, and none was found.' };
  const began = clock.monotonic();
  try {
    const { result, status, rayId, duration } = await upstream.call(row, input, asking);
    remember(row, result, found);
    return { ...notProbed(row), outcome: 'works', reason: null, status, rayId, duration: Math.round(duration) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, message, upstream: said } = error.report;
    return {
      ...notProbed(row),
      outcome: refusals.has(code) ? 'refused' : 'failed',
      reason: message,
      status: said?.status ?? null,
      errors: said?.errors ?? [],
      rayId: said?.rayId ?? null,
      duration: Math.round(clock.monotonic() - began),
    };
  }
}

const refusals: ReadonlySet<ErrorCode> = new Set(['upstream_refused', 'upstream_auth', 'upstream_not_found']);

function notProbed(row: Endpoint): Probe {
  return {
    name: row.name,
    title: operationTitles[row.name as CloudflareEndpointName], // rows of the table only
    credential: row.credential,
    outcome: 'not-probed',
    reason: row.effect === 'write' ? 'It writes, and the doctor only reads.' : null,
    status: null,
    errors: [],
    rayId: null,
    duration: null,
  };
}

/** Notes the first object of a list for the probes that need one. */
function remember(row: Endpoint, result: unknown, found: Found): void {
  const first: unknown = Array.isArray(result) ? result[0] : undefined;
  const id = textAt(first, 'id');
  if (id === null) return;
  if (row.name === 'listOrganizations') found.organizationId = id;
  if (row.name === 'listOrganizationAccounts') found.accountId = id;
  if (row.name === 'listMembers') found.memberId = id;
  if (row.name === 'listAuditEvents') found.event = { id, time: textAt(at(first, 'action'), 'time') };
}

const at = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined; // has that name

function textAt(value: unknown, name: string): string | null {
  const inner = at(value, name);
  return typeof inner === 'string' ? inner : null;
}
