import { sql } from 'kysely';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { listAccess } from '../../../contract/canopy/access.ts';
import type { QueryOf } from '../../../contract/endpoint.ts';
import type { Database } from '../../database/open.ts';
import type { Tables } from '../../database/schema.ts';
import type { AccessReader, Directory, Person } from '../../services.ts';
import { hasText } from '../has-text.ts';
import type { SealedAccessBook } from './book.ts';
import { accessEntryOf } from './record.ts';

const pageSize = 100;

/** Accesses as a person may see them: of their scope, which an access without an organization is in only for those who see all. */
export function createAccessReader(
  { query }: Database,
  directory: Pick<Directory, 'requireVisible'>,
  book: Pick<SealedAccessBook, 'counted'>,
): AccessReader {
  return {
    async list(person, asked) {
      if (asked.organization !== undefined) await directory.requireVisible(person.scope, asked.organization);
      const limit = asked.limit ?? pageSize;
      const matching = query.selectFrom('access').where((builder) => builder.and(conditionsOf(builder, person, asked)));
      const page = asked.before === undefined ? matching : matching.where('sequence', '<', asked.before);
      const rows = await page
        .selectAll()
        .orderBy('sequence', 'desc')
        .limit(limit + 1)
        .execute();
      const { total } = await matching.select(({ fn }) => fn.countAll().as('total')).executeTakeFirstOrThrow();
      const entries = rows.slice(0, limit).map((row) => accessEntryOf(row, book.counted(row.id)));
      return { rows: entries, total: Number(total), more: rows.length > limit };
    },
  };
}

function conditionsOf(
  builder: ExpressionBuilder<Tables, 'access'>,
  { scope }: Person,
  { organization, kind, actor }: QueryOf<typeof listAccess>,
): Expression<SqlBool>[] {
  const conditions: Expression<SqlBool>[] = [];
  for (const id of [scope, organization ?? null])
    if (id !== null) conditions.push(hasText(`|${id}|`, sql.ref('access.organizations')));
  if (kind?.length) conditions.push(builder('access.kind', 'in', kind));
  if (actor !== undefined) {
    const part = actor.toLowerCase();
    conditions.push(
      builder.or([
        builder('access.actor_id', '=', actor),
        hasText(part, sql`lower(${sql.ref('access.actor_name')})`),
        hasText(part, sql`lower(${sql.ref('access.actor_email')})`),
      ]),
    );
  }
  return conditions;
}
