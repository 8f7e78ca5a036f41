import type { AccountTag } from '../../../contract/canopy/tags.ts';
import type { PlacedAccount } from '../../../contract/canopy/hierarchy.ts';

export const enforcementWords = ['enforced', 'not-enforced', 'unknown'] as const;
export type Enforcement = (typeof enforcementWords)[number];

/** Whether the account makes its members use two-factor authentication; null upstream is unknown. */
export function enforcementOf({ settings }: PlacedAccount): Enforcement {
  const enforced = settings?.enforce_twofactor;
  return enforced === true ? 'enforced' : enforced === false ? 'not-enforced' : 'unknown';
}

export interface AccountFilter {
  text: string;
  /** By account: `team=pay` finds them too. */
  tags?: ReadonlyMap<string, readonly AccountTag[]>;
  type: readonly string[];
  enforcement: readonly Enforcement[];
  /** UTC days, `YYYY-MM-DD`; half-open. */
  createdFrom: string | null;
  createdBefore: string | null;
}

export function filterAccounts(accounts: readonly PlacedAccount[], filter: AccountFilter): PlacedAccount[] {
  const text = filter.text.trim().toLowerCase();
  return accounts.filter(
    (account) =>
      (text === '' ||
        (account.name ?? '').toLowerCase().includes(text) ||
        account.id.includes(text) ||
        filter.tags?.get(account.id)?.some(({ key, value }) => `${key}=${value}`.toLowerCase().includes(text))) &&
      (filter.type.length === 0 || filter.type.includes(account.type)) &&
      (filter.enforcement.length === 0 || filter.enforcement.includes(enforcementOf(account))) &&
      (filter.createdFrom === null || account.created_on.slice(0, 10) >= filter.createdFrom) &&
      (filter.createdBefore === null || account.created_on.slice(0, 10) < filter.createdBefore),
  );
}

export const enforcementLabel: Readonly<Record<Enforcement, string>> = {
  enforced: 'Enforced',
  'not-enforced': 'Not enforced',
  unknown: 'Unknown',
};
