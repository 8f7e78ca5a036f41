import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { receiptOutcomes } from '../../../contract/canopy/receipts.ts';
import type { Receipt } from '../../../contract/canopy/receipts.ts';
import { plural } from '../../lib/format.ts';
import { usePreload } from '../../lib/use-preload.ts';
import { useScope, useUrlState } from '../../lib/url-state.ts';
import { choices, flag, maybeText } from '../../lib/url-values.ts';
import { receiptQuery, receiptsQuery } from '../../queries/receipts.ts';
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
import { StatusBar } from '../../ui/StatusBar.tsx';
import { ReceiptOutcomeMark } from '../../ui/ReceiptOutcome.tsx';
import { Time } from '../../ui/Time.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { ReceiptDetails } from './receipt-details.ts';
import { AccessList } from './AccessList.tsx';
import { AuditTabs } from './AuditTabs.tsx';
import { ExportReceipts } from './ExportReceipts.tsx';
import { LedgerSwitch, useLedgerSide } from './LedgerSwitch.tsx';
import { MoreEvents } from './MoreEvents.tsx';

const urlShape = { outcome: choices(receiptOutcomes), here: flag(false), receipt: maybeText() };
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const columns: Column<Receipt>[] = [
  { id: 'sequence', header: 'Receipt', width: 84, align: 'end', shown: 'always', cell: ({ sequence }) => sequence },
  { id: 'at', header: 'Time', width: 190, cell: ({ at }) => <Time at={at} /> },
  { id: 'outcome', header: 'Outcome', width: 104, cell: ({ outcome }) => <ReceiptOutcomeMark outcome={outcome} /> },
  { id: 'actor', header: 'Who', width: 150, grow: 1, cell: ({ actor }) => <span className="font-medium">{actor.name}</span> },
  { id: 'summary', header: 'What', width: 280, grow: 2, cell: ({ summary }) => <Upstream>{summary}</Upstream> },
  {
    id: 'ray',
    header: 'Ray ID',
    width: 150,
    leaves: 1,
    cell: ({ rayId }) => (rayId ? <span className="mono">{rayId}</span> : <span className="text-faint">None</span>),
  },
];

/** The ledger: changes on one side, accesses on the other. */
export function Component() {
  return useLedgerSide() === 'access' ? <AccessList /> : <Changes />;
}

/** Canopy's proof of every write: who asked, what was sent, what came of it. */
function Changes() {
  const { organizationId } = useScope();
  const [url, setUrl] = useUrlState(urlShape);
  usePreload(url.receipt !== null, ReceiptDetails);
  const receipts = useInfiniteQuery(
    receiptsQuery({
      ...(url.outcome.length > 0 ? { outcome: url.outcome } : {}),
      ...(url.here ? { organization: organizationId } : {}),
    }),
  );
  const rows = receipts.data?.pages.flatMap(({ result }) => result.rows) ?? [];
  const total = receipts.data?.pages[0]?.result.total ?? 0;
  const listed = rows.find(({ id }) => id === url.receipt);
  // a link may name a receipt that is older than what is loaded, or that the filters hide
  const linked = useQuery({
    ...receiptQuery(url.receipt ?? ''),
    enabled: url.receipt !== null && receipts.isSuccess && !listed,
  });
  const open = listed ?? (url.receipt === null ? undefined : linked.data?.result);
  const editor = () => (
    <OptionList
      label="Outcome"
      mode="many"
      options={receiptOutcomes.map((value) => ({ value, label: capital(value) }))}
      selected={[...url.outcome]}
      onChange={(chosen) => setUrl({ outcome: receiptOutcomes.filter((value) => chosen.includes(value)) }, { push: true })}
    />
  );
  return (
    <Split
      panel={
        open && <ReceiptDetails.Part receipt={open} organizationId={organizationId} onClose={() => setUrl({ receipt: null })} />
      }
    >
      <PageHead title="Audit" tabs={<AuditTabs organizationId={organizationId} current="receipts" />}>
        <ExportReceipts />
      </PageHead>
      <Toolbar label="Filter receipts" end={<span className="tabular text-muted">{plural(total, 'receipt')}</span>}>
        <LedgerSwitch />
        {url.outcome.length > 0 && (
          <FilterChip
            field="Outcome"
            operator="is"
            value={url.outcome.map(capital).join(', ')}
            onRemove={() => setUrl({ outcome: [] }, { push: true })}
            editor={editor}
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
            { id: 'outcome', label: 'Outcome', editor },
            {
              id: 'here',
              label: 'This organization only',
              editor: (close) => (
                <OptionList
                  label="This organization only"
                  mode="one"
                  options={[{ value: 'true', label: 'Only writes to this organization' }]}
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
      {receipts.error && rows.length === 0 ? (
        <ErrorState
          error={receipts.error.report}
          title="The receipts could not be read"
          onRetry={() => void receipts.refetch()}
        />
      ) : (
        <DataTable<Receipt>
          label="Receipts"
          rows={rows}
          columns={columns}
          ordering="upstream"
          rowId={({ id }) => id}
          rowLabel={({ summary }) => summary}
          state={receipts.isPending ? 'loading' : 'ready'}
          onOpen={({ id }) => setUrl({ receipt: id }, { push: true })}
          onIntent={ReceiptDetails.preload}
          openId={url.receipt}
          phone={({ summary, actor, outcome }) => ({ title: summary, detail: actor.name, end: capital(outcome) })}
          empty={
            url.outcome.length > 0 || url.here ? (
              <EmptyState
                kind="filtered"
                title="No receipt matches"
                actions={
                  <TextAction onPress={() => setUrl({ outcome: [], here: false }, { push: true })}>Show all receipts</TextAction>
                }
              />
            ) : (
              <EmptyState kind="nothing" title="No write has been made with Canopy yet">
                Each change leaves a receipt here before it is sent: who asked, what was sent, and what came of it.
              </EmptyState>
            )
          }
        >
          {receipts.hasNextPage && (
            <MoreEvents key={rows.length} loading={receipts.isFetchingNextPage} onMore={() => void receipts.fetchNextPage()} />
          )}
        </DataTable>
      )}
      <StatusBar>
        {url.receipt !== null && !open && linked.error
          ? 'The receipt of this link is not here, or you may not see it.'
          : 'Cloudflare’s own log sees only the shared credential; receipts say which person stood behind it.'}
      </StatusBar>
    </Split>
  );
}
