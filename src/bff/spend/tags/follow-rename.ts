import type { Kysely } from 'kysely';
import { readFilter, writeFilter } from '../../../contract/canopy/filter-text.ts';
import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import { tagDimension } from '../../../contract/canopy/tag-key.ts';
import type { Tables } from '../../database/schema.ts';
import type { Person } from '../../services.ts';
import { ofOrganizations } from '../dimensions.ts';

/** A tag that has another key, or one value of it that has another text and perhaps another key. */
export interface Rename {
  key: string;
  /** Null where all values of the key were renamed. */
  value: string | null;
  to: { key: string; value: string | null };
}

/**
 * Budgets and saved views that name a tag go on naming it under its new name. Only where no account is left with the old
 * one: else both are there, and each means what it says. And only those that `by` may change, of `organizations`, or all
 * where `by` sees everything: a tag may be renamed to one that others have too, which would give a budget above another
 * meaning. The others say that their tag is gone.
 */
export async function followRename(
  transaction: Kysely<Tables>,
  rename: Rename,
  by: Pick<Person, 'id' | 'name' | 'scope'>,
  organizations: readonly string[],
  now: number,
): Promise<void> {
  let left = transaction.selectFrom('account_tag').select('account_id').where('key', '=', rename.key);
  if (rename.value !== null) left = left.where('value', '=', rename.value);
  if (await left.limit(1).executeTakeFirst()) return;
  const { key, value, to } = rename;

  let budgets = transaction
    .updateTable('budget')
    .set((row) => ({
      dimension: tagDimension(to.key),
      version: row('version', '+', 1),
      changed_at: new Date(now).toISOString(),
      changed_id: by.id,
      changed_name: by.name,
      ...(to.value === null ? {} : { value: to.value }),
    }))
    .where('dimension', '=', tagDimension(key));
  if (value !== null) budgets = budgets.where('value', '=', value);
  if (by.scope !== null) budgets = budgets.where(ofOrganizations(organizations));
  await budgets.execute();

  let views = transaction.selectFrom('saved_view').select(['id', 'search']).where('screen', '=', 'spend');
  if (by.scope !== null)
    views = views.where((row) => row.or([row('person_id', '=', by.id), row('shared_at', 'in', organizations)]));
  for (const { id, search } of await views.execute()) {
    const next = renamedSearch(search, rename);
    if (next !== search) await transaction.updateTable('saved_view').set({ search: next }).where('id', '=', id).execute();
  }
}

/** The state of the spend page with a tag under its new name; the same text where it names none. */
export function renamedSearch(search: string, { key, value, to }: Rename): string {
  const dimension = tagDimension(key);
  const before = new URLSearchParams(search);
  const isOf = (name: string) => before.get(name) === dimension;
  const renamed = [...before].map(([name, text]): [string, string] => {
    if ((name === 'by' || name === 'and') && text === dimension && value === null) return [name, tagDimension(to.key)];
    // groups that the chart is narrowed to are named by their key
    if (name === 'only' && isOf('by') && value !== null && to.key === key && text === `key ${value}`)
      return [name, `key ${to.value ?? value}`];
    const filter = name === 'where' ? readFilter(text) : null;
    return [name, filter?.dimension === dimension ? writeFilter(renamedFilter(filter, { key, value, to })) : text];
  });
  const isSame = renamed.every(([name, text], at) => [...before][at]?.[0] === name && [...before][at]?.[1] === text);
  return isSame ? search : new URLSearchParams(renamed).toString();
}

function renamedFilter(filter: SpendFilter, { key, value, to }: Rename): SpendFilter {
  if (value === null) return { ...filter, dimension: tagDimension(to.key) };
  const text = to.value ?? value;
  if (to.key === key) return { ...filter, values: [...new Set(filter.values.map((one) => (one === value ? text : one)))] };
  // a value that has another key now cannot stand among others of the old one
  const isAlone = filter.values.length === 1 && filter.values[0] === value;
  return isAlone ? { ...filter, dimension: tagDimension(to.key), values: [text] } : filter;
}
