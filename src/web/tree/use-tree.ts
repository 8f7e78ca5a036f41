/** Rows of the screen: the tree or its search, followed through every change of data, order and open branches. */
import { useMemo, useState } from 'react';
import { followTree, startTree } from '../ui/tree-rows.ts';
import type { OpenIds, TreeRow, TreeSource } from '../ui/tree-rows.ts';
import type { OrganizationIndex, OrganizationItem } from './organization-index.ts';
import { readQuery, searchTree } from './search.ts';
import type { Found, Query } from './search.ts';
import { flatList, wholeTree } from './tree.ts';
import type { AccountItem, Item, SiblingSorter } from './tree.ts';
import type { TreeAccounts } from './use-accounts.ts';

/** The rows of a source, spliced where one branch opens or closes. */
export function useTreeRows<T>(source: TreeSource<T>, open: OpenIds): readonly TreeRow<T>[] {
  const [state, setState] = useState(() => startTree(source, open));
  const next = followTree(state, source, open);
  if (next !== state) setState(next);
  return next.rows;
}

export interface ScreenTree {
  readonly source: TreeSource<Item>;
  readonly query: Query | null;
  readonly found: Found | null;
}

interface Parts {
  readonly index: OrganizationIndex;
  readonly top: OrganizationItem;
  readonly descendants: boolean;
  readonly view: 'tree' | 'accounts';
  readonly typed: string;
  readonly accounts: TreeAccounts;
  readonly inOrder: SiblingSorter;
}

const noAccounts: readonly AccountItem[] = [];

/** The tree that the address asks for. */
export function useScreenTree({ index, top, descendants, view, typed, accounts, inOrder }: Parts): ScreenTree {
  const { accountsOf } = accounts;
  const whole = useMemo(() => {
    if (view === 'tree') return wholeTree({ index, top, descendants, accountsOf, inOrder });
    return flatList(inOrder(everyAccount(top, descendants, accountsOf)));
  }, [index, top, descendants, view, accountsOf, inOrder]);
  const query = useMemo(() => readQuery(typed), [typed]);
  const found = useMemo(() => {
    if (!query) return null;
    const searched = {
      organizationsIn: ({ children }: OrganizationItem) => (descendants ? children : []),
      accountsIn: (item: OrganizationItem) => {
        const reading = accountsOf(item.id);
        return reading.state === 'loading' ? noAccounts : reading.accounts;
      },
    };
    return searchTree(whole, searched, query);
  }, [whole, query, accountsOf, descendants]);
  return { source: found?.source ?? whole, query, found };
}

function everyAccount(
  top: OrganizationItem,
  descendants: boolean,
  accountsOf: TreeAccounts['accountsOf'],
): readonly AccountItem[] {
  const organizations = [top];
  if (descendants) for (const one of organizations) organizations.push(...one.children);
  return organizations.flatMap((organization) => {
    const reading = accountsOf(organization.id);
    return reading.state === 'loading' ? [] : reading.accounts;
  });
}

interface SearchChanges {
  readonly typed: string;
  readonly opened: OpenIds;
  readonly closed: OpenIds;
}
const nothing: OpenIds = new Set();

/** Open branches during a search: what the search opened, as the person changed it since. Another search starts anew. */
export function useSearchOpen(found: Found | null, typed: string) {
  const [changes, setChanges] = useState<SearchChanges>({ typed, opened: nothing, closed: nothing });
  const current = changes.typed === typed ? changes : { typed, opened: nothing, closed: nothing };
  const { opened, closed } = current;
  const first = found?.open;
  const open = useMemo<OpenIds>(() => {
    const ids = new Set(first);
    for (const id of opened) ids.add(id);
    for (const id of closed) ids.delete(id);
    return ids;
  }, [first, opened, closed]);
  const change = (ids: readonly string[], expanded: boolean) => {
    const next = { typed, opened: new Set(opened), closed: new Set(closed) };
    for (const id of ids) {
      (expanded ? next.opened : next.closed).add(id);
      (expanded ? next.closed : next.opened).delete(id);
    }
    setChanges(next);
  };
  return [open, change] as const;
}
