/** Costs of a grouped answer, rolled up the tree. Amounts are exact decimal text. */
import type { SpendAnswer, SpendGroup } from '../../../contract/canopy/spend.ts';
import { sumAmounts } from '../../lib/decimal.ts';
import type { OrganizationItem } from '../../tree/organization-index.ts';

export interface Cost {
  /** Null where no record carried a cost. */
  readonly total: string | null;
  readonly previous: string | null;
  /** One for each day; null where no record of the day carried a cost. */
  readonly days: readonly (number | null)[];
  readonly records: number;
  readonly recordsWithCost: number;
  readonly bases: SpendGroup['bases'];
}

function costOf(group: SpendGroup): Cost {
  return {
    total: group.total,
    previous: group.previous,
    days: group.values.map((value) => (value === null ? null : Number(value))), // for bars of a few pixels
    records: group.records,
    recordsWithCost: group.recordsWithCost,
    bases: group.bases,
  };
}

function basesTogether(bases: SpendGroup['bases']): SpendGroup['bases'] {
  return [...new Set(bases.map(({ basis }) => basis))].map((basis) => {
    const of = bases.filter((part) => part.basis === basis);
    return {
      basis,
      total: sumAmounts(of.map(({ total }) => total)),
      records: of.reduce((sum, { records }) => sum + records, 0),
    };
  });
}

function together(parts: readonly Cost[]): Cost {
  const length = Math.max(...parts.map(({ days }) => days.length));
  return {
    total: sumAmounts(parts.map(({ total }) => total)),
    previous: sumAmounts(parts.map(({ previous }) => previous)),
    days: Array.from({ length }, (_, day) => {
      const known = parts.flatMap(({ days }) => days[day] ?? []);
      return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
    }),
    records: parts.reduce((sum, { records }) => sum + records, 0),
    recordsWithCost: parts.reduce((sum, { recordsWithCost }) => sum + recordsWithCost, 0),
    bases: basesTogether(parts.flatMap(({ bases }) => bases)),
  };
}

/** Amounts by account. */
export function costsByKey(answer: SpendAnswer): ReadonlyMap<string, Cost> {
  return new Map(answer.groups.flatMap((group) => (group.key === null ? [] : [[group.key, costOf(group)]])));
}

/**
 * Amounts by organization, each with its descendants. Null where the answer does not name every organization: a sum
 * without its tail would be wrong.
 */
export function costsByOrganization(answer: SpendAnswer, top: OrganizationItem): ReadonlyMap<string, Cost> | null {
  if (answer.others) return null;
  const here = costsByKey(answer);
  const rolled = new Map<string, Cost>();
  const order = [top];
  for (const item of order) order.push(...item.children);
  for (const item of order.reverse()) {
    const parts = [here.get(item.id), ...item.children.map(({ id }) => rolled.get(id))].filter((part) => part !== undefined);
    if (parts.length > 0) rolled.set(item.id, together(parts));
  }
  return rolled;
}
