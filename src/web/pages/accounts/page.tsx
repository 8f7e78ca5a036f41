import { useQuery } from '@tanstack/react-query';
import { ArrowUpRight, Copy, Download, FolderInput, UserMinus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PlacedAccount } from '../../../contract/canopy/hierarchy.ts';
import { addDays, presets } from '../../lib/date-range.ts';
import { plural } from '../../lib/format.ts';
import { indexHierarchy } from '../../lib/hierarchy-index.ts';
import { useScope, useTypedText, useUrlState } from '../../lib/url-state.ts';
import { choices, many, maybeText, ordered, sort, text, urlDay } from '../../lib/url-values.ts';
import { useExport } from '../../queries/exports.ts';
import { allAccountsQuery, hierarchyQuery, useRefreshHierarchy } from '../../queries/hierarchy.ts';
import { useRole } from '../../queries/role.ts';
import { spendMetricsQuery, spendQuery } from '../../queries/spend.ts';
import { BulkBar } from '../../ui/BulkBar.tsx';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { ColumnChooser } from '../../ui/ColumnChooser.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { DensityControl } from '../../ui/DensityControl.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FilterChip } from '../../ui/FilterChip.tsx';
import { FilterMenu } from '../../ui/FilterMenu.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { PartialBar } from '../../ui/Notice.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Split } from '../../ui/Panel.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { Time } from '../../ui/Time.tsx';
import { toasts } from '../../ui/toasts.ts';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { firstHidden } from '../../ui/columns.ts';
import { MoveAccountsDialog } from '../../tree/MoveAccountsDialog.tsx';
import { whyAccountsStay } from '../../tree/move-rules.ts';
import { indexOrganizations, topOf } from '../../tree/organization-index.ts';
import { accountItem } from '../../tree/tree.ts';
import { AccountPanel } from './AccountPanel.tsx';
import { accountColumns } from './columns.tsx';
import type { BilledByAccount } from './columns.tsx';
import { enforcementLabel, enforcementWords, filterAccounts, typeLabel } from './filter.ts';

const urlShape = {
  q: text(),
  type: many(),
  'two-factor': choices(enforcementWords),
  from: urlDay(),
  before: urlDay(),
  account: maybeText(),
  cols: ordered(),
  sort: sort(['name', 'organization', 'type', 'two-factor', 'cost', 'created', 'path'], {
    column: 'name',
    direction: 'ascending',
  }),
};

/** More groups than this are not asked for at once. */
const mostBilled = 500;

/** Every account of the subtree as one list. */
export function Component() {
  const { organizationId, descendants } = useScope();
  const { whyNot, can } = useRole();
  const [opened] = useState(Date.now);
  const [url, setUrl] = useUrlState(urlShape);
  const [typed, setTyped] = useTypedText(url.q, (q) => setUrl({ q }));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [moving, setMoving] = useState<readonly PlacedAccount[] | null>(null);
  const subtree = { organization: organizationId, descendants };
  const hierarchy = useQuery(hierarchyQuery());
  const accounts = useQuery(allAccountsQuery(subtree));
  const refresh = useRefreshHierarchy();
  const exporting = useExport();
  const billed = useBilled(subtree, opened, can('spend:read'));

  const tree = hierarchy.data && indexHierarchy(hierarchy.data.result.nodes);
  const node = tree?.byId.get(organizationId);
  const below = tree && descendants ? tree.subtreeOf(organizationId).length - 1 : 0;
  const all = accounts.data?.result.rows;
  const coverage = accounts.data?.result.coverage;
  const columns = useMemo(() => accountColumns(tree, billed), [tree, billed]);
  const hidden = url.cols ? new Set(columns.map(({ id }) => id).filter((id) => !url.cols?.includes(id))) : firstHidden(columns);
  const rows = useMemo(
    () =>
      filterAccounts(all ?? [], {
        text: url.q,
        type: url.type,
        enforcement: url['two-factor'],
        createdFrom: url.from,
        createdBefore: url.before,
      }),
    [all, url],
  );
  const open = all?.find(({ id }) => id === url.account);
  const total = all?.length ?? 0;
  const filtered = rows.length < total;
  const chosen = (all ?? []).filter(({ id }) => selected.has(id));
  const reset = () => setUrl({ q: '', type: [], 'two-factor': [], from: null, before: null }, { push: true });
  const snapshot = hierarchy.data?.result;
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

  const types = [...new Set((all ?? []).map(({ type }) => type))].sort();
  const typeEditor = () => (
    <OptionList
      label="Type"
      options={types.map((value) => ({
        value,
        label: typeLabel(value),
        count: (all ?? []).filter(({ type }) => type === value).length,
      }))}
      selected={[...url.type]}
      onChange={(type) => setUrl({ type }, { push: true })}
    />
  );
  const enforcementEditor = () => (
    <OptionList
      label="Two-factor authentication"
      options={enforcementWords.map((value) => ({ value, label: enforcementLabel[value] }))}
      selected={[...url['two-factor']]}
      onChange={(words) => setUrl({ 'two-factor': enforcementWords.filter((word) => words.includes(word)) }, { push: true })}
    />
  );
  const createdEditor = (close: () => void) => {
    const today = new Date(opened).toISOString().slice(0, 10);
    return (
      <OptionList
        label="Created"
        mode="one"
        options={presets(today).map(({ id, label }) => ({ value: id, label }))}
        selected={[]}
        onChange={([id]) => {
          const range = presets(today).find((preset) => preset.id === id)?.range;
          if (range) setUrl({ from: range.from, before: range.before }, { push: true });
          close();
        }}
      />
    );
  };

  return (
    <Split
      panel={
        open &&
        tree && (
          <AccountPanel
            account={open}
            tree={tree}
            billed={billed}
            now={opened}
            whyNotMove={whyNotMove([open])}
            onMove={() => setMoving([open])}
            onClose={() => setUrl({ account: null })}
          />
        )
      }
    >
      <PageHead
        title="Accounts"
        facts={node && <Upstream>{`${node.name}${below > 0 ? ` and ${plural(below, 'sub-organization')}` : ''}`}</Upstream>}
      >
        <Button
          icon={Download}
          working={exporting.isPending && 'Exporting…'}
          disabledReason={total === 0 && 'There is nothing to export.'}
          onClick={() =>
            exporting.mutate(
              { kind: 'accounts', format: 'csv', organization: organizationId, descendants },
              { onError: ({ report }) => toasts.failure({ title: 'The export did not start', note: report.message }) },
            )
          }
        >
          Export {plural(total, 'row')}
        </Button>
        <ButtonLink trailingIcon={ArrowUpRight} href="https://dash.cloudflare.com/" target="_blank" rel="noopener noreferrer">
          Create in Cloudflare
        </ButtonLink>
      </PageHead>
      <Toolbar
        label="Find accounts"
        end={
          <>
            <span className="tabular text-muted" role="status">
              {filtered ? `${rows.length} of ${total}, ${total - rows.length} hidden by filters` : plural(total, 'account')}
            </span>
            <DensityControl />
            <ColumnChooser
              columns={columns}
              hidden={hidden}
              onChange={(next) => setUrl({ cols: columns.map(({ id }) => id).filter((id) => !next.has(id)) })}
            />
          </>
        }
      >
        <SearchField
          label="Find an account"
          placeholder="Name or ID"
          keys={['/']}
          value={typed}
          onChange={setTyped}
          size="toolbar"
        />
        {url.type.length > 0 && (
          <FilterChip
            field="Type"
            operator="is"
            value={url.type.map(typeLabel).join(', ')}
            onRemove={() => setUrl({ type: [] }, { push: true })}
            editor={typeEditor}
          />
        )}
        {url['two-factor'].length > 0 && (
          <FilterChip
            field="2FA"
            operator="is"
            value={url['two-factor'].map((word) => enforcementLabel[word]).join(', ')}
            onRemove={() => setUrl({ 'two-factor': [] }, { push: true })}
            editor={enforcementEditor}
          />
        )}
        {(url.from ?? url.before) && (
          <FilterChip
            field="Created"
            operator="in"
            value={`${url.from ?? 'the beginning'} to before ${url.before ?? 'now'}`}
            onRemove={() => setUrl({ from: null, before: null }, { push: true })}
            editor={(_, close) => createdEditor(close)}
          />
        )}
        <FilterMenu
          fields={[
            { id: 'type', label: 'Type', editor: typeEditor },
            { id: 'two-factor', label: 'Two-factor authentication', editor: enforcementEditor },
            { id: 'created', label: 'Created', editor: createdEditor },
          ]}
        />
        {filtered && (
          <Button kind="quiet" size="toolbar" onClick={reset}>
            Reset
          </Button>
        )}
      </Toolbar>
      {coverage && coverage.failed.length > 0 && (
        <PartialBar
          answered={coverage.answered}
          total={coverage.total}
          what="organizations"
          missing={coverage.failed
            .map(({ organizationId: id, error }) => `${tree?.byId.get(id)?.name ?? id}: ${error.message}`)
            .join(' ')}
          onRetry={() => refresh.mutate(coverage.failed.map(({ organizationId: id }) => id))}
        />
      )}
      {accounts.error && !all ? (
        <ErrorState
          error={accounts.error.report}
          title="The accounts could not be read"
          onRetry={() => void accounts.refetch()}
        />
      ) : (
        <DataTable<PlacedAccount>
          label="Accounts"
          rows={rows}
          columns={columns}
          hidden={hidden}
          rowId={({ id }) => id}
          rowLabel={({ name, id }) => name ?? id}
          state={
            accounts.isPending || (total === 0 && (coverage?.pending ?? 0) > 0)
              ? 'loading'
              : accounts.isPlaceholderData
                ? 'refreshing'
                : 'ready'
          }
          sort={url.sort}
          onSort={(next) => setUrl({ sort: next })}
          selection={{ ids: selected, onChange: setSelected }}
          onOpen={({ id }) => setUrl({ account: id }, { push: true })}
          openId={url.account}
          phone={(account) => ({
            title: <Upstream>{account.name ?? account.id}</Upstream>,
            detail: <Upstream>{tree?.byId.get(account.organizationId)?.name ?? ''}</Upstream>,
            end: typeLabel(account.type),
          })}
          empty={
            total > 0 ? (
              <EmptyState
                kind="filtered"
                title={`The filters hide ${plural(total, 'account')}`}
                actions={<TextAction onPress={reset}>Show all accounts</TextAction>}
              />
            ) : (
              <EmptyState kind="nothing" title="No account is here">
                Accounts are created in Cloudflare’s dashboard, or moved here from another organization of the same distributor.
              </EmptyState>
            )
          }
        />
      )}
      {selected.size > 0 ? (
        <BulkBar
          count={selected.size}
          matching={rows.length}
          onSelectAll={() => setSelected(new Set(rows.map(({ id }) => id)))}
          onClear={() => setSelected(new Set())}
          note="Only Cloudflare Support can remove an account from an organization."
        >
          <Button size="toolbar" icon={FolderInput} disabledReason={whyNotMove(chosen)} onClick={() => setMoving(chosen)}>
            Move {plural(chosen.length, 'account')}
          </Button>
          <Button
            size="toolbar"
            icon={Copy}
            onClick={() =>
              void navigator.clipboard
                .writeText(chosen.map(({ id }) => id).join('\n'))
                .then(() => toasts.success({ title: `${plural(chosen.length, 'ID')} copied` }))
            }
          >
            Copy IDs
          </Button>
          <Button size="toolbar" icon={UserMinus} disabledReason="Only Cloudflare Support can do this.">
            Remove from organization
          </Button>
        </BulkBar>
      ) : (
        <StatusBar
          end={
            coverage?.asOf && (
              <span>
                As of <Time at={coverage.asOf} show="minute" />
              </span>
            )
          }
        >
          {coverage && coverage.pending > 0
            ? `${coverage.answered} of ${coverage.total} organizations read`
            : 'Accounts are read organization by organization and shown as one list.'}
        </StatusBar>
      )}
      {moving && organizations && here && snapshot && (
        <MoveAccountsDialog
          accounts={moving.map(accountItem)}
          index={organizations}
          top={topOf(here)}
          shape={snapshot.shape}
          firstTarget={null}
          onClose={() => setMoving(null)}
          onMoved={() => {
            setMoving(null);
            setSelected(new Set());
          }}
        />
      )}
    </Split>
  );
}

/** Billed cost of 30 complete days for each account, in the first currency that upstream sends. */
function useBilled(
  subtree: { organization: string; descendants: boolean },
  now: number,
  allowed: boolean,
): BilledByAccount | null {
  const currency = useQuery({ ...spendMetricsQuery(subtree), enabled: allowed }).data?.result.currencies[0];
  const today = new Date(now).toISOString().slice(0, 10);
  const answer = useQuery({
    ...spendQuery({
      ...subtree,
      measure: { kind: 'cost', column: 'BilledCost', currency: currency ?? 'USD' },
      from: addDays(today, -30),
      to: today,
      granularity: 'day',
      groupBy: 'account',
      filters: [],
      top: mostBilled,
      comparePrevious: false,
    }),
    enabled: allowed && currency !== undefined,
  }).data?.result;
  return useMemo(
    () =>
      answer && currency !== undefined
        ? {
            currency,
            groups: new Map(answer.groups.flatMap((group) => (group.key === null ? [] : [[group.key, group] as const]))),
          }
        : null,
    [answer, currency],
  );
}
