import type { RankedAccount, SpendRanking } from '../../../contract/canopy/spend.ts';
import { daysBetween } from '../../lib/date-range.ts';
import { changeOfGroup } from './change.ts';
import type { AmountChange } from './change.ts';

/** An account with what its amounts come to beside those of all. */
export interface RankedRow extends RankedAccount {
  id: string;
  /** Of the total of all accounts, also of those that a search hides. */
  share: number | null;
  /** Null where the days compared are not all stored. */
  change: AmountChange | null;
}

/** Whether both ranges are stored whole and priced: else a change would be one of what is known. */
export function isComparable(
  { days, comparedDays, notFinal }: SpendRanking,
  range: { from: string; before: string },
  compared: { from: string; to: string } | null,
): boolean {
  if (compared === null || comparedDays === null || notFinal > 0) return false;
  return days.stored === daysBetween(range) && comparedDays.stored === daysBetween({ from: compared.from, before: compared.to });
}

export function rankedRows({ accounts, total }: SpendRanking, comparable: boolean): RankedRow[] {
  const whole = Number(total ?? 0);
  return accounts.map((account) =>
    Object.assign({}, account, {
      id: account.key ?? '',
      share: account.total === null || whole === 0 ? null : Number(account.total) / whole,
      change: comparable ? changeOfGroup(account) : null,
    }),
  );
}

/** Accounts whose name, id, organization or largest product holds the text. */
export function searched<Account extends RankedAccount>(rows: readonly Account[], text: string): readonly Account[] {
  const sought = text.trim().toLowerCase();
  if (sought === '') return rows;
  const holds = (words: string | null | undefined) => words?.toLowerCase().includes(sought) ?? false;
  return rows.filter(
    ({ label, key, organization, product }) => holds(label) || holds(key) || holds(organization) || holds(product?.label),
  );
}
