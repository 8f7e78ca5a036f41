import type { Kysely } from 'kysely';
import type { Tables } from '../database/schema.ts';

/** An organization and those above it, root first: as they stand in the tree, or stood when they were last seen there. */
export type Lineages = (organizationId: string) => readonly string[];

/** From the `ancestors` that `Reaches.remember` keeps; alone where the organization was never seen. */
export const lineageOf = (organizationId: string, ancestors: string | null): readonly string[] => [
  ...(JSON.parse(ancestors ?? '[]') as string[]), // an array of ids
  organizationId,
];

export async function readLineages(query: Kysely<Tables>): Promise<Lineages> {
  const rows = await query.selectFrom('usage_organization').select(['organization_id', 'ancestors']).execute();
  const ancestors = new Map(rows.map((row) => [row.organization_id, row.ancestors]));
  return (id) => lineageOf(id, ancestors.get(id) ?? null);
}
