import { useQuery } from '@tanstack/react-query';
import { shareKinds, shareResourceTypes, shareStatuses, shareTargets } from '../../../contract/cloudflare/shares.ts';
import type { Share } from '../../../contract/cloudflare/shares.ts';
import { plural } from '../../lib/format.ts';
import { pathTo } from '../../lib/paths.ts';
import { usePreload } from '../../lib/use-preload.ts';
import { useScope, useTypedText, useUrlState } from '../../lib/url-state.ts';
import { choice, choices, maybeText, ordered, sort, text } from '../../lib/url-values.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { sharesQuery } from '../../queries/shares.ts';
import { ColumnChooser } from '../../ui/ColumnChooser.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FilterChip } from '../../ui/FilterChip.tsx';
import { FilterMenu } from '../../ui/FilterMenu.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Split } from '../../ui/Panel.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { ReadBar } from '../../ui/ReadBar.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Time } from '../../ui/Time.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { firstHidden } from '../../ui/columns.ts';
import { ShareDetails } from './details.ts';
import { shareColumns } from './columns.tsx';
import { resourceTypeLabel, statusLabel, targetLabel } from './words.ts';

const urlShape = {
  kind: choice(shareKinds, 'sent'),
  status: choices(shareStatuses),
  target: choices(shareTargets),
  type: choices(shareResourceTypes),
  q: text(),
  share: maybeText(),
  cols: ordered(),
  sort: sort(['name', 'account', 'created', 'recipients'], { column: 'name', direction: 'ascending' }),
};

const filters = [
  { id: 'status', label: 'Status', values: shareStatuses, word: statusLabel },
  { id: 'target', label: 'Target', values: shareTargets, word: targetLabel },
  { id: 'type', label: 'Resource type', values: shareResourceTypes, word: resourceTypeLabel },
] as const;

/** What the organization shares with others and receives from them. Read-only, as upstream is. */
export function Component() {
  const { organizationId } = useScope();
  const [url, setUrl] = useUrlState(urlShape);
  const [typed, setTyped] = useTypedText(url.q, (q) => setUrl({ q }));
  const shares = useQuery(sharesQuery(organizationId, { kind: url.kind }));
  const other = useQuery(sharesQuery(organizationId, { kind: url.kind === 'sent' ? 'received' : 'sent' }));
  const organization = useQuery(hierarchyQuery()).data?.result.nodes.find(({ id }) => id === organizationId)?.name;

  const all = shares.data?.result ?? [];
  const rows = all.filter(
    (share) =>
      among(url.status, [share.status]) &&
      among(url.target, [share.target_type]) &&
      among(
        url.type,
        (share.resources ?? []).map(({ resource_type }) => resource_type),
      ) &&
      [share.name, share.id, share.account_name ?? '', share.account_id].some((part) =>
        part.toLowerCase().includes(url.q.toLowerCase()),
      ),
  );
  const hidden = url.cols
    ? new Set(shareColumns.map(({ id }) => id).filter((id) => !url.cols?.includes(id)))
    : firstHidden(shareColumns);
  const open = all.find(({ id }) => id === url.share);
  usePreload(url.share !== null, ShareDetails);
  const filtered = url.q !== '' || filters.some(({ id }) => url[id].length > 0);
  const clear = () => setUrl({ q: '', status: [], target: [], type: [] }, { push: true });
  const tab = (kind: (typeof shareKinds)[number], count: number | undefined) => ({
    id: kind,
    label: kind === 'sent' ? 'Sent' : 'Received',
    href: pathTo('shares', organizationId, kind === 'sent' ? {} : { kind }),
    count,
  });
  const counts = {
    [url.kind]: shares.data?.result.length,
    [url.kind === 'sent' ? 'received' : 'sent']: other.data?.result.length,
  };

  return (
    <Split panel={open && <ShareDetails.Part share={open} onClose={() => setUrl({ share: null })} />}>
      <PageHead
        title="Shares"
        facts={organization && <Upstream>{organization}</Upstream>}
        tabs={
          <Tabs
            label="Direction of the shares"
            current={url.kind}
            items={[tab('sent', counts['sent']), tab('received', counts['received'])]}
          />
        }
      />
      <Toolbar
        label="Find shares"
        end={
          <>
            {shares.data && (
              <span className="tabular text-muted">
                {filtered ? `${rows.length} of ${all.length}` : plural(all.length, 'share')}
              </span>
            )}
            <ColumnChooser
              columns={shareColumns}
              hidden={hidden}
              onChange={(next) => setUrl({ cols: shareColumns.map(({ id }) => id).filter((id) => !next.has(id)) })}
            />
          </>
        }
      >
        <SearchField
          label="Find a share"
          placeholder="Name, ID or account"
          keys={['/']}
          value={typed}
          onChange={setTyped}
          size="toolbar"
        />
        {filters.map(
          ({ id, label, values, word }) =>
            url[id].length > 0 && (
              <FilterChip
                key={id}
                field={label}
                operator="is"
                value={url[id].map(word).join(', ')}
                onRemove={() => setUrl({ [id]: [] }, { push: true })}
                editor={() => (
                  <Options
                    label={label}
                    values={values}
                    word={word}
                    selected={url[id]}
                    onChange={(selected) => setUrl({ [id]: selected }, { push: true })}
                  />
                )}
              />
            ),
        )}
        <FilterMenu
          fields={filters.map(({ id, label, values, word }) => ({
            id,
            label,
            editor: () => (
              <Options
                label={label}
                values={values}
                word={word}
                selected={url[id]}
                onChange={(selected) => setUrl({ [id]: selected }, { push: true })}
              />
            ),
          }))}
        />
      </Toolbar>
      {shares.data?.info?.complete === false && (
        <Notice tone="warning">This list is not whole: {shares.data.info.incomplete_reason}.</Notice>
      )}
      {shares.data && (
        <ReadBar
          failure={shares.failureReason?.report}
          asOf={shares.data.meta.asOf}
          onRetry={() => void shares.refetch()}
          working={shares.isFetching}
        />
      )}
      {shares.error && !shares.data ? (
        <div className="flex-1">
          <ErrorState error={shares.error.report} title="The shares could not be read" onRetry={() => void shares.refetch()} />
        </div>
      ) : (
        <DataTable<Share>
          label={url.kind === 'sent' ? 'Shares sent' : 'Shares received'}
          rows={rows}
          columns={shareColumns}
          hidden={hidden}
          rowId={({ id }) => id}
          rowLabel={({ name }) => name}
          state={shares.isPending ? 'loading' : shares.isFetching ? 'refreshing' : 'ready'}
          sort={url.sort}
          onSort={(next) => setUrl({ sort: next })}
          onIntent={ShareDetails.preload}
          onOpen={({ id }) => setUrl({ share: id }, { push: true })}
          openId={url.share}
          phone={(share) => ({
            title: <Upstream>{share.name}</Upstream>,
            detail: `${targetLabel(share.target_type)}, ${plural(share.resources?.length ?? 0, 'resource')}`,
            end: statusLabel(share.status),
          })}
          empty={
            filtered && all.length > 0 ? (
              <EmptyState
                kind="filtered"
                title={`The filters hide ${plural(all.length, 'share')}`}
                actions={<TextAction onPress={clear}>Show all</TextAction>}
              />
            ) : (
              <EmptyState
                kind="nothing"
                title={url.kind === 'sent' ? 'Nothing is shared from here' : 'Nothing is shared with this organization'}
              >
                Shares are made in Cloudflare’s dashboard or with its API; they appear here as they are.
              </EmptyState>
            )
          }
        />
      )}
      <StatusBar
        end={
          shares.data?.meta.asOf && (
            <span>
              As of <Time at={shares.data.meta.asOf} show="minute" />
            </span>
          )
        }
      >
        Read-only: Cloudflare’s API for organizations lists shares and does not change them.
      </StatusBar>
    </Split>
  );
}

/** True when nothing is chosen, or one of the values is. */
function among(chosen: readonly string[], values: readonly string[]): boolean {
  return chosen.length === 0 || values.some((value) => chosen.includes(value));
}

function Options<T extends string>({
  label,
  values,
  word,
  selected,
  onChange,
}: {
  label: string;
  values: readonly T[];
  word: (value: string) => string;
  selected: readonly T[];
  onChange: (selected: T[]) => void;
}) {
  return (
    <OptionList
      label={label}
      mode="many"
      options={values.map((value) => ({ value, label: word(value) }))}
      selected={[...selected]}
      onChange={(chosen) => onChange(values.filter((value) => chosen.includes(value)))}
    />
  );
}
