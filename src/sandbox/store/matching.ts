import type { Bindings } from '../database.ts';
import type { PageQuery, TextMatch } from './store.ts';

/** Joins conditions; no condition is true. */
export const allOf = (conditions: readonly string[]) => (conditions.length === 0 ? 'true' : conditions.join(' and '));

/** Conditions on a text column. Cloudflare minds the case in an organization's exact name and nowhere else. */
export function textConditions(column: string, match: TextMatch | undefined, { bind }: Bindings, exactCase = false): string[] {
  const conditions: string[] = [];
  const { equals, startsWith, endsWith, contains } = match ?? {};
  if (equals !== undefined)
    conditions.push(exactCase ? `${column} = ${bind(equals)}` : `lower(${column}) = lower(${bind(equals)})`);
  if (startsWith !== undefined) conditions.push(`starts_with(lower(${column}), lower(${bind(startsWith)}))`);
  if (endsWith !== undefined) conditions.push(`suffix(lower(${column}), lower(${bind(endsWith)}))`);
  if (contains !== undefined) conditions.push(`contains(lower(${column}), lower(${bind(contains)}))`);
  return conditions;
}

/** The end of a statement that reads one page: one row more than asked for says whether there is another page. */
export const pageEnd = (query: PageQuery, { bind }: Bindings) =>
  `limit ${bind(query.limit + 1)}${query.offset ? ` offset ${bind(query.offset)}` : ''}`;

/** Cuts the extra row off again. */
export function cutPage<R>(rows: readonly R[], limit: number): { page: readonly R[]; last: R | undefined } {
  const more = rows.length > limit;
  const page = more ? rows.slice(0, limit) : rows;
  return { page, last: more ? page.at(-1) : undefined };
}
