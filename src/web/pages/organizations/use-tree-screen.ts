/** Everything the screen shows, from the address, the snapshot and what people opened. */
import { useDeferredValue, useMemo, useState } from 'react';
import type { Hierarchy } from '../../../contract/canopy/hierarchy.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { useTypedText, useUrlState } from '../../lib/url-state.ts';
import { useRole } from '../../queries/role.ts';
import { columnIds, firstColumns, sortValueOf, treeColumns } from './columns.tsx';
import type { ColumnId } from './columns.tsx';
import { changed, useOpenBranches } from '../../tree/open-branches.ts';
import { ancestorsOf, branchOf, isWithin } from '../../tree/organization-index.ts';
import type { OrganizationIndex, OrganizationItem } from '../../tree/organization-index.ts';
import { screenUrl } from './screen-url.ts';
import { nextHit } from '../../tree/search.ts';
import { noticeRowId, siblingSorter } from '../../tree/tree.ts';
import { useTreeAccounts } from '../../tree/use-accounts.ts';
import { useTreeCosts } from './use-costs.ts';
import { lineOf, useScreenFocus } from './use-focus.ts';
import { useScreenTree, useSearchOpen, useTreeRows } from '../../tree/use-tree.ts';

/** Columns that say nothing of an account. */
const ofOrganizations: readonly ColumnId[] = ['accounts', 'members', 'below', 'managed'];

export interface ScreenData {
  readonly hierarchy: Hierarchy;
  readonly index: OrganizationIndex;
  readonly top: OrganizationItem;
  readonly descendants: boolean;
}

export type TreeScreenState = ReturnType<typeof useTreeScreen>;

export function useTreeScreen({ hierarchy, index, top, descendants }: ScreenData) {
  const { can } = useRole();
  const { timeZone } = usePreferences();
  const [url, setUrl] = useUrlState(screenUrl);
  const [typed, setTyped] = useTypedText(url.q, (q) => setUrl({ q }));
  // letters stand in the field at once; the tree follows, and leaves out what was typed over meanwhile
  const sought = useDeferredValue(typed);
  // a search needs every account: read when somebody goes to the field, they are there before the first letter
  const [seeking, setSeeking] = useState(false);
  const [open, changeOpen] = useOpenBranches(top, descendants);
  const costsOrComing = useTreeCosts(top, descendants);
  const areCostsShown = costsOrComing !== null;
  const costs = typeof costsOrComing === 'string' ? null : costsOrComing;
  const accounts = useTreeAccounts({
    index,
    top,
    descendants,
    open,
    everything: seeking || sought !== '' || url.view === 'accounts',
  });

  const inOrder = useMemo(() => siblingSorter({ sort: url.sort, value: sortValueOf(url.sort.column, costs) }), [url.sort, costs]);
  const tree = useScreenTree({ index, top, descendants, view: url.view, typed: sought, accounts, inOrder });
  const [searchOpen, changeSearchOpen] = useSearchOpen(tree.found, sought);
  const rows = useTreeRows(tree.source, tree.found ? searchOpen : open);

  const expand = (ids: readonly string[], expanded: boolean) => {
    if (tree.found) changeSearchOpen(ids, expanded);
    else changeOpen((before) => changed(before, ids, expanded));
  };
  const onOpen = (ids: readonly string[]) => {
    // what is brought into view stays there when the search is cleared, which a rename does by itself
    changeOpen((before) => changed(before, ids, true));
    if (tree.found) changeSearchOpen(ids, true);
  };
  const focus = useScreenFocus({ index, id: url.focus, accounts, open, onOpen });
  const focusOn = (id: string | null) => {
    focus.noteOwn(id);
    setUrl({ focus: id }, { push: url.focus === null && id !== null });
  };

  /** As a link would: what hides the row is opened. */
  const linkTo = (id: string) => {
    const organization = index.byId.get(id);
    focusOn(id);
    if (organization) focus.reveal(id, ancestorsOf(organization), false);
  };

  const silent = hierarchy.accounts.failed
    .flatMap(({ organizationId }) => index.byId.get(organizationId) ?? [])
    .filter((item) => (descendants ? isWithin(item, top) : item === top));
  const [firstSilent] = silent;
  const showFailed = firstSilent && (() => focus.reveal(noticeRowId(firstSilent.id), silent.flatMap(lineOf), true));

  const [hitId, setHitId] = useState<string | null>(null);
  // nobody stepped to a hit yet: their order is not needed
  const hitAt = hitId === null || !tree.found ? -1 : tree.found.hits().indexOf(hitId);
  const goToHit = (direction: 1 | -1, take: boolean) => {
    const next = nextHit(tree.found?.hits() ?? [], hitAt < 0 ? null : hitId, direction);
    if (next === null) return;
    setHitId(next);
    const [organizationId = '', accountId] = next.split('/');
    const organization = index.byId.get(organizationId);
    if (organization) focus.reveal(next, accountId === undefined ? ancestorsOf(organization) : lineOf(organization), take);
  };

  const available = useMemo(() => {
    const missing = new Set<ColumnId>();
    if (!can('members:read')) missing.add('members');
    if (url.view === 'accounts') for (const id of ofOrganizations) missing.add(id);
    if (!areCostsShown) for (const id of ['cost', 'daily'] as const) missing.add(id);
    return new Set(columnIds.filter((id) => !missing.has(id)));
  }, [can, areCostsShown, url.view]);
  const shown = useMemo(() => (url.cols ? columnIds.filter((id) => url.cols?.includes(id)) : firstColumns), [url.cols]);
  const reading = useMemo(
    () => ({ accounts: hierarchy.accounts.pending > 0, members: hierarchy.members.pending > 0 }),
    [hierarchy.accounts.pending, hierarchy.members.pending],
  );
  const columns = useMemo(
    () =>
      treeColumns(
        shown.filter((id) => available.has(id)),
        { costs, reading, zone: timeZone },
      ),
    [shown, available, costs, reading, timeZone],
  );

  return {
    url,
    setUrl,
    typed,
    setTyped,
    onSeek: () => setSeeking(true),
    accounts,
    costs: costsOrComing,
    tree,
    rows,
    focus,
    focusOn,
    linkTo,
    expand,
    expandAll: () => changeOpen(() => new Set(branchOf(top).map(({ id }) => id))),
    /** Opens the branches whose accounts did not load; undefined where the screen shows none of them. */
    showFailed: url.view === 'tree' && !tree.found ? showFailed : undefined,
    collapseAll: () => changeOpen(() => new Set([top.id])),
    hits: tree.found && { position: hitAt + 1, total: tree.found.hitCount, reading: accounts.readingWhole },
    goToHit,
    currentId: hitAt >= 0 ? hitId : focus.rowId,
    columns,
    shown,
    available,
  };
}
