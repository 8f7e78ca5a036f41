import type { Kysely } from 'kysely';
import type { BudgetPart, BudgetTerms } from '../../../contract/canopy/budgets.ts';
import type { BudgetTable } from '../../database/migrations/budgets.ts';
import type { Tables } from '../../database/schema.ts';
import type { Person } from '../../services.ts';
import { ofOrganizations } from '../dimensions.ts';

type Author = Pick<Person, 'id' | 'name'>;

/** A budget as it was written down. */
export interface StoredBudget extends BudgetTerms {
  id: string;
  version: number;
  created: { at: string; by: Author };
  changed: { at: string; by: Author };
}

export async function readBudgets(query: Kysely<Tables>, organizationIds: readonly string[]): Promise<StoredBudget[]> {
  const rows = await query
    .selectFrom('budget')
    .selectAll()
    .where(ofOrganizations(organizationIds))
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(budgetOf);
}

export async function readBudget(query: Kysely<Tables>, id: string): Promise<StoredBudget | null> {
  const row = await query.selectFrom('budget').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? budgetOf(row) : null;
}

export async function countBudgets(query: Kysely<Tables>, organizationId: string): Promise<number> {
  const { budgets } = await query
    .selectFrom('budget')
    .select(({ fn }) => fn.countAll().as('budgets'))
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow();
  return Number(budgets);
}

export async function insertBudget(query: Kysely<Tables>, terms: BudgetTerms, by: Author, now: number): Promise<StoredBudget> {
  const at = new Date(now).toISOString();
  const row: BudgetTable = {
    id: crypto.randomUUID(),
    version: 1,
    ...columnsOf(terms),
    created_at: at,
    created_id: by.id,
    created_name: by.name,
    changed_at: at,
    changed_id: by.id,
    changed_name: by.name,
  };
  await query.insertInto('budget').values(row).execute();
  return budgetOf(row);
}

/** Null where it is not the version that was changed. */
export async function updateBudget(
  query: Kysely<Tables>,
  { id, version }: { id: string; version: number },
  terms: BudgetTerms,
  by: Author,
  now: number,
): Promise<StoredBudget | null> {
  const row = await query
    .updateTable('budget')
    .set({
      ...columnsOf(terms),
      version: version + 1,
      changed_at: new Date(now).toISOString(),
      changed_id: by.id,
      changed_name: by.name,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
  return row ? budgetOf(row) : null;
}

export async function removeBudget(query: Kysely<Tables>, id: string): Promise<void> {
  await query.deleteFrom('budget').where('id', '=', id).execute();
}

const columnsOf = ({ name, organizationId, part, currency, amount, months, thresholds, from }: BudgetTerms) => ({
  name: name.trim(),
  organization_id: organizationId,
  dimension: part?.dimension ?? null,
  value: part?.value ?? null,
  currency,
  amount,
  months: JSON.stringify(months),
  thresholds: JSON.stringify(thresholds),
  from_month: from,
});

const budgetOf = (row: BudgetTable): StoredBudget => ({
  id: row.id,
  version: row.version,
  name: row.name,
  organizationId: row.organization_id,
  part: row.dimension === null || row.value === null ? null : ({ dimension: row.dimension, value: row.value } as BudgetPart), // checked when it was written
  currency: row.currency,
  amount: row.amount,
  months: JSON.parse(row.months) as BudgetTerms['months'], // written above
  thresholds: JSON.parse(row.thresholds) as number[], // written above
  from: row.from_month,
  created: { at: row.created_at, by: { id: row.created_id, name: row.created_name } },
  changed: { at: row.changed_at, by: { id: row.changed_id, name: row.changed_name } },
});
