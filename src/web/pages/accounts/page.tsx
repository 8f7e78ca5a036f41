import { useQuery } from '@tanstack/react-query';
import { ArrowUpRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { filterAccounts } from '../../../contract/canopy/account-filter.ts';
import type { PlacedAccount } from '../../../contract/canopy/hierarchy.ts';
import { plural } from '../../lib/format.ts';
import { indexHierarchy } from '../../lib/hierarchy-index.ts';
import { usePreload } from '../../lib/use-preload.ts';
import { useScope, useUrlState } from '../../lib/url-state.ts';
import { useExport } from '../../queries/exports.ts';
import { allAccountsQuery, hierarchyQuery } from '../../queries/hierarchy.ts';
import { useRole } from '../../queries/role.ts';
import { CoverageBar, CoverageStatus } from '../../tree/CoverageBar.tsx';
import { MoveAccounts, movedTo } from '../../tree/move-accounts.ts';
import { whyAccountsStay } from '../../tree/move-rules.ts';
import { indexOrganizations, topOf } from '../../tree/organization-index.ts';
import { accountItem } from '../../tree/tree.ts';
import type { AccountItem } from '../../tree/tree.ts';
import { useMoveBack } from '../../tree/use-move-back.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ExportRows } from '../../ui/ExportRows.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Split } from '../../ui/Panel.tsx';
import { toasts } from '../../ui/toasts.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import { firstHidden } from '../../ui/columns.ts';
import { BulkBarOfAccounts } from './bulk-bar.ts';
import { AccountsTable } from './AccountsTable.tsx';
import { AccountsToolbar } from './AccountsToolbar.tsx';
import { accountColumns } from './columns.tsx';
import { AccountDetails } from './details.ts';
import { screenUrl } from './screen-url.ts';
import { TagAccounts } from './tag-accounts.ts';
import { useCosts } from './use-costs.ts';
import { useTags } from './use-tags.ts';

const nobody: readonly PlacedAccount[] = [];

/** Every account of the subtree as one list. */
export function Component() {
  const { organizationId, descendants } = useScope();
  const { whyNot, can } = useRole();
  const [opened] = useState(Date.now);
  const [url, setUrl] = useUrlState(screenUrl);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [moving, setMoving] = useState<{ accounts: readonly AccountItem[]; to: string | null } | null>(null);
  const tellMoved = useMoveBack();
  const subtree = { organization: organizationId, descendants };
  const hierarchy = useQuery(hierarchyQuery());
  const question = allAccountsQuery(subtree);
  const accounts = useQuery(question);
  const exporting = useExport();
  const [tagging, setTagging] = useState<readonly PlacedAccount[] | null>(null);
  const tags = useTags(subtree);
  const costs = useCosts(subtree, opened, can('spend:read'));
  usePreload(url.account !== null, AccountDetails);

  const snapshot = hierarchy.data?.result;
  const tree = snapshot && indexHierarchy(snapshot.nodes);
  const node = tree?.byId.get(organizationId);
  const nameOf = (id: string) => tree?.byId.get(id)?.name ?? id;
  const below = tree && descendants ? tree.subtreeOf(organizationId).length - 1 : 0;
  const all = accounts.data?.result.rows ?? nobody;
  const coverage = accounts.data?.result.coverage;
  const columns = useMemo(() => accountColumns(tree, costs, tags), [tree, costs, tags]);
  const hidden = url.cols ? new Set(columns.map(({ id }) => id).filter((id) => !url.cols?.includes(id))) : firstHidden(columns);
  const filter = useMemo(
    () => ({
      text: url.q,
      type: [...url.type],
      enforcement: [...url['two-factor']],
      createdFrom: url.from,
      createdBefore: url.before,
    }),
    [url],
  );
  const rows = useMemo(() => filterAccounts(all, filter, tags), [all, filter, tags]);
  const open = all.find(({ id }) => id === url.account);
  const chosen = all.filter(({ id }) => selected.has(id));
  const organizations = useMemo(() => snapshot && indexOrganizations(snapshot.nodes), [snapshot]);
  const here = organizations?.byId.get(organizationId);
  /** The role first, then the first of the accounts' organizations that holds them. */
  const whyNotMove = (moved: readonly PlacedAccount[]): string | false => {
    const refused = whyNot('accounts:write');
    if (refused || !snapshot || !organizations) return refused;
    const reasons = moved.flatMap((account) => {
      const source = organizations.byId.get(account.organizationId);
      return (source && whyAccountsStay(source, snapshot.shape)) ?? [];
    });
    return reasons[0] ?? false;
  };
  const isFirst = accounts.isPending || (all.length === 0 && (coverage?.pending ?? 0) > 0);

  return (
    <>
      <PageHead
        title="Accounts"
        facts={node && <Upstream>{`${node.name}${below > 0 ? ` and ${plural(below, 'sub-organization')}` : ''}`}</Upstream>}
      >
        <ExportRows
          all={accounts.data ? plural(all.length, 'row') : 'rows'}
          filtered={rows.length < all.length ? plural(rows.length, 'row') : null}
          working={exporting.isPending}
          whyNone={accounts.data ? all.length === 0 && 'There is nothing to export.' : 'The accounts are still being read.'}
          whyNoneFiltered={rows.length === 0 && 'No account is left by the filters.'}
          onExport={(which) =>
            exporting.mutate(
              { kind: 'accounts', format: 'csv', ...subtree, ...(which === 'filtered' ? { filter } : {}) },
              { onError: ({ report }) => toasts.failure({ title: 'The export did not start', note: report.message }) },
            )
          }
        />
        <ButtonLink trailingIcon={ArrowUpRight} href="https://dash.cloudflare.com/" target="_blank" rel="noopener noreferrer">
          Create in Cloudflare
        </ButtonLink>
      </PageHead>
      <Split
        panel={
          open &&
          tree && (
            <AccountDetails.Part
              account={open}
              tree={tree}
              costs={costs}
              now={opened}
              whyNotMove={whyNotMove([open])}
              onMove={() => setMoving({ accounts: [accountItem(open)], to: null })}
              tags={tags.get(open.id) ?? []}
              onTag={() => setTagging([open])}
              onClose={() => setUrl({ account: null })}
            />
          )
        }
      >
        <AccountsToolbar
          url={url}
          setUrl={setUrl}
          all={accounts.data ? all : null}
          shown={rows.length}
          columns={columns}
          hidden={hidden}
          now={opened}
        />
        {accounts.error && !accounts.data ? (
          <ErrorState
            error={accounts.error.report}
            title="The accounts could not be read"
            onRetry={() => void accounts.refetch()}
          />
        ) : (
          <>
            <CoverageBar list={accounts} queryKey={question.queryKey} nameOf={nameOf} />
            <AccountsTable
              url={url}
              setUrl={setUrl}
              rows={rows}
              total={all.length}
              columns={columns}
              hidden={hidden}
              state={isFirst ? 'loading' : accounts.isPlaceholderData ? 'refreshing' : 'ready'}
              selected={selected}
              onSelect={setSelected}
              nameOf={nameOf}
            />
          </>
        )}
        {selected.size > 0 ? (
          <BulkBarOfAccounts.Part
            columns={columns}
            chosen={chosen}
            matching={rows.length}
            whyNotMove={whyNotMove(chosen)}
            onMove={() => setMoving({ accounts: chosen.map(accountItem), to: null })}
            whyNotTag={whyNot('accounts:write')}
            onTag={() => setTagging(chosen)}
            onSelectAll={() => setSelected(new Set(rows.map(({ id }) => id)))}
            onClear={() => setSelected(new Set())}
          />
        ) : (
          <CoverageStatus
            coverage={coverage}
            whole={
              url.account !== null && !open && accounts.data
                ? 'The account of this link is not here: moved, deleted, or out of sight.'
                : costs?.whyNone
                  ? `Cost: ${costs.whyNone}.`
                  : 'Accounts are read organization by organization and shown as one list.'
            }
          />
        )}
        {tagging && <TagAccounts.Part accounts={tagging} subtree={subtree} onClose={() => setTagging(null)} />}
        {moving && organizations && here && snapshot && (
          <MoveAccounts.Part
            key={moving.to}
            accounts={moving.accounts}
            index={organizations}
            top={topOf(here)}
            shape={snapshot.shape}
            firstTarget={organizations.byId.get(moving.to ?? '') ?? null}
            onClose={() => setMoving(null)}
            onMoved={(to, { from, ...told }) => {
              setMoving(null);
              setSelected(new Set());
              tellMoved(told, from && (() => setMoving({ accounts: movedTo(moving.accounts, to.id), to: from.id })));
            }}
          />
        )}
      </Split>
    </>
  );
}
