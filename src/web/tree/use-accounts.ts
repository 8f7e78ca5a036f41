/** The accounts of open organizations, one list each; all lists at once where many are needed. */
import { useQueries, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Coverage, PlacedAccount } from '../../contract/canopy/hierarchy.ts';
import type { Answer, Failure } from '../queries/client.ts';
import { allAccountsQuery } from '../queries/hierarchy.ts';
import type { OrganizationIndex, OrganizationItem } from './organization-index.ts';
import { accountItem, accountsByOrganization } from './tree.ts';
import type { AccountItem, AccountsOf } from './tree.ts';

type List = Answer<{ rows: readonly PlacedAccount[]; coverage: Coverage }>;

/** More open organizations than this are read as one list. */
const oneByOne = 30;
const none: readonly AccountItem[] = [];
const loading: AccountsOf = { state: 'loading' };

/** Items made once for a list, so that rows can tell that nothing changed. */
const itemsOfList = new WeakMap<readonly PlacedAccount[], readonly AccountItem[]>();
function itemsOf(rows: readonly PlacedAccount[]): readonly AccountItem[] {
  const known = itemsOfList.get(rows);
  if (known) return known;
  const items = rows.map(accountItem);
  itemsOfList.set(rows, items);
  return items;
}

function readingOf(organizationId: string, { rows, coverage }: List['result'], accounts: readonly AccountItem[]): AccountsOf {
  const failed = coverage.failed.find((one) => one.organizationId === organizationId);
  if (failed) return { state: 'failed', error: failed.error, accounts };
  return rows.length === 0 && coverage.pending > 0 ? loading : { state: 'loaded', accounts };
}

function fromQuery(organizationId: string, query: UseQueryResult<List>): AccountsOf {
  const list = query.data?.result;
  if (list) return readingOf(organizationId, list, itemsOf(list.rows));
  return query.error ? { state: 'failed', error: query.error.report, accounts: none } : loading;
}

export interface TreeAccounts {
  readonly accountsOf: (organizationId: string) => AccountsOf;
  /** True once the list of the whole scope is there; until then search sees open organizations only. */
  readonly whole: boolean;
  /** The list of the whole scope was asked for and is on its way. */
  readonly readingWhole: boolean;
  readonly error: Failure | null;
}

interface Wanted {
  readonly index: OrganizationIndex;
  readonly top: OrganizationItem;
  readonly descendants: boolean;
  readonly open: ReadonlySet<string>;
  /** Search and the flat view need every account. */
  readonly everything: boolean;
}

/** Reads what the screen needs. Once the whole list was needed it stays, so that closing a search does not read again. */
export function useTreeAccounts({ index, top, descendants, open, everything }: Wanted): TreeAccounts {
  const wanted = everything || open.size > oneByOne;
  const [latched, setLatched] = useState(wanted);
  if (wanted && !latched) setLatched(true);
  const whole = useQuery({ ...allAccountsQuery({ organization: top.id, descendants }), enabled: latched });
  const list = latched ? whole.data?.result : undefined;

  const ids = useMemo(
    () =>
      list
        ? []
        : [...open]
            .filter((id) => (index.byId.get(id)?.node.accounts ?? 0) !== 0 || index.byId.get(id)?.node.accounts === null)
            .slice(0, oneByOne),
    [list, open, index],
  );
  const single = useQueries({
    queries: ids.map((id) => allAccountsQuery({ organization: id, descendants: false })),
    combine: useCallback(
      (results: UseQueryResult<List>[]) =>
        new Map(results.flatMap((result, at) => (ids[at] === undefined ? [] : [[ids[at], fromQuery(ids[at], result)]]))),
      [ids],
    ),
  });
  const groups = useMemo(() => (list ? accountsByOrganization(list.rows) : null), [list]);
  const failed = useMemo(
    () => new Map(list?.coverage.failed.map(({ organizationId, error }) => [organizationId, error])),
    [list],
  );

  const accountsOf = useCallback(
    (organizationId: string): AccountsOf => {
      if (!groups) return single.get(organizationId) ?? loading;
      const accounts = groups.get(organizationId) ?? none;
      const error = failed.get(organizationId);
      if (error) return { state: 'failed', error, accounts };
      const unread = accounts.length === 0 && index.byId.get(organizationId)?.node.accounts === null;
      return unread ? loading : { state: 'loaded', accounts };
    },
    [groups, failed, single, index],
  );
  return { accountsOf, whole: list !== undefined, readingWhole: latched && whole.isPending, error: latched ? whole.error : null };
}
