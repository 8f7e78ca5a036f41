import type { Share } from '../../contract/cloudflare/shares.ts';
import type { Database } from '../database.ts';
import type { ShareQuery, ShareStore } from './store.ts';
import type { ShareRow } from './tables.ts';

export class Shares implements ShareStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** An organization has a handful of shares: they are chosen and cut here rather than in SQL. */
  async list(organizationId: string, query: ShareQuery) {
    const direction = query.direction === 'desc' ? 'desc' : 'asc';
    const rows = await this.#database.read<ShareRow>(
      `select * from shares where organization_id = $1
       order by ${query.orderBy === 'name' ? 'lower(name)' : 'created'} ${direction}, id`,
      [organizationId],
    );
    const wanted = rows
      .filter((row) => query.status === undefined || row.status === query.status)
      .filter((row) => query.kind === undefined || row.kind === query.kind)
      .filter((row) => query.targetType === undefined || row.target_type === query.targetType)
      .map((row) => JSON.parse(row.share) as Share) // written by this store
      .filter((share) => holdsOneOf(share, query.resourceTypes));
    const from = query.offset ?? 0;
    return { rows: wanted.slice(from, query.limit === undefined ? undefined : from + query.limit), total: wanted.length };
  }
}

const holdsOneOf = (share: Share, types: readonly string[] | undefined) =>
  !types || types.length === 0 || (share.resources ?? []).some((resource) => types.includes(resource.resource_type));
