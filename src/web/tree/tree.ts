/** What the rows of the screen are: organizations, their accounts, and what is said in place of accounts that are not there. */
import type { PlacedAccount } from '../../contract/canopy/hierarchy.ts';
import type { ErrorReport } from '../../contract/envelope.ts';
import { compareNaturally } from '../lib/natural-sort.ts';
import type { Sort } from '../lib/url-values.ts';
import type { TreeSource } from '../ui/tree-rows.ts';
import { fold } from './organization-index.ts';
import type { OrganizationIndex, OrganizationItem } from './organization-index.ts';

export interface AccountItem {
  readonly kind: 'account';
  /** An account may stand in two organizations, so its row is named by both. */
  readonly id: string;
  readonly account: PlacedAccount;
  readonly name: string;
  readonly folded: string;
}

/** A row that says why accounts of an organization are not there. */
export interface NoticeItem {
  readonly kind: 'notice';
  readonly id: string;
  readonly organization: OrganizationItem;
  readonly notice: 'loading' | { readonly error: ErrorReport; /** Older rows are shown below it. */ readonly kept: boolean };
}

/** Organizations whose parent this credential does not see. */
export interface GroupItem {
  readonly kind: 'group';
  readonly id: string;
  readonly children: readonly OrganizationItem[];
}

export type Item = OrganizationItem | AccountItem | NoticeItem | GroupItem;

export const orphanGroupId = 'orphans';

/** What is known of the accounts directly in one organization. */
export type AccountsOf =
  | { readonly state: 'loaded'; readonly accounts: readonly AccountItem[] }
  | { readonly state: 'loading' }
  /** What was there before the failure is kept. */
  | { readonly state: 'failed'; readonly error: ErrorReport; readonly accounts: readonly AccountItem[] };

export function accountRowId(organizationId: string, accountId: string): string {
  return `${organizationId}/${accountId}`;
}

/** The row that stands for accounts that are not there. */
export const noticeRowId = (organizationId: string): string => `${organizationId}/notice`;

export function accountItem(account: PlacedAccount): AccountItem {
  const name = account.name ?? '';
  return { kind: 'account', id: accountRowId(account.organizationId, account.id), account, name, folded: fold(name) };
}

/** The accounts of a list by the organization they are in. */
export function accountsByOrganization(accounts: readonly PlacedAccount[]): ReadonlyMap<string, readonly AccountItem[]> {
  const groups = new Map<string, AccountItem[]>();
  for (const account of accounts) {
    const group = groups.get(account.organizationId);
    if (group) group.push(accountItem(account));
    else groups.set(account.organizationId, [accountItem(account)]);
  }
  return groups;
}

export function nameOf(item: Item): string {
  if (item.kind === 'organization') return item.node.name;
  if (item.kind === 'account') return item.name;
  if (item.kind === 'group') return 'Parent not visible to this credential';
  return item.notice === 'loading' ? 'Reading accounts' : 'Accounts did not load';
}

/** The value a column sorts by, for items that have one; the rest sort by name. */
export type SortValue = (item: OrganizationItem | AccountItem) => number | string | null;

export interface Ordering {
  readonly sort: Sort;
  /** Null sorts by name. */
  readonly value: SortValue | null;
}

/** Compares siblings: by value first where there is one (unknown last, whichever the direction), then by name. */
function compareItems<T extends OrganizationItem | AccountItem>({ sort, value }: Ordering): (one: T, other: T) => number {
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return (one, other) => {
    if (value) {
      const [left, right] = [value(one), value(other)];
      if (left !== right) {
        if (left === null) return 1;
        if (right === null) return -1;
        return (left < right ? -1 : 1) * sign;
      }
    }
    return compareNaturally(nameOf(one), nameOf(other)) * (value ? 1 : sign);
  };
}

/** Sorted siblings by the list they came from, so that a list is sorted once for an ordering, and only when it is opened. */
export function siblingSorter(ordering: Ordering) {
  const sorted = new WeakMap<readonly (OrganizationItem | AccountItem)[], readonly (OrganizationItem | AccountItem)[]>();
  const compare = compareItems(ordering);
  return <T extends OrganizationItem | AccountItem>(siblings: readonly T[]): readonly T[] => {
    const known = sorted.get(siblings);
    if (known) return known as readonly T[]; // stored under the same list
    const next = siblings.toSorted(compare);
    sorted.set(siblings, next);
    return next;
  };
}
export type SiblingSorter = ReturnType<typeof siblingSorter>;

export interface TreeParts {
  readonly index: OrganizationIndex;
  /** The organization of the scope. */
  readonly top: OrganizationItem;
  /** False for the organization alone: its accounts without its sub-organizations. */
  readonly descendants: boolean;
  readonly accountsOf: (organizationId: string) => AccountsOf;
  readonly inOrder: SiblingSorter;
}

/** The whole tree of a scope. Lists of children are made when they are first asked for and kept. */
export function wholeTree({ index, top, descendants, accountsOf, inOrder }: TreeParts): TreeSource<Item> {
  const group: GroupItem = { kind: 'group', id: orphanGroupId, children: index.orphans };
  const showsOrphans = descendants && index.orphans.length > 0 && index.roots.includes(top);
  const children = new Map<string, readonly Item[] | null>();
  const childrenOf = (item: Item): readonly Item[] | null => {
    if (item.kind === 'group') return inOrder(item.children);
    if (item.kind !== 'organization') return null;
    let found = children.get(item.id);
    if (found === undefined) {
      found = childrenOfOrganization(item, descendants, accountsOf, inOrder);
      children.set(item.id, found);
    }
    return found;
  };
  return { roots: showsOrphans ? [top, group] : [top], idOf: (item) => item.id, childrenOf };
}

function childrenOfOrganization(
  item: OrganizationItem,
  descendants: boolean,
  accountsOf: TreeParts['accountsOf'],
  inOrder: SiblingSorter,
): readonly Item[] | null {
  const organizations = descendants ? inOrder(item.children) : [];
  const accounts = accountsOf(item.id);
  if (accounts.state === 'loaded') {
    if (organizations.length === 0 && accounts.accounts.length === 0) return null;
    return accounts.accounts.length === 0 ? organizations : [...organizations, ...inOrder(accounts.accounts)];
  }
  if (accounts.state === 'loading' && item.node.accounts === 0) return organizations.length === 0 ? null : organizations;
  const notice: NoticeItem = {
    kind: 'notice',
    id: noticeRowId(item.id),
    organization: item,
    notice: accounts.state === 'failed' ? { error: accounts.error, kept: accounts.accounts.length > 0 } : 'loading',
  };
  return [...organizations, notice, ...(accounts.state === 'failed' ? inOrder(accounts.accounts) : [])];
}

/** One level: accounts without the organizations around them. */
export function flatList(accounts: readonly AccountItem[]): TreeSource<Item> {
  return { roots: accounts, idOf: (item) => item.id, childrenOf: () => null };
}
