import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { accessKinds } from '../../../contract/canopy/access.ts';
import type { AccessEntry } from '../../../contract/canopy/access.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { usePreload } from '../../lib/use-preload.ts';
import { useScope, useTypedText, useUrlState } from '../../lib/url-state.ts';
import { choices, flag, maybeText, text } from '../../lib/url-values.ts';
import { accessQuery } from '../../queries/access.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import type { Column } from '../../ui/columns.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FilterChip } from '../../ui/FilterChip.tsx';
import { FilterMenu } from '../../ui/FilterMenu.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Split } from '../../ui/Panel.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { Time } from '../../ui/Time.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { AccessDetails } from './access-details.ts';
import { aboutWords, kindWords, whoWords } from './access-words.ts';
import { AccessMark } from './AccessMark.tsx';
import { AuditTabs } from './AuditTabs.tsx';
import { ExportReceipts } from './ExportReceipts.tsx';
import { LedgerSwitch } from './LedgerSwitch.tsx';
import { MoreEvents } from './MoreEvents.tsx';

const urlShape = { kind: choices(accessKinds), who: text(), here: flag(false), entry: maybeText() };

const columnsWith = (nameOf: (organizationId: string) => string): Column<AccessEntry>[] => [
  { id: 'sequence', header: 'Entry', width: 84, align: 'end', shown: 'always', cell: ({ sequence }) => sequence },
  { id: 'at', header: 'Time', width: 190, cell: ({ lastAt }) => <Time at={lastAt} /> },
  { id: 'kind', header: 'What happened', width: 134, cell: ({ kind }) => <AccessMark kind={kind} /> },
  {
    id: 'actor',
    header: 'Who',
    width: 150,
    grow: 1,
    cell: (entry) =>
      entry.actor ? (
        <span className="font-medium">
          <Upstream>{entry.actor.name}</Upstream>
        </span>
      ) : (
        <span className="text-muted">{whoWords(entry)}</span>
      ),
  },
  { id: 'about', header: 'About', width: 240, grow: 2, cell: (entry) => aboutWords(entry) },
  {
    id: 'organization',
    header: 'Organization',
    width: 160,
    grow: 1,
    leaves: 2,
    cell: ({ organizationId }) =>
      organizationId === null ? <span className="text-faint">None</span> : <Upstream>{nameOf(organizationId)}</Upstream>,
  },
  { id: 'times', header: 'Times', width: 72, align: 'end', leaves: 1, cell: ({ times }) => formatCount(times) },
];

/** Who came, who was refused what, who read records and who took files: the ledger beside the changes. */
export function AccessList() {
  const { organizationId } = useScope();
  const [url, setUrl] = useUrlState(urlShape);
  const [typed, setTyped] = useTypedText(url.who, (who) => setUrl({ who }), 300);
  usePreload(url.entry !== null, AccessDetails);
  const nodes = useQuery(hierarchyQuery()).data?.result.nodes;
  const nameOf = (id: string) => nodes?.find((node) => node.id === id)?.name ?? id;
  const access = useInfiniteQuery(
    accessQuery({
      ...(url.kind.length > 0 ? { kind: url.kind } : {}),
      ...(url.who === '' ? {} : { actor: url.who }),
      ...(url.here ? { organization: organizationId } : {}),
    }),
  );
  const rows = access.data?.pages.flatMap(({ result }) => result.rows) ?? [];
  const total = access.data?.pages[0]?.result.total ?? 0;
  const open = rows.find(({ id }) => id === url.entry);
  const filtered = url.kind.length > 0 || url.here || url.who !== '';
  const clear = () => setUrl({ kind: [], here: false, who: '' }, { push: true });
  const kindEditor = () => (
    <OptionList
      label="What happened"
      mode="many"
      options={accessKinds.map((value) => ({ value, label: kindWords[value] }))}
      selected={[...url.kind]}
      onChange={(chosen) => setUrl({ kind: accessKinds.filter((kind) => chosen.includes(kind)) }, { push: true })}
    />
  );
  return (
    <Split
      panel={
        open && (
          <AccessDetails.Part
            entry={open}
            organization={open.organizationId && nameOf(open.organizationId)}
            onClose={() => setUrl({ entry: null })}
          />
        )
      }
    >
      <PageHead title="Audit" tabs={<AuditTabs organizationId={organizationId} current="receipts" />}>
        <ExportReceipts />
      </PageHead>
      <Toolbar label="Filter accesses" end={<span className="tabular text-muted">{plural(total, 'entry', 'entries')}</span>}>
        <LedgerSwitch />
        <SearchField label="Find a person" placeholder="Name or e-mail" value={typed} onChange={setTyped} size="toolbar" />
        {url.kind.length > 0 && (
          <FilterChip
            field="What happened"
            operator="is"
            value={url.kind.map((kind) => kindWords[kind]).join(', ')}
            onRemove={() => setUrl({ kind: [] }, { push: true })}
            editor={kindEditor}
          />
        )}
        {url.here && (
          <FilterChip
            field="Organization"
            operator="is"
            value="this one"
            onRemove={() => setUrl({ here: false }, { push: true })}
          />
        )}
        <FilterMenu
          fields={[
            { id: 'kind', label: 'What happened', editor: kindEditor },
            {
              id: 'here',
              label: 'This organization only',
              editor: (close) => (
                <OptionList
                  label="This organization only"
                  mode="one"
                  options={[{ value: 'true', label: 'Only what names this organization or one below it' }]}
                  selected={url.here ? ['true'] : []}
                  onChange={() => {
                    setUrl({ here: true }, { push: true });
                    close();
                  }}
                />
              ),
            },
          ]}
        />
      </Toolbar>
      {access.error && rows.length === 0 ? (
        <ErrorState error={access.error.report} title="The accesses could not be read" onRetry={() => void access.refetch()} />
      ) : (
        <DataTable<AccessEntry>
          label="Accesses"
          rows={rows}
          columns={columnsWith(nameOf)}
          ordering="upstream"
          rowId={({ id }) => id}
          rowLabel={(entry) => `${kindWords[entry.kind]}, ${whoWords(entry)}, ${aboutWords(entry)}`}
          state={access.isPending ? 'loading' : 'ready'}
          onOpen={({ id }) => setUrl({ entry: id }, { push: true })}
          onIntent={AccessDetails.preload}
          openId={url.entry}
          phone={(entry) => ({
            title: aboutWords(entry),
            detail: whoWords(entry),
            end: entry.times > 1 ? `${kindWords[entry.kind]} ×${formatCount(entry.times)}` : kindWords[entry.kind],
          })}
          empty={
            filtered ? (
              <EmptyState
                kind="filtered"
                title="No entry matches"
                actions={<TextAction onPress={clear}>Show all entries</TextAction>}
              />
            ) : (
              <EmptyState kind="nothing" title="Nobody has come or been refused yet">
                Each sign-in, each refusal, each reading of the audit log and each file that somebody takes leaves an entry here.
              </EmptyState>
            )
          }
        >
          {access.hasNextPage && (
            <MoreEvents key={rows.length} loading={access.isFetchingNextPage} onMore={() => void access.fetchNextPage()} />
          )}
        </DataTable>
      )}
      <StatusBar>Reading lists leaves no entry. What repeats within minutes is counted in one.</StatusBar>
    </Split>
  );
}
