import type { Account } from '../../contract/cloudflare/accounts.ts';
import { Bindings, type Database } from '../database.ts';
import { allOf, cutPage, pageEnd, textConditions } from './matching.ts';
import { readPathOfAccount } from './organizations.ts';
import type { AccountQuery, AccountStore } from './store.ts';
import type { AccountRow } from './tables.ts';
import { rfc3339 } from './time.ts';

export class Accounts implements AccountStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(organizationId: string, query: AccountQuery) {
    const bindings = new Bindings();
    const { bind } = bindings;
    const conditions = [`organization_id = ${bind(organizationId)}`, ...textConditions('name', query.name, bindings)];
    const counted = await this.#database.read<{ total: number }>(
      `select count(*)::int as total from accounts where ${allOf(conditions)}`,
      bindings.values,
    );
    const byName = query.orderBy === 'name';
    const direction = byName && query.direction === 'desc' ? 'desc' : 'asc';
    const beyond = direction === 'asc' ? '>' : '<';
    if (query.after) {
      const id = bind(query.after.id);
      if (byName) {
        const key = bind(query.after.key);
        conditions.push(`(lower(name) ${beyond} ${key} or (lower(name) = ${key} and id > ${id}))`);
      } else conditions.push(`id > ${id}`);
    }
    const rows = await this.#database.read<AccountRow & { key: string }>(
      `select *, lower(name) as key from accounts where ${allOf(conditions)}
       order by ${byName ? `lower(name) ${direction}, ` : ''}id ${pageEnd(query, bindings)}`,
      bindings.values,
    );
    const { page, last } = cutPage(rows, query.limit);
    return { rows: page.map(accountOf), next: last ? { key: last.key, id: last.id } : null, total: counted[0]?.total ?? 0 };
  }

  async get(id: string) {
    const [row] = await this.#database.read<AccountRow>('select * from accounts where id = $1', [id]);
    return row ? { account: accountOf(row), organizationId: row.organization_id } : null;
  }

  organizationsOf(id: string) {
    return readPathOfAccount(this.#database, id);
  }

  async move(id: string, organizationId: string) {
    await this.#database.write((writer) =>
      writer.run('update accounts set organization_id = $1 where id = $2', [organizationId, id]),
    );
  }
}

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    created_on: rfc3339(row.created_on),
    settings: JSON.parse(row.settings) as Account['settings'], // written by this store
  };
}
