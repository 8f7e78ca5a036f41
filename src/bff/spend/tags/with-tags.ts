import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { SpendDimension } from '../../../contract/canopy/spend.ts';
import { isTagDimension, tagKeyOf } from '../../../contract/canopy/tag-key.ts';
import type { TagDimension } from '../../../contract/canopy/tag-key.ts';

/** The column that `withTags` makes of a tag. Keys are lower case, so no two columns differ in case alone. */
export const tagColumn = (dimension: TagDimension): RawBuilder<string | null> => sql`${sql.id(dimension)}`;

/** Whether an answer depends on tags. */
export const usesTags = (dimensions: readonly (SpendDimension | null)[]): boolean =>
  dimensions.some((dimension) => dimension !== null && isTagDimension(dimension));

/**
 * Stands after a table with a column `account_id`: a join that brings a column for each tag, one small row for each
 * account, and loses no row. Nothing where no tag is asked for. `tagged`: accounts whose tags may be known; null for all.
 */
export function withTags(dimensions: readonly SpendDimension[], tagged: readonly string[] | null): RawBuilder<unknown> {
  const tags = [...new Set(dimensions)].filter(isTagDimension);
  if (tags.length === 0) return sql``;
  const columns = tags.map((tag) => sql`max(case when key = ${tagKeyOf(tag)} then value end) as ${tagColumn(tag)}`);
  const known = tagged === null ? sql`true` : sql`account_id in (select unnest(${tagged}::text[]))`;
  return sql`left join (
    select account_id as tagged_account, ${sql.join(columns)} from account_tag
    where key = any(${tags.map(tagKeyOf)}::text[]) and ${known} group by 1) as account_tags on tagged_account = account_id`;
}
