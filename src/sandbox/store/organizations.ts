import type { Organization } from '../../contract/cloudflare/organizations.ts';
import type { Profile } from '../../contract/cloudflare/profile.ts';
import { Bindings, type Database, type Writer } from '../database.ts';
import { allOf, cutPage, pageEnd, textConditions } from './matching.ts';
import { newId } from './new-id.ts';
import type { OrganizationQuery, OrganizationStore } from './store.ts';
import { organizations, type OrganizationRow } from './tables.ts';
import { rfc3339 } from './time.ts';

type Row = OrganizationRow & { parent_name: string | null };
const select = `select o.*, parent.name as parent_name from organizations o left join organizations parent on parent.id = o.parent_id`;

/** What a root that somebody makes here allows: what an enterprise organization allows. */
const rootFlags = {
  account_creation: 'false',
  account_deletion: 'false',
  account_migration: 'false',
  account_mobility: 'false',
  enterprise_capability: 'true',
  member_management: 'true',
  sub_org_creation: 'false',
};

export class Organizations implements OrganizationStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(query: OrganizationQuery) {
    const bindings = new Bindings();
    const { bind } = bindings;
    const conditions = textConditions('o.name', query.name, bindings, true);
    if (query.ids) conditions.push(`o.id = any(${bind(query.ids)})`);
    if (query.parentId === null) conditions.push('o.parent_id is null');
    else if (query.parentId !== undefined) conditions.push(`o.parent_id = ${bind(query.parentId)}`);
    if (query.containingAccount !== undefined) {
      conditions.push(
        `exists (select 1 from organizations leaf join accounts a on a.organization_id = leaf.id
                 where a.id = ${bind(query.containingAccount)} and contains(leaf.path, o.id))`,
      );
    }
    if (query.containingUser !== undefined) {
      conditions.push(
        `o.id in (select organization_id from members where user_id = ${bind(query.containingUser)} and status = 'active')`,
      );
    }
    if (query.containingOrganization !== undefined) {
      const inner = bind(query.containingOrganization);
      conditions.push(
        `o.id <> ${inner} and exists (select 1 from organizations leaf where leaf.id = ${inner} and contains(leaf.path, o.id))`,
      );
    }
    const counted = await this.#database.read<{ total: number }>(
      `select count(*)::int as total from organizations o where ${allOf(conditions)}`,
      bindings.values,
    );
    if (query.after) conditions.push(`o.position > ${bind(query.after.key)}`);
    const rows = await this.#database.read<Row>(
      `${select} where ${allOf(conditions)} order by o.position ${pageEnd(query, bindings)}`,
      bindings.values,
    );
    const { page, last } = cutPage(rows, query.limit);
    return {
      rows: page.map(organizationOf),
      next: last ? { key: last.position, id: last.id } : null,
      total: counted[0]?.total ?? 0,
    };
  }

  async get(id: string) {
    const [row] = await this.#database.read<Row>(`${select} where o.id = $1`, [id]);
    return row ? organizationOf(row) : null;
  }

  async create(input: { name: string; parentId: string | null; profile: Profile | null }, now: number) {
    const id = newId();
    await this.#database.write(async (writer) => {
      const [parent] = await writer.read<OrganizationRow>('select * from organizations where id = $1', [input.parentId]);
      const [newest] = await writer.read<{ position: number | null }>('select max(position) as position from organizations');
      const row: OrganizationRow = {
        position: (newest?.position ?? 0) + 1,
        id,
        name: input.name,
        parent_id: parent?.id ?? null,
        path: parent ? `${parent.path}/${id}` : id,
        create_time: now,
        managed_by: parent?.managed_by ?? null,
        flags: parent?.flags ?? JSON.stringify(rootFlags),
        older_flags: false,
      };
      await writer.append(organizations, [row]);
      if (input.profile) await putProfile(writer, id, input.profile);
    });
    const made = await this.get(id);
    if (!made) throw new Error('the organization that was just made is gone');
    return made;
  }

  async update(id: string, change: { name: string; parentId?: string }) {
    await this.#database.write(async (writer) => {
      await writer.run('update organizations set name = $1 where id = $2', [change.name, id]);
      if (change.parentId === undefined) return;
      const [parent] = await writer.read<OrganizationRow>('select * from organizations where id = $1', [change.parentId]);
      if (!parent) throw new Error('the new parent is not in the store');
      await writer.run('update organizations set parent_id = $1 where id = $2', [parent.id, id]);
      // the part of the path above the organization changes, for it and for everything below it
      await writer.run('update organizations set path = $1 || substr(path, strpos(path, $2)) where contains(path, $2)', [
        `${parent.path}/`,
        id,
      ]);
    });
    return this.get(id);
  }

  remove(id: string) {
    return this.#database.write(async (writer) => {
      for (const table of ['members', 'profiles', 'shares'])
        await writer.run(`delete from ${table} where organization_id = $1`, [id]);
      return (await writer.run('delete from organizations where id = $1', [id])) > 0;
    });
  }

  async contents(id: string) {
    const [counts] = await this.#database.read<{ subOrganizations: number; accounts: number; members: number }>(
      `select (select count(*)::int from organizations where parent_id = $1) as "subOrganizations",
              (select count(*)::int from accounts where organization_id = $1) as accounts,
              (select count(*)::int from members where organization_id = $1 and status in ('active', 'pending')) as members`,
      [id],
    );
    return counts ?? { subOrganizations: 0, accounts: 0, members: 0 };
  }

  async levelsBelow(id: string) {
    const [row] = await this.#database.read<{ levels: number | null }>(
      `select max(len(split(substr(path, strpos(path, $1)), '/')) - 1)::int as levels from organizations where contains(path, $1)`,
      [id],
    );
    return row?.levels ?? 0;
  }
}

/** From the root down to the organization that holds an account. */
export async function readPathOfAccount(database: Database, accountId: string): Promise<Organization[]> {
  const rows = await database.read<Row>(
    `${select} where exists (select 1 from organizations leaf join accounts a on a.organization_id = leaf.id
                             where a.id = $1 and contains(leaf.path, o.id)) order by length(o.path)`,
    [accountId],
  );
  return rows.map(organizationOf);
}

export async function putProfile(writer: Writer, organizationId: string, profile: Profile): Promise<void> {
  await writer.run('delete from profiles where organization_id = $1', [organizationId]);
  await writer.run('insert into profiles values ($1, $2)', [organizationId, JSON.stringify(profile)]);
}

function organizationOf(row: Row): Organization {
  const flags = JSON.parse(row.flags) as Record<string, unknown>; // written by this store
  return {
    id: row.id,
    name: row.name,
    create_time: rfc3339(row.create_time),
    meta: {
      hierarchy_tags: row.path.split('/'),
      ...(row.managed_by !== null && { managed_by: row.managed_by }),
      ...(row.older_flags ? { flags } : { tenant_flags: flags }),
    },
    ...(row.parent_id !== null && { parent: { id: row.parent_id, name: row.parent_name } }),
  };
}
