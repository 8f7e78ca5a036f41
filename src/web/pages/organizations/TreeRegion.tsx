import { Copy, Ellipsis, FolderInput, ListFilter, Plus } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { formatCount, plural } from '../../lib/format.ts';
import { useMedia, widths } from '../../lib/media.ts';
import { useAskNow } from '../../queries/ask-now.ts';
import { hierarchyQuery, useRefreshHierarchy } from '../../queries/hierarchy.ts';
import { useRole } from '../../queries/role.ts';
import { BulkBar } from '../../ui/BulkBar.tsx';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { AccountGlyph, OrganizationGlyph } from '../../ui/glyphs.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { LoadingBar, Notice } from '../../ui/Notice.tsx';
import { ReadBar } from '../../ui/ReadBar.tsx';
import { toasts } from '../../ui/toasts.ts';
import { TreeGrid } from '../../ui/TreeGrid.tsx';
import type { TreeDrag } from '../../ui/tree-drag.ts';
import type { TreeRow } from '../../ui/tree-rows.ts';
import { toggled } from '../../ui/tree-selection.ts';
import { accountMenu, copyText, organizationMenu, reasonsFor, whyNotMoveAccount } from './actions.ts';
import type { Acts } from './actions.ts';
import { preloadDetails } from './on-intent-parts.ts';
import { whyNotDestination, whyNotParent } from '../../tree/move-rules.ts';
import { topOf } from '../../tree/organization-index.ts';
import { RenameInRow } from './RenameInRow.tsx';
import { TreeName, TreeNameOnPhone } from './TreeName.tsx';
import { TreeNotice } from './TreeNotice.tsx';
import { TreeStatus } from './TreeStatus.tsx';
import { TreeToolbar } from './TreeToolbar.tsx';
import { nameOf } from '../../tree/tree.ts';
import type { AccountItem, Item } from '../../tree/tree.ts';
import type { Renames } from './use-renames.ts';
import type { ScreenData, TreeScreenState } from './use-tree-screen.ts';

interface Props extends ScreenData {
  screen: TreeScreenState;
  acts: Acts;
  renames: Renames;
  /** The organization whose name is being typed. */
  renaming: string | null;
  onRenamed: (focus: 'back' | 'elsewhere') => void;
  onMoveAccounts: (accounts: readonly AccountItem[], to?: string) => void;
  onExpandAll: () => void;
}

const glyph = ({ item }: TreeRow<Item>) => (item.kind === 'account' ? <AccountGlyph /> : <OrganizationGlyph />);
const canSelect = ({ item }: TreeRow<Item>) => item.kind === 'organization' || item.kind === 'account';
const nobody: ReadonlySet<string> = new Set();

/** The toolbar, the tree and its foot. */
export function TreeRegion({ screen, acts, renames, renaming, onRenamed, onMoveAccounts, onExpandAll, ...data }: Props) {
  const { hierarchy, index, top } = data;
  const { url, setUrl, tree, rows, focus, accounts } = screen;
  const { session, whyNot } = useRole();
  const phone = useMedia(widths.phone);
  const search = useRef<HTMLInputElement>(null);
  const region = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState(nobody);
  const refresh = useRefreshHierarchy();
  const circumstances = { shape: hierarchy.shape, index, whyNot };
  const retrying = refresh.isPending ? (refresh.variables ?? []) : [];

  const name = useMemo(() => {
    const Name = phone ? TreeNameOnPhone : TreeName;
    return function nameOfRow({ item }: TreeRow<Item>) {
      if (item.kind === 'notice') return null;
      if (item.kind === 'organization' && item.id === renaming) {
        return <RenameInRow.Part item={item} siblings={item.parent?.children ?? []} onDone={onRenamed} onShow={renames.show} />;
      }
      const isRoot =
        item.kind === 'organization' && item.parent === null && !item.node.orphan && session.scopeOrganizationId === null;
      const place =
        item.kind === 'account' && url.view === 'accounts' ? index.byId.get(item.account.organizationId)?.node.name : undefined;
      return <Name item={item} query={tree.query} renamed={renames.names} isRoot={isRoot} place={place} />;
    };
  }, [phone, renaming, onRenamed, renames, session.scopeOrganizationId, url.view, index, tree.query]);

  const message = ({ item }: TreeRow<Item>, active: boolean) =>
    item.kind === 'notice' ? (
      <TreeNotice
        item={item}
        active={active}
        retrying={retrying.includes(item.organization.id)}
        onRetry={() => refresh.mutate([item.organization.id])}
      />
    ) : null;
  const menu = ({ item }: TreeRow<Item>) => {
    const entries =
      item.kind === 'organization'
        ? organizationMenu(item, acts, reasonsFor(item, circumstances), whyNot, 'row')
        : item.kind === 'account'
          ? accountMenu(item, acts, whyNotMoveAccount(item, circumstances), 'row')
          : null;
    if (!entries || phone) return null;
    return (
      <Menu
        label={`Actions for ${nameOf(item)}`}
        entries={entries}
        trigger={(props) => (
          <IconButton
            {...props}
            icon={Ellipsis}
            label="Actions"
            size="row"
            tabIndex={-1}
            className="h-5.5! w-5.5! opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 focus:opacity-100 aria-expanded:opacity-100"
          />
        )}
      />
    );
  };
  const letters = {
    r: ({ item }: TreeRow<Item>) => {
      if (item.kind !== 'organization') return;
      if (isPossible(reasonsFor(item, circumstances).rename, `${item.node.name} cannot be renamed here`)) acts.rename(item);
    },
    m: ({ item }: TreeRow<Item>) => {
      if (item.kind !== 'organization' && item.kind !== 'account') return;
      const reason = item.kind === 'account' ? whyNotMoveAccount(item, circumstances) : reasonsFor(item, circumstances).move;
      if (isPossible(reason, `${nameOf(item)} cannot be moved`)) acts.move(item);
    },
    n: () => screen.goToHit(1, true),
    N: () => screen.goToHit(-1, true),
    x: (row: TreeRow<Item>) => canSelect(row) && setSelected((before) => toggled(before, [row.id])),
  };
  const clearSearch = () => screen.setTyped('');
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (selected.size === 0 && screen.typed === '') return; // the panel's
    event.preventDefault();
    if (selected.size > 0) setSelected(nobody);
    else clearSearch();
  };
  const enterTree = () => region.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus();
  const chosen = rows.flatMap(({ id, item }) =>
    selected.has(id) && (item.kind === 'account' || item.kind === 'organization') ? [item] : [],
  );
  const chosenAccounts = chosen.filter((item) => item.kind === 'account');
  const whyNotMoved =
    whyNot('accounts:write') ||
    (chosenAccounts.length < chosen.length && 'Organizations move one at a time; select accounts only.') ||
    (chosenAccounts.map((item) => whyNotMoveAccount(item, circumstances)).find(Boolean) ?? false);
  const canTake = ({ id, item }: TreeRow<Item>) =>
    id !== renaming &&
    (item.kind === 'organization'
      ? reasonsFor(item, circumstances).move === false
      : item.kind === 'account' && whyNotMoveAccount(item, circumstances) === false);
  const drag: TreeDrag<Item> = {
    canTake,
    refusal: ({ item }, { item: onto }) => {
      if (onto.kind !== 'organization') return 'Not an organization';
      if (item.kind === 'organization') return whyNotParent(item, onto, hierarchy.shape);
      const source = item.kind === 'account' && index.byId.get(item.account.organizationId);
      return source ? whyNotDestination([source], onto, hierarchy.shape) : 'Its organization is not visible';
    },
    // one of several that are selected carries all of them
    onDrop: ({ id, item }, { item: onto }) => {
      if (item.kind === 'account' && selected.has(id) && whyNotMoved === false) onMoveAccounts(chosenAccounts, onto.id);
      else if (item.kind === 'account' || item.kind === 'organization') acts.move(item, onto.id);
    },
  };
  const root = topOf(top);
  const quota =
    session.scopeOrganizationId === null && !root.node.orphan
      ? { used: root.accounts.within, missing: root.accounts.missing, limit: hierarchy.accountLimit }
      : null;

  return (
    <div
      ref={region}
      // on a phone the lower part lies under the sheet of the panel
      className={classes('flex min-h-0 flex-1 flex-col', focus.item && 'max-sm:pb-[30dvh]')}
      role="presentation"
      onKeyDown={keys}
    >
      <TreeToolbar
        typed={screen.typed}
        onType={screen.setTyped}
        searchRef={search}
        onSeek={screen.onSeek}
        hits={screen.hits}
        onHit={(direction) => screen.goToHit(direction, false)}
        onLeaveSearch={enterTree}
        view={url.view}
        onView={(view) => setUrl({ view }, { push: true })}
        quota={quota}
        columns={screen.shown}
        available={screen.available}
        onColumns={(columns) => setUrl({ cols: columns })}
        onExpandAll={onExpandAll}
        onCollapseAll={screen.collapseAll}
      />
      <TreeAge />
      {!hierarchy.complete && (
        <Notice
          tone="warning"
          action={
            <Button size="row" working={refresh.isPending && 'Reading…'} onClick={() => refresh.mutate(undefined)}>
              Read again
            </Button>
          }
        >
          The list of organizations is not whole: {hierarchy.incompleteReason ?? 'it broke off'}. Counts are lower bounds.
        </Notice>
      )}
      {accounts.error && (
        <ErrorLine
          error={accounts.error.report}
          title="Accounts could not be read"
          className="border-b border-line px-(--gutter) py-2"
        />
      )}
      <div className="relative flex min-h-0 flex-1 flex-col">
        <LoadingBar active={refresh.isPending} />
        <TreeGrid
          label={url.view === 'tree' ? 'Organizations' : 'Accounts'}
          rows={rows}
          nameHeader="Name"
          nameText={nameOf}
          columns={phone ? screen.columns.filter(({ id }) => id === 'cost') : screen.columns}
          glyph={glyph}
          name={name}
          message={message}
          menu={menu}
          twoLines={phone}
          sort={url.sort}
          onSort={(sort) => setUrl({ sort })}
          currentId={screen.currentId}
          selection={{ ids: selected, onChange: setSelected, canSelect }}
          drag={phone ? undefined : drag}
          letters={letters}
          show={focus.show}
          onIntent={preloadDetails}
          onExpand={screen.expand}
          onOpen={({ item, id, expanded }) => {
            if (item.kind === 'organization') screen.focusOn(item.id);
            else if (item.kind === 'account') screen.focusOn(item.account.id);
            else if (item.kind === 'group') screen.expand([id], expanded === false);
          }}
        >
          <AfterRows screen={screen} data={data} acts={acts} onShowAll={clearSearch} />
        </TreeGrid>
      </div>
      {selected.size > 0 ? (
        <BulkBar count={chosen.length} onClear={() => setSelected(nobody)} note={whyNotMoved}>
          <Button size="toolbar" icon={FolderInput} disabledReason={whyNotMoved} onClick={() => onMoveAccounts(chosenAccounts)}>
            {chosenAccounts.length === 0 ? 'Move accounts' : `Move ${plural(chosenAccounts.length, 'account')}`}
          </Button>
          <Button
            size="toolbar"
            icon={Copy}
            onClick={() =>
              copyText(
                chosen.map((item) => (item.kind === 'account' ? item.account.id : item.id)).join('\n'),
                plural(chosen.length, 'ID'),
              )
            }
          >
            Copy {plural(chosen.length, 'ID')}
          </Button>
        </BulkBar>
      ) : (
        (!phone || hierarchy.accounts.failed.length > 0) && (
          <TreeStatus
            hierarchy={hierarchy}
            found={tree.found}
            missing={focus.missing}
            costs={screen.costs}
            onShowFailed={screen.showFailed}
          />
        )
      )}
    </div>
  );
}

/** The tree may wait for Cloudflare, or be older than it should be. */
function TreeAge() {
  const question = hierarchyQuery();
  const { data, failureReason, isFetching } = useQuery(question);
  const askNow = useAskNow();
  return (
    <ReadBar
      failure={failureReason?.report}
      asOf={data?.result.asOf}
      onRetry={() => askNow(question.queryKey)}
      working={isFetching}
    />
  );
}

/** A key has no place beside it for a reason: it is said in a toast. */
function isPossible(reason: string | false, title: string): boolean {
  if (reason === false) return true;
  toasts.failure({ title, note: reason });
  return false;
}

interface AfterProps {
  screen: TreeScreenState;
  data: ScreenData;
  acts: Acts;
  onShowAll: () => void;
}

/** Below the last row: what is hidden, or why there is nothing. */
function AfterRows({
  screen: { tree, rows, accounts, url },
  data: { hierarchy, index, top, descendants },
  acts,
  onShowAll,
}: AfterProps) {
  const { whyNot } = useRole();
  const { found } = tree;
  if (found && found.hitCount === 0) {
    return (
      <EmptyState
        kind="filtered"
        title={accounts.readingWhole ? 'No organization matches so far' : 'Nothing matches'}
        actions={<Button onClick={onShowAll}>Show all</Button>}
      >
        {accounts.readingWhole ? 'Accounts are still being read.' : `The search hides all ${formatCount(found.searched)} rows.`}
      </EmptyState>
    );
  }
  if (found && found.hidden > 0) {
    return (
      <p className="flex items-center gap-1.5 border-b border-line-soft px-(--gutter) py-3 text-muted">
        <ListFilter className="size-3.5 text-faint" />
        {plural(found.hidden, 'row')} without a hit {found.hidden === 1 ? 'is' : 'are'} hidden.
        <TextAction size="sm" onPress={onShowAll}>
          Show all
        </TextAction>
        <span className="max-sm:hidden">
          or press <Kbd keys="Esc" />
        </span>
      </p>
    );
  }
  if (found || rows.length > 1) return null;
  if (url.view === 'accounts') {
    if (rows.length > 0 || !accounts.whole) return null;
    return <EmptyState title="No accounts">Accounts of {top.node.name} would be listed here.</EmptyState>;
  }
  if (top.children.length > 0 && descendants) return null;
  if (top.node.accounts !== 0) return null;
  const reason = reasonsFor(top, { shape: hierarchy.shape, index, whyNot }).create;
  return (
    <EmptyState
      title={descendants ? 'No sub-organizations and no accounts' : 'No accounts directly here'}
      actions={
        descendants && (
          <Button icon={Plus} disabledReason={reason} onClick={() => acts.create(top)}>
            New sub-organization
          </Button>
        )
      }
    >
      {reason === false || !descendants ? `${top.node.name} is empty.` : `${top.node.name} is empty. ${reason}.`}
    </EmptyState>
  );
}
