/** Which accounts of a list are looked at. The page and its file choose by the same words. */
import type { PlacedAccount } from './hierarchy.ts';
import type { AccountTag } from './tags.ts';

export const enforcementWords = ['enforced', 'not-enforced', 'unknown'] as const;
export type Enforcement = (typeof enforcementWords)[number];

/** Whether the account makes its members use two-factor authentication; null upstream is unknown. */
export function enforcementOf({ settings }: PlacedAccount): Enforcement {
  const enforced = settings?.enforce_twofactor;
  return enforced === true ? 'enforced' : enforced === false ? 'not-enforced' : 'unknown';
}

export interface AccountFilter {
  /** Part of a name, an id or a tag (`team=pay`), in any case. */
  text: string;
  type: readonly string[];
  enforcement: readonly Enforcement[];
  /** UTC days, `YYYY-MM-DD`; half-open. */
  createdFrom: string | null;
  createdBefore: string | null;
}

export type TagsByAccount = ReadonlyMap<string, readonly AccountTag[]>;

export function byAccount(tags: readonly AccountTag[]): TagsByAccount {
  const sorted = new Map<string, AccountTag[]>();
  for (const tag of tags) {
    const own = sorted.get(tag.accountId);
    if (own) own.push(tag);
    else sorted.set(tag.accountId, [tag]);
  }
  return sorted;
}

export function filterAccounts(
  accounts: readonly PlacedAccount[],
  filter: AccountFilter,
  tags: TagsByAccount = new Map(),
): PlacedAccount[] {
  const text = filter.text.trim().toLowerCase();
  return accounts.filter(
    (account) =>
      (text === '' ||
        (account.name ?? '').toLowerCase().includes(text) ||
        account.id.includes(text) ||
        tags.get(account.id)?.some(({ key, value }) => `${key}=${value}`.toLowerCase().includes(text))) &&
      (filter.type.length === 0 || filter.type.includes(account.type)) &&
      (filter.enforcement.length === 0 || filter.enforcement.includes(enforcementOf(account))) &&
      (filter.createdFrom === null || account.created_on.slice(0, 10) >= filter.createdFrom) &&
      (filter.createdBefore === null || account.created_on.slice(0, 10) < filter.createdBefore),
  );
}
