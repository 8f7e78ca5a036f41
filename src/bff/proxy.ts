import type { Organization } from '../contract/cloudflare/organizations.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { headerNames } from '../contract/envelope.ts';
import type { ResultInfo } from '../contract/envelope.ts';
import type { Handle } from './guards/api.ts';
import { projected, requireNoPersonFilter } from './guards/projection.ts';
import { organizationsInReach, withoutTotals } from './guards/scope.ts';
import { cutAbove } from './organizations/view.ts';
import { Problem } from './problem.ts';
import type { CallInput, Directory, Exchange, Person, Upstream, Writes } from './services.ts';
import { versionOf } from './version.ts';

interface Parts {
  upstream: Upstream;
  directory: Directory;
  writes: Writes;
}

/** Asks upstream and answers with what the person may see of it. */
export function proxyRead(row: Endpoint, { upstream, directory }: Parts): Handle<Endpoint, unknown> {
  return async ({ input, asking }, { person }) => {
    requireCapability(row, upstream);
    const question = forScope(row, input, person);
    requireNoPersonFilter(question.query, person);
    const exchange = asksForAll(row, question)
      ? await upstream.walk(row, question, asking)
      : await upstream.call(row, question, asking);
    const seen = await inReach(row, exchange, person, directory);
    return {
      result: projected(row.name, seen.result, person),
      info: seen.info,
      headers: { ...exchangeFacts(exchange), ...(await versionFacts(row, exchange.result)) },
    };
  };
}

/** Sends a write on its way, with its receipt. */
export function proxyWrite(row: Endpoint, { writes }: Parts): Handle<Endpoint, unknown> {
  return async ({ input, asking, facts }, { person }) => {
    try {
      const exchange = await writes.send({ row, input, person, asking, ...facts });
      const headers = { ...exchangeFacts(exchange), [headerNames.receiptId]: exchange.receiptId };
      if (row.result === null) return { result: null, empty: true, headers };
      return { result: cut(row, exchange.result, person), headers };
    } catch (error) {
      throw error instanceof Problem ? withinScope(error, row, person) : error;
    }
  };
}

/** Fails before anything is sent where no configured credential fits. */
function requireCapability(row: Endpoint, upstream: Upstream): void {
  const { available, ...rest } = upstream.availability(row);
  if (available) return;
  throw new Problem({
    code: 'capability_missing',
    message: `This needs a credential that is not configured. ${'reason' in rest ? rest.reason : ''}`.trim(),
    action: 'Configure the credential and start Canopy again; Settings lists what each operation needs.',
  });
}

/** A list asked without any paging parameter is wanted whole. Lists with cursors have no natural end: always one page. */
function asksForAll(row: Endpoint, { query }: CallInput<Endpoint>): boolean {
  if (row.paging === 'page_token') return query['page_token'] === undefined && query['page_size'] === undefined;
  if (row.paging === 'page') return query['page'] === undefined && query['per_page'] === undefined;
  return false;
}

/** For a person with a scope the root is their scope. */
function forScope(row: Endpoint, input: CallInput<Endpoint>, { scope }: Person): CallInput<Endpoint> {
  if (scope === null || row.name !== 'listOrganizations' || input.query['parent.id'] !== 'null') return input;
  const { 'parent.id': _, ...query } = input.query;
  const ids = (query['id'] as readonly string[] | undefined) ?? [scope]; // the row declares it as a list of texts
  return { ...input, query: { ...query, id: ids.includes(scope) ? [scope] : ids.filter((id) => id === scope) } };
}

async function inReach(
  row: Endpoint,
  { result, info }: Exchange<unknown>,
  person: Person,
  directory: Directory,
): Promise<{ result: unknown; info: ResultInfo | null }> {
  if (person.scope === null) return { result, info };
  if (row.name === 'listOrganizations' || row.name === 'listAccountOrganizations') {
    const visible = await organizationsInReach(result as readonly Organization[], person, directory); // the result of these rows
    return { result: visible, info: withoutTotals(info) };
  }
  return { result: cut(row, result, person), info };
}

/** Organizations as rows answer them, without what stands above the scope. */
function cut(row: Endpoint, result: unknown, { scope }: Person): unknown {
  const isOrganization = ['getOrganization', 'createOrganization', 'modifyOrganization'].includes(row.name);
  return isOrganization ? cutAbove(result as Organization, scope) : result; // the result of these rows
}

function withinScope(problem: Problem, row: Endpoint, person: Person): Problem {
  const { current } = problem.report;
  if (!current || row.name !== 'modifyOrganization') return problem;
  return new Problem({ ...problem.report, current: { ...current, value: cut(row, current.value, person) } }, { cause: problem });
}

function exchangeFacts({ rayId, asOf }: Exchange<unknown>): Record<string, string> {
  return { [headerNames.asOf]: asOf, ...(rayId ? { [headerNames.rayId]: rayId } : {}) };
}

async function versionFacts(row: Endpoint, result: unknown): Promise<Record<string, string>> {
  if (row.name !== 'getProfile' && row.name !== 'getOrganization') return {};
  return { [headerNames.version]: await versionOf(result) };
}
