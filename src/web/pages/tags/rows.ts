import type { SpendGroup } from '../../../contract/canopy/spend.ts';
import type { TagSummary } from '../../../contract/canopy/tags.ts';

export interface TagRow {
  key: string;
  /** Null for the accounts without the key. */
  value: string | null;
  accounts: number;
  /** Accounts that have the key. */
  tagged: number;
  cost: SpendGroup | undefined;
  /** Of what all values come to; null where nothing has a cost. */
  share: number | null;
  largest: number;
}

/** A row for each value, and one for the accounts without the key. */
export function tagRows(
  { keys, accounts }: { keys: readonly TagSummary[]; accounts: number },
  costs: ReadonlyMap<string, readonly SpendGroup[]>,
): TagRow[] {
  return keys.flatMap(({ key, accounts: tagged, values }) => {
    const groups = costs.get(key) ?? [];
    const total = groups.reduce((sum, group) => sum + Number(group.total ?? 0), 0);
    const shareOf = (cost: SpendGroup | undefined) => (cost && total > 0 ? Number(cost.total ?? 0) / total : null);
    const largest = Math.max(0, ...groups.map((group) => shareOf(group) ?? 0));
    const row = (value: string | null, count: number): TagRow => {
      const cost = groups.find((group) => group.key === value);
      return { key, value, accounts: count, tagged, cost, share: shareOf(cost), largest };
    };
    return [...values.map(({ value, accounts: count }) => row(value, count)), row(null, Math.max(0, accounts - tagged))];
  });
}
