import type { Kysely } from 'kysely';
import type { SpendDimension, SpendFilter } from '../../../contract/canopy/spend.ts';
import type { Tables } from '../../database/schema.ts';
import type { Reach } from '../reach.ts';
import { builtMonths } from '../store/rollup.ts';
import type { BookName, Selection } from '../sources.ts';
import { usesTags } from '../tags/with-tags.ts';

/** Which records a question is about, for a person who may see these organizations. */
export async function selectionOf(
  query: Kysely<Tables>,
  { book, filters }: { book: BookName; filters: readonly SpendFilter[] },
  reach: Reach,
  dimensions: readonly (SpendDimension | null)[],
): Promise<Selection> {
  const built = await builtMonths(query);
  const asksTags = usesTags([...dimensions, ...filters.map(({ dimension }) => dimension)]);
  return {
    organizationIds: reach.ids,
    filters,
    book,
    tagged: asksTags ? await reach.tagged() : null,
    isBuilt: book === 'costs' ? () => true : (month) => built.has(month),
  };
}
