import { sql } from 'kysely';
import type { Expression, SqlBool } from 'kysely';

/** Whether a text stands in another, letter by letter: unlike in a `like` pattern no sign of it means more than itself. */
export const hasText = (text: string, within: Expression<unknown>) => sql<SqlBool>`strpos(${within}, ${text}) > 0`;
