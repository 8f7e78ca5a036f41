import { sql } from 'kysely';
import type { ExpressionBuilder } from 'kysely';
import type { listReceipts, Receipt } from '../../contract/canopy/receipts.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { roleAllows } from '../../contract/permissions.ts';
import type { ReceiptTable } from '../database/migrations/receipts.ts';
import type { Database } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import { Problem } from '../problem.ts';
import type { Directory, Person, ReceiptReader } from '../services.ts';
import { receiptOf } from './record.ts';
import { hasText } from './has-text.ts';
import { crossing, receiptWithin } from './within.ts';
import type { Inside } from './within.ts';

const pageSize = 100;

/** Receipts as a person may see them. */
export function createReceiptReader(
  { query }: Database,
  directory: Pick<Directory, 'requireVisible' | 'subtree'>,
): ReceiptReader {
  const visible =
    (person: Person, asked: QueryOf<typeof listReceipts>, inside: Inside | null) =>
    (builder: ExpressionBuilder<Tables, 'receipt'>) => {
      const holds = (id: string) => hasText(`|${id}|`, sql.ref('receipt.organizations'));
      const conditions = [];
      if (person.scope !== null) conditions.push(holds(person.scope));
      if (person.scope !== null && inside)
        // what was to come from elsewhere and did not is still nothing that the person may know of
        conditions.push(
          builder.or([
            builder('receipt.operation', 'not in', crossing),
            builder('receipt.outcome', '=', 'done'),
            builder('receipt.actor_id', '=', person.id),
            builder('receipt.organization_id', 'in', [person.scope, ...inside.keys()]),
          ]),
        );
      if (asked.organization !== undefined) conditions.push(holds(asked.organization));
      if (asked.outcome?.length) conditions.push(builder('receipt.outcome', 'in', asked.outcome));
      if (asked.operation?.length) conditions.push(builder('receipt.operation', 'in', asked.operation));
      if (asked.ray !== undefined) conditions.push(builder('receipt.ray_id', '=', asked.ray));
      if (asked.actor !== undefined)
        conditions.push(
          builder.or([
            builder('receipt.actor_id', '=', asked.actor),
            hasText(asked.actor.toLowerCase(), sql`lower(${sql.ref('receipt.actor_name')})`),
            hasText(asked.actor.toLowerCase(), sql`lower(${sql.ref('receipt.actor_email')})`),
          ]),
        );
      return builder.and(conditions);
    };

  /** Null for people who may see everything. */
  async function insideOf({ scope }: Person): Promise<Inside | null> {
    if (scope === null) return null;
    return new Map((await directory.subtree(scope, undefined, true)).map(({ id, name }) => [id, name]));
  }

  return {
    async list(person, asked) {
      if (asked.organization !== undefined && person.scope !== null)
        await directory.requireVisible(person.scope, asked.organization);
      const limit = asked.limit ?? pageSize;
      const inside = await insideOf(person);
      const matching = query.selectFrom('receipt').where(visible(person, asked, inside));
      const page = asked.before === undefined ? matching : matching.where('sequence', '<', asked.before);
      const rows = await page
        .selectAll()
        .orderBy('sequence', 'desc')
        .limit(limit + 1)
        .execute();
      const { total } = await matching.select(({ fn }) => fn.countAll().as('total')).executeTakeFirstOrThrow();
      return { rows: rows.slice(0, limit).map((row) => shownTo(inside, row)), total: Number(total), more: rows.length > limit };
    },

    async get(person, receiptId) {
      const inside = await insideOf(person);
      const all = query.selectFrom('receipt').selectAll().where('id', '=', receiptId);
      const row = roleAllows(person.role, 'receipts:read')
        ? await all
            .where((builder) => builder.or([builder('actor_id', '=', person.id), visible(person, {}, inside)(builder)]))
            .executeTakeFirst()
        : await all.where('actor_id', '=', person.id).executeTakeFirst();
      if (row) return shownTo(inside, row);
      throw new Problem({
        code: 'not_found',
        message: 'There is no such receipt, or it is not one that you may see.',
        action: 'Look at the list of receipts.',
      });
    },
  };
}

const shownTo = (inside: Inside | null, row: ReceiptTable): Receipt =>
  inside ? receiptWithin(receiptOf(row), inside) : receiptOf(row);
