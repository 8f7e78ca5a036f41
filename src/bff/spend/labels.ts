import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { withoutValue } from '../../contract/canopy/dimension-words.ts';
import type { SpendDimension } from '../../contract/canopy/spend.ts';
import { isTagDimension } from '../../contract/canopy/tag-key.ts';
import type { Tables } from '../database/schema.ts';
import { ofOrganizations, upstreamSource } from './dimensions.ts';
import type { Reach } from './reach.ts';

export interface Label {
  label: string;
  /** The organization an account is in. */
  detail: string | null;
}

/** What is called so, and is in no organization: a sum of groups, or a value that is no account. */
export const onlyLabel = (label: string): Label => ({ label, detail: null });

/** Names of values: the newest one that any organization of the question sent; one from a file where upstream sent none. */
export async function labelsOf(
  query: Kysely<Tables>,
  reach: Reach,
  dimension: SpendDimension | null,
  keys: readonly (string | null)[],
): Promise<(key: string | null) => Label> {
  if (dimension === null) return () => onlyLabel('');
  const without = onlyLabel(withoutValue(dimension));
  if (dimension === 'organization') return (key) => (key === null ? without : onlyLabel(reach.nameOf(key)));
  if (dimension === 'source') return sourceLabels(query, reach);
  if (dimension === 'currency' || isTagDimension(dimension)) return (key) => (key === null ? without : onlyLabel(key));
  const wanted = keys.filter((key) => key !== null);
  const found = new Map<string, Label>();
  // thousands of keys are found in one pass, not each by itself
  const { rows } = await sql<{ key: string; label: string; organization_id: string }>`
    select key, label, organization_id from usage_value
    where dimension = ${dimension} and ${ofOrganizations(reach.ids)} and key in (select unnest(${wanted}::text[]))
    order by imported desc, label_day, organization_id`.execute(query); // a later one replaces an earlier one below
  for (const { key, label, organization_id } of rows)
    found.set(key, {
      label: label || key || without.label,
      detail: dimension === 'account' ? reach.nameOf(organization_id) : null,
    });
  return (key) => (key === null ? without : (found.get(key) ?? onlyLabel(key || without.label)));
}

/** Upstream and the imports of these organizations, by name. */
export async function sourceNames(query: Kysely<Tables>, reach: Reach): Promise<Map<string, Label>> {
  const rows = await query
    .selectFrom('usage_import')
    .select(['id', 'name', 'organization_id'])
    .where(ofOrganizations(reach.ids))
    .orderBy('name')
    .execute();
  const named = rows.map((row): [string, Label] => [row.id, { label: row.name, detail: reach.nameOf(row.organization_id) }]);
  return new Map([[upstreamSource, onlyLabel('Cloudflare')], ...named]);
}

async function sourceLabels(query: Kysely<Tables>, reach: Reach): Promise<(key: string | null) => Label> {
  const names = await sourceNames(query, reach);
  return (key) => names.get(key ?? upstreamSource) ?? onlyLabel(key ?? withoutValue('source'));
}
