import type { Member } from '../../contract/cloudflare/members.ts';
import { Bindings, type Database } from '../database.ts';
import { allOf, cutPage, pageEnd, textConditions } from './matching.ts';
import { newId } from './new-id.ts';
import type { MemberQuery, MemberStore } from './store.ts';
import { members, type MemberRow } from './tables.ts';
import { rfc3339 } from './time.ts';

const one = 'select * from members where organization_id = $1 and id = $2';

export class Members implements MemberStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(organizationId: string, query: MemberQuery) {
    const bindings = new Bindings();
    const { bind } = bindings;
    const conditions = [`organization_id = ${bind(organizationId)}`, ...textConditions('email', query.email, bindings)];
    if (query.statuses && query.statuses.length > 0) conditions.push(`status = any(${bind(query.statuses)})`);
    const counted = await this.#database.read<{ total: number }>(
      `select count(*)::int as total from members where ${allOf(conditions)}`,
      bindings.values,
    );
    if (query.after) conditions.push(`position > ${bind(query.after.key)}`);
    const rows = await this.#database.read<MemberRow>(
      `select * from members where ${allOf(conditions)} order by position ${pageEnd(query, bindings)}`,
      bindings.values,
    );
    const { page, last } = cutPage(rows, query.limit);
    return { rows: page.map(memberOf), next: last ? { key: last.position, id: last.id } : null, total: counted[0]?.total ?? 0 };
  }

  async get(organizationId: string, memberId: string) {
    const [row] = await this.#database.read<MemberRow>(one, [organizationId, memberId]);
    return row ? memberOf(row) : null;
  }

  async findCurrent(organizationId: string, email: string) {
    const [row] = await this.#database.read<MemberRow>(
      `select * from members where organization_id = $1 and lower(email) = lower($2) and status in ('active', 'pending')`,
      [organizationId, email],
    );
    return row ? memberOf(row) : null;
  }

  create(organizationId: string, input: { email: string; status: string }, now: number) {
    return this.#database.write(async (writer) => {
      const [known] = await writer.read<MemberRow>(
        `select * from members where lower(email) = lower($1) order by status = 'active' desc, position limit 1`,
        [input.email],
      );
      const [newest] = await writer.read<{ position: number | null }>('select max(position) as position from members');
      const row: MemberRow = {
        position: (newest?.position ?? 0) + 1,
        id: newId(),
        organization_id: organizationId,
        user_id: known?.user_id ?? newId(),
        email: known?.email ?? input.email,
        name: known?.name ?? '',
        two_factor: known?.two_factor ?? null,
        status: input.status,
        create_time: now,
        update_time: now,
      };
      await writer.append(members, [row]);
      return memberOf(row);
    });
  }

  setStatus(organizationId: string, memberId: string, status: string, now: number) {
    return this.#database.write(async (writer) => {
      await writer.run('update members set status = $3, update_time = $4 where organization_id = $1 and id = $2', [
        organizationId,
        memberId,
        status,
        now,
      ]);
      const [row] = await writer.read<MemberRow>(one, [organizationId, memberId]);
      return row ? memberOf(row) : null;
    });
  }

  remove(organizationId: string, memberId: string) {
    return this.#database.write(
      async (writer) =>
        (await writer.run('delete from members where organization_id = $1 and id = $2', [organizationId, memberId])) > 0,
    );
  }
}

/** An unknown two-factor state is left out, as upstream does for somebody who has no user yet. */
function memberOf(row: MemberRow): Member {
  return {
    id: row.id,
    create_time: rfc3339(row.create_time),
    update_time: rfc3339(row.update_time),
    meta: {},
    status: row.status,
    user: {
      id: row.user_id,
      email: row.email,
      name: row.name,
      ...(row.two_factor !== null && { two_factor_authentication_enabled: row.two_factor }),
    },
  };
}
