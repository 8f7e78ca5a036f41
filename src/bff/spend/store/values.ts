import type { Load } from '../../database/open.ts';
import type { Day } from '../days.ts';
import { storedDimensions } from '../dimensions.ts';
import { rowBatches } from '../row-batches.ts';
import type { Intake, LabelFound } from './intake.ts';

/** Values not met before, and names newer than the known ones. What upstream calls something stands before what a file does. */
export async function keepValues(
  { query }: Load,
  organizationId: string,
  intake: Intake,
  source: 'upstream' | 'import',
): Promise<void> {
  const imported = source === 'import';
  const known = await query
    .selectFrom('usage_value')
    .select(['dimension', 'key', 'label_day', 'imported'])
    .where('organization_id', '=', organizationId)
    .execute();
  const knownNames = new Map(known.map((row) => [`${row.dimension}\u0001${row.key}`, row]));
  const rows = storedDimensions.flatMap(({ name }) =>
    Array.from(intake.values[name])
      .filter(([key, found]) => isNews(knownNames.get(`${name}\u0001${key}`), found, imported))
      .map(([key, { label, day }]) => ({
        organization_id: organizationId,
        dimension: name,
        key,
        label,
        label_day: day,
        imported,
      })),
  );
  for (const batch of rowBatches(rows))
    await query
      .insertInto('usage_value')
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(['organization_id', 'dimension', 'key']).doUpdateSet((row) => ({
          label: row.ref('excluded.label'),
          label_day: row.ref('excluded.label_day'),
          imported: row.ref('excluded.imported'),
        })),
      )
      .execute();
}

function isNews(known: { label_day: Day; imported: boolean } | undefined, found: LabelFound, imported: boolean): boolean {
  if (known === undefined || known.imported !== imported) return known === undefined || known.imported;
  return found.day > known.label_day;
}
