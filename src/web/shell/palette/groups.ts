/** From a query to the groups of the palette. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'react-router';
import { formatCount } from '../../lib/count.ts';
import { useListedPageActions } from '../../lib/page-actions.ts';
import { useRecent } from '../../lib/recent.ts';
import { receiptsQuery } from '../../queries/receipts.ts';
import { useRole } from '../../queries/role.ts';
import { placeOfPage } from '../navigation.ts';
import { useScopeTree } from '../scope-tree.ts';
import { useFindable } from './entries.ts';
import { commandRows, nearby, recentRow, rowOf, screenRows, straightTo, titleOfPasted, upRows } from './make-rows.ts';
import type { Context } from './make-rows.ts';
import { pathTextOf } from './path-text.ts';
import { readPasted } from './pasted.ts';
import { matching } from './rows.ts';
import type { Group, Row } from './rows.ts';
import { search } from './search-index.ts';
import type { Kind } from './search-index.ts';

const groupTitles: Readonly<Record<Kind, string>> = { organization: 'Organizations', account: 'Accounts', member: 'Members' };
/** Rows of each kind, so that no kind hides the others; a kind alone has room. */
const shownTogether = 5;
const shownAlone = 40;

export interface Findings {
  groups: readonly Group[];
  /** Things that were searched, and how long it took (milliseconds). */
  searched: { things: number; took: number } | null;
  waitingFor: string | null;
}

export function useFindings(query: string, only: 'organizations' | null): Findings {
  const { tree, organizationId, page } = useScopeTree();
  const location = useLocation();
  const role = useRole();
  const findable = useFindable(tree, only !== null);
  const actions = useListedPageActions();
  const recent = useRecent(role.session.user.id);
  const context: Context = {
    tree,
    page: page ? placeOfPage(page) : 'overview',
    here: organizationId,
    search: location.search,
    role,
    findable,
  };
  const pasted = only === null ? readPasted(query) : null;
  const receipts = useInfiniteQuery({
    ...receiptsQuery(pasted?.kind === 'ray' ? { ray: pasted.text } : {}),
    enabled: pasted?.kind === 'ray' && role.can('receipts:read'),
  });
  const pathText = useMemo(() => pathTextOf(tree), [tree]);
  const found = useMemo(
    () => search(findable.index, query, only === null ? shownTogether : shownAlone, pathText),
    [findable.index, query, only, pathText],
  );
  const waitingFor = findable.waitingFor;
  const searched = { things: findable.index.entries.length, took: found.took };

  const byKind = found.groups
    .filter(({ kind, matches }) => matches > 0 && (only === null || kind === 'organization'))
    .map(({ kind, matches, of, rows }): Group => ({
      id: kind,
      title: groupTitles[kind],
      count: `${formatCount(matches)} of ${formatCount(of)}`,
      rows: rows.map((one) => rowOf(one, context)),
    }));
  if (pasted) {
    const straight = straightTo(pasted, context, receipts.data?.pages[0]?.result.rows ?? []);
    return {
      groups: [
        ...(straight.length > 0 ? [{ id: 'pasted', title: titleOfPasted(pasted), rows: straight }] : []),
        ...(pasted.kind === 'id' ? [] : byKind),
      ],
      searched,
      waitingFor,
    };
  }
  if (only === 'organizations') {
    const all = query.trim() === '' ? nearby(context) : [];
    return { groups: [...all, ...byKind], searched: query.trim() === '' ? null : searched, waitingFor };
  }
  const pageActions = matching(
    actions.map((action): Row => ({
      id: `action-${action.id}`,
      icon: { icon: action.icon ?? CircleHelp },
      title: action.label,
      marks: [],
      detail: action.note,
      keys: action.keys,
      disabledReason: action.disabledReason,
      act: action.href === undefined ? { run: () => action.run?.() } : { href: action.href },
    })),
    query,
  );
  const screens = matching(screenRows(context), query);
  const commands = matching(commandRows(), query);
  const group = (id: string, title: string, rows: readonly Row[]): Group[] => (rows.length > 0 ? [{ id, title, rows }] : []);
  if (query.trim() === '') {
    const recentRows = recent.filter(({ id }) => id !== organizationId).slice(0, 5);
    return {
      groups: [
        ...group('up', 'Go up', upRows(context)),
        ...group('actions', 'Actions on this page', pageActions),
        ...group(
          'recent',
          'Recent',
          recentRows.map((thing) => recentRow(thing, context)),
        ),
        ...group('screens', 'Screens', screens),
        ...group('commands', 'Canopy', commands),
      ],
      searched: null,
      waitingFor,
    };
  }
  return {
    groups: [
      ...byKind,
      ...group('actions', 'Actions on this page', pageActions),
      ...group('screens', 'Screens', screens),
      ...group('commands', 'Canopy', commands),
    ],
    searched,
    waitingFor,
  };
}
