import { Download, Plus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { formatCount, plural } from '../../lib/format.ts';
import { useMedia, widths } from '../../lib/media.ts';
import { usePreload } from '../../lib/use-preload.ts';
import { usePageActions } from '../../lib/page-actions.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useExport } from '../../queries/exports.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Split } from '../../ui/Panel.tsx';
import { toasts } from '../../ui/toasts.ts';
import { reasonsFor, whyNotMoveAccount } from './actions.ts';
import type { Acts } from './actions.ts';
import type { Doing } from './Dialogs.tsx';
import { AccountDetails, Dialogs, OrganizationDetails, preloadDetails } from './on-intent-parts.ts';
import { ancestorsOf } from '../../tree/organization-index.ts';
import type { AccountItem } from '../../tree/tree.ts';
import { movedTo } from '../../tree/move-accounts.ts';
import { useMoveBack } from '../../tree/use-move-back.ts';
import { TreeRegion } from './TreeRegion.tsx';
import { useRenames } from './use-renames.ts';
import { useTreeScreen } from './use-tree-screen.ts';
import type { ScreenData } from './use-tree-screen.ts';

const details = { preload: preloadDetails };

/** More rows than this are not opened without asking. */
const manyRows = 2000;

/** The screen of one scope: head, tree, panel and the dialog that is open. */
export function TreeScreen(data: ScreenData) {
  const { hierarchy, index, top, descendants } = data;
  const { shape } = hierarchy;
  const { can, whyNot } = useRole();
  const phone = useMedia(widths.phone);
  const screen = useTreeScreen(data);
  const { url, setUrl, focus } = screen;
  const renames = useRenames();
  const [renaming, setRenaming] = useState<string | null>(null);
  const [bulk, setBulk] = useState<{ accounts: readonly AccountItem[]; to: string | null } | null>(null);
  const tellMoved = useMoveBack();
  const [asking, setAsking] = useState(false);
  /** While it is being deleted nothing of it is read again. */
  const [deleting, setDeleting] = useState<string | null>(null);
  const exporting = useExport();
  const circumstances = { shape, index, whyNot };
  const item = focus.item;
  usePreload(url.focus !== null, details);
  usePreload(url.act !== 'none', Dialogs);

  const go = (id: string, act: 'create' | 'move' | 'delete', to: string | null = null) => {
    focus.noteOwn(id);
    setUrl({ focus: id, act, to });
  };
  const acts: Acts = {
    rename: (organization) => {
      screen.setTyped('');
      focus.noteOwn(organization.id);
      setUrl({ focus: organization.id, q: '', view: 'tree' });
      focus.reveal(organization.id, ancestorsOf(organization), false);
      setRenaming(organization.id);
    },
    move: (one, to) => go(one.kind === 'account' ? one.account.id : one.id, 'move', to),
    create: (parent) => go(parent.id, 'create'),
    remove: (organization) => go(organization.id, 'delete'),
  };
  const close = () => {
    setBulk(null);
    setUrl({ act: 'none', to: null });
  };
  const focusAfter = (id: string) => {
    setBulk(null);
    focus.expect(id);
    setUrl({ act: 'none', to: null, focus: id });
  };

  const doing = ((): Doing | null => {
    if (bulk) return phone ? { act: 'wider', what: 'Moving accounts' } : { act: 'move-accounts', accounts: bulk.accounts };
    if (url.act === 'none' || !item) return null;
    if (item.kind === 'account') {
      if (url.act !== 'move' || whyNotMoveAccount(item, circumstances) !== false) return null;
      return phone ? { act: 'wider', what: 'Moving an account' } : { act: 'move-accounts', accounts: [item] };
    }
    const reasons = reasonsFor(item, circumstances);
    if (url.act === 'create') return reasons.create === false ? { act: 'create', parent: item } : null;
    if (url.act === 'move')
      return reasons.move !== false ? null : phone ? { act: 'wider', what: 'Moving an organization' } : { act: 'move', item };
    return reasons.remove !== false ? null : phone ? { act: 'wider', what: 'Deleting an organization' } : { act: 'delete', item };
  })();

  const focused = item?.kind === 'organization' ? item : null;
  const parent = focused ?? top;
  const whyNotCreate = reasonsFor(parent, circumstances).create;
  useShortcuts(
    [
      { keys: 'n', label: 'Next hit', run: () => screen.goToHit(1, false) },
      { keys: 'N', label: 'Previous hit', run: () => screen.goToHit(-1, false) },
      {
        keys: 'r',
        label: 'Rename the organization in focus',
        run: () => focused && reasonsFor(focused, circumstances).rename === false && acts.rename(focused),
      },
      { keys: 'm', label: 'Move what is in focus', run: () => item && acts.move(item) },
    ],
    'Organizations',
  );
  usePageActions([
    {
      id: 'new-sub-organization',
      label: 'New sub-organization',
      note: `in ${parent.node.name}`,
      icon: Plus,
      disabledReason: whyNotCreate,
      run: () => acts.create(parent),
    },
  ]);
  const { showRow } = focus;
  const stopRenaming = useCallback(
    (to: 'back' | 'elsewhere') => {
      if (to === 'back' && renaming !== null) showRow(renaming);
      setRenaming(null);
    },
    [showRow, renaming],
  );
  const rowsWhenOpen = top.below + top.accounts.within + 1;
  const expandAll = () => {
    if (rowsWhenOpen > manyRows && !asking) setAsking(true);
    else {
      setAsking(false);
      screen.expandAll();
    }
  };
  const accountsOfDialog = (organizationId: string) => {
    const reading = screen.accounts.accountsOf(organizationId);
    return reading.state === 'loading' ? [] : reading.accounts;
  };

  return (
    <>
      <PageHead
        title="Organizations"
        facts={`${plural(top.below + 1, 'organization')} on ${plural(top.height, 'level')}, ${plural(top.accounts.within, 'account')}${top.accounts.missing > 0 ? ' or more' : ''}`}
      >
        {!phone && (
          <>
            <Button
              icon={Download}
              working={exporting.isPending && 'Exporting…'}
              disabledReason={whyNot('accounts:read')}
              onClick={() =>
                exporting.mutate(
                  { kind: 'accounts', format: 'csv', organization: top.id, descendants },
                  { onError: ({ report }) => toasts.failure({ title: 'The export did not start', note: report.message }) },
                )
              }
            >
              Export accounts
            </Button>
            <Button
              kind="primary"
              icon={Plus}
              disabledReason={whyNotCreate}
              onClick={() => acts.create(parent)}
              {...Dialogs.intent}
            >
              New sub-organization
            </Button>
          </>
        )}
      </PageHead>
      <Split
        panel={
          item?.kind === 'organization' && item.id !== deleting ? (
            <OrganizationDetails.Part
              item={item}
              name={renames.names.get(item.id) ?? item.node.name}
              shape={shape}
              costs={screen.costs}
              acts={acts}
              reasons={reasonsFor(item, circumstances)}
              onFocus={screen.linkTo}
              onClose={() => screen.focusOn(null)}
            />
          ) : item?.kind === 'account' && index.byId.has(item.account.organizationId) ? (
            <AccountDetails.Part
              item={item}
              organization={index.byId.get(item.account.organizationId) ?? top}
              costs={screen.costs}
              acts={acts}
              whyNotMove={whyNotMoveAccount(item, circumstances)}
              onFocus={screen.linkTo}
              onClose={() => screen.focusOn(null)}
            />
          ) : null
        }
      >
        <TreeRegion
          {...data}
          screen={screen}
          acts={acts}
          renames={renames}
          renaming={renaming}
          onRenamed={stopRenaming}
          onMoveAccounts={(accounts, to) => setBulk({ accounts, to: to ?? null })}
          onExpandAll={expandAll}
        />
      </Split>
      {doing && (
        <Dialogs.Part
          key={`${doing.act} ${url.focus}`}
          doing={doing}
          index={index}
          top={top}
          shape={shape}
          target={index.byId.get(bulk?.to ?? url.to ?? '') ?? null}
          onClose={close}
          onCreated={focusAfter}
          onMoved={(id, { from, ...told }) => {
            focusAfter(id);
            tellMoved(told, from && (() => setUrl({ focus: id, act: 'move', to: from.id })));
          }}
          onAccountsMoved={(accounts, to, { from, ...told }) => {
            focusAfter(to.id);
            tellMoved(told, from && (() => setBulk({ accounts: movedTo(accounts, to.id), to: from.id })));
          }}
          onDeleting={(organization) => setDeleting(organization?.id ?? null)}
          onDeleted={({ parent }) => focusAfter(parent?.id ?? top.id)}
          onMoveAccountsOf={(organization) => {
            setUrl({ act: 'none' });
            setBulk({ accounts: accountsOfDialog(organization.id), to: null });
          }}
          onShowChildren={(organization) => {
            close();
            screen.expand([organization.id], true);
            focus.reveal(organization.id, ancestorsOf(organization), true);
          }}
        />
      )}
      {asking && (
        <Dialog
          title={`Show ${formatCount(rowsWhenOpen)} rows?`}
          consequence={
            can('accounts:read')
              ? 'Every organization is opened, and all accounts are read as one list.'
              : 'Every organization is opened.'
          }
          onClose={() => setAsking(false)}
          act={
            <Button kind="primary" onClick={expandAll}>
              Expand all
            </Button>
          }
        />
      )}
    </>
  );
}
