import type { ExpressionBuilder } from 'kysely';
import type { listReceipts } from '../../contract/canopy/receipts.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { roleAllows } from '../../contract/permissions.ts';
import type { Database } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import { Problem } from '../problem.ts';
import type { Directory, Person, ReceiptReader } from '../services.ts';
import { receiptOf } from './record.ts';

const pageSize = 100;

/** Receipts as a person may see them. */
export function createReceiptReader({ query }: Database, directory: Pick<Directory, 'requireVisible'>): ReceiptReader {
  const visible = (person: Person, asked: QueryOf<typeof listReceipts>) => (builder: ExpressionBuilder<Tables, 'receipt'>) => {
    const holds = (id: string) => builder('receipt.organizations', 'like', `%|${id}|%`);
    const conditions = [];
    if (person.scope !== null) conditions.push(holds(person.scope));
    if (asked.organization !== undefined) conditions.push(holds(asked.organization));
    if (asked.outcome?.length) conditions.push(builder('receipt.outcome', 'in', asked.outcome));
    if (asked.operation?.length) conditions.push(builder('receipt.operation', 'in', asked.operation));
    if (asked.ray !== undefined) conditions.push(builder('receipt.ray_id', '=', asked.ray));
    if (asked.actor !== undefined)
      conditions.push(
        builder.or([
          builder('receipt.actor_id', '=', asked.actor),
          builder('receipt.actor_name', 'ilike', `%${likeText(asked.actor)}%`),
          builder('receipt.actor_email', 'ilike', `%${likeText(asked.actor)}%`),
        ]),
      );
    return builder.and(conditions);
  };

  return {
    async list(person, asked) {
      if (asked.organization !== undefined && person.scope !== null)
        await directory.requireVisible(person.scope, asked.organization);
      const limit = asked.limit ?? pageSize;
      const matching = query.selectFrom('receipt').where(visible(person, asked));
      const page = asked.before === undefined ? matching : matching.where('sequence', '<', asked.before);
      const rows = await page
        .selectAll()
        .orderBy('sequence', 'desc')
        .limit(limit + 1)
        .execute();
      const { total } = await matching.select(({ fn }) => fn.countAll().as('total')).executeTakeFirstOrThrow();
      return { rows: rows.slice(0, limit).map(receiptOf), total: Number(total), more: rows.length > limit };
    },

    async get(person, receiptId) {
      const row = await query.selectFrom('receipt').selectAll().where('id', '=', receiptId).executeTakeFirst();
      const inReach = row && (person.scope === null || row.organizations.includes(`|${person.scope}|`));
      const own = row?.actor_id === person.id;
      if (row && (own || (inReach && roleAllows(person.role, 'receipts:read')))) return receiptOf(row);
      throw new Problem({
        code: 'not_found',
        message: 'There is no such receipt, or it is not one that you may see.',
        action: 'Look at the list of receipts.',
      });
    },
  };
}

/** Text in a `like` pattern that stands for itself; ids and addresses hold none of its signs but the underscore. */
const likeText = (text: string) => text.replace(/[%_\\]/g, (sign) => `\\${sign}`);
