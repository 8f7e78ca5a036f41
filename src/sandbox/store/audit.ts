import type { AuditEvent, AuditFilter } from '../../contract/cloudflare/audit.ts';
import { Bindings, type Database } from '../database.ts';
import { allOf, cutPage, pageEnd } from './matching.ts';
import type { AuditHistory, AuditQuery, AuditRange, AuditStore, PageQuery } from './store.ts';
import { audit, type AuditRow } from './tables.ts';
import { rfc3339 } from './time.ts';

/** Every event here is about an organization, so the scope is not a column. */
const scope = 'organizations';

export class Audit implements AuditStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async append(organizationId: string, events: readonly AuditEvent[]) {
    const rows = events.map((event) => rowOf(organizationId, event));
    await this.#database.write((writer) => writer.append(audit, rows));
  }

  async list(organizationId: string, query: AuditQuery) {
    const bindings = new Bindings();
    const conditions = [
      ...valueConditions(query.include, bindings, (column, values) => `${column} = any(${values})`),
      ...valueConditions(query.exclude, bindings, (column, values) => `(${column} is null or not ${column} = any(${values}))`),
    ];
    return this.#page(organizationId, conditions, bindings, query);
  }

  async get(organizationId: string, eventId: string) {
    const [row] = await this.#database.read<AuditRow>('select * from audit where organization_id = $1 and id = $2', [
      organizationId,
      eventId,
    ]);
    return row ? eventOf(row) : null;
  }

  async history(organizationId: string, event: AuditEvent, query: PageQuery & AuditRange): Promise<AuditHistory> {
    const { id, product, type } = event.resource ?? {};
    if (!product || !type) return { rows: [], next: null, status: 'unavailable' };
    const bindings = new Bindings();
    const conditions = [`resource_product = ${bindings.bind(product)}`, `resource_type = ${bindings.bind(type)}`];
    if (id) conditions.push(`resource_id = ${bindings.bind(id)}`);
    return { ...(await this.#page(organizationId, conditions, bindings, query)), status: id ? 'exact' : 'approximate' };
  }

  /** Ordered by time and id, so that a page can start after any event whatever was added meanwhile. */
  async #page(organizationId: string, conditions: string[], bindings: Bindings, query: PageQuery & AuditRange) {
    const { bind } = bindings;
    const where = [
      `organization_id = ${bind(organizationId)}`,
      `time >= ${bind(query.since)}`,
      `time < ${bind(query.before)}`,
      ...conditions,
    ];
    if (query.after) {
      const beyond = query.direction === 'asc' ? '>' : '<';
      const [time, id] = [bind(Number(query.after.key)), bind(query.after.id)];
      where.push(`(time ${beyond} ${time} or (time = ${time} and id ${beyond} ${id}))`);
    }
    const rows = await this.#database.read<AuditRow>(
      `select * from audit where ${allOf(where)} order by time ${query.direction}, id ${query.direction} ${pageEnd(query, bindings)}`,
      bindings.values,
    );
    const { page, last } = cutPage(rows, query.limit);
    return { rows: page.map(eventOf), next: last ? { key: last.time, id: last.id } : null };
  }
}

function valueConditions(
  values: AuditQuery['include'],
  { bind }: Bindings,
  condition: (column: string, values: string) => string,
): string[] {
  return Object.entries(values ?? {})
    .filter(([, wanted]) => wanted.length > 0)
    .map(([name, wanted]) => {
      const filter = name as AuditFilter; // the keys of the record are the filters
      const list = wanted.every((value) => typeof value === 'number') ? wanted : wanted.map(String);
      return condition(filter === 'resource_scope' ? `'${scope}'` : filter, bind(list));
    });
}

function eventOf(row: AuditRow): AuditEvent {
  return {
    id: row.id,
    action: present({
      description: row.action_description,
      result: row.action_result,
      time: rfc3339(row.time),
      type: row.action_type,
    }),
    actor: present({
      context: row.actor_context,
      email: row.actor_email,
      id: row.actor_id,
      ip_address: row.actor_ip_address,
      token_id: row.actor_token_id,
      token_name: row.actor_token_name,
      type: row.actor_type,
    }),
    organization: { id: row.organization_id },
    raw: present({
      cf_ray_id: row.raw_cf_ray_id,
      method: row.raw_method,
      status_code: row.raw_status_code,
      uri: row.raw_uri,
      user_agent: row.raw_user_agent,
    }),
    resource: {
      ...present({ id: row.resource_id, product: row.resource_product, type: row.resource_type }),
      scope,
      ...(row.request !== null && { request: JSON.parse(row.request) as unknown }),
      ...(row.response !== null && { response: JSON.parse(row.response) as unknown }),
    },
  };
}

function rowOf(organizationId: string, event: AuditEvent): AuditRow {
  const { action, actor, raw, resource } = event;
  return {
    time: Date.parse(action?.time ?? ''),
    id: event.id,
    organization_id: organizationId,
    action_description: action?.description ?? null,
    action_result: action?.result ?? null,
    action_type: action?.type ?? null,
    actor_context: actor?.context ?? null,
    actor_email: actor?.email ?? null,
    actor_id: actor?.id ?? null,
    actor_ip_address: actor?.ip_address ?? null,
    actor_token_id: actor?.token_id ?? null,
    actor_token_name: actor?.token_name ?? null,
    actor_type: actor?.type ?? null,
    raw_cf_ray_id: raw?.cf_ray_id ?? null,
    raw_method: raw?.method ?? null,
    raw_status_code: raw?.status_code ?? null,
    raw_uri: raw?.uri ?? null,
    raw_user_agent: raw?.user_agent ?? null,
    resource_id: resource?.id ?? null,
    resource_product: resource?.product ?? null,
    resource_type: resource?.type ?? null,
    request: jsonText(resource?.request),
    response: jsonText(resource?.response),
  };
}

const jsonText = (value: unknown) => (value === undefined ? null : JSON.stringify(value));

/** Upstream leaves out what it does not know. */
function present<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as T; // null and absent are one to the contract
}
