import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ArrowUp, Download, RotateCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import { dayHeading } from '../../lib/format-time.ts';
import { plural } from '../../lib/format.ts';
import { usePreload } from '../../lib/use-preload.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useScope, useUrlState } from '../../lib/url-state.ts';
import { choice, maybeText, ordered } from '../../lib/url-values.ts';
import { auditEventsQuery, newestAuditEventsQuery, nextCursor } from '../../queries/audit.ts';
import type { AuditQuestion } from '../../queries/audit.ts';
import { useAskNow } from '../../queries/ask-now.ts';
import { useExport } from '../../queries/exports.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { Button } from '../../ui/Button.tsx';
import { ColumnChooser } from '../../ui/ColumnChooser.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorLine, ErrorState } from '../../ui/ErrorState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ReadBar } from '../../ui/ReadBar.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Split } from '../../ui/Panel.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { toasts } from '../../ui/toasts.ts';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { firstHidden } from '../../ui/columns.ts';
import { AuditTabs } from './AuditTabs.tsx';
import { EventDetails } from './details.ts';
import { eventTabs } from './event-tabs.ts';
import { Histogram } from './Histogram.tsx';
import { MoreEvents } from './MoreEvents.tsx';
import { QueryBar } from './QueryBar.tsx';
import { RangePicker } from './RangePicker.tsx';
import { auditColumns } from './columns.tsx';
import { sentenceOf, textOf } from '../../lib/event-words.ts';
import { fromSearch, toSearch, withTerm } from './query-language.ts';
import type { Term } from './query-language.ts';
import { histogram, keptSince, presetIds, rangeOf, retentionDays } from './range.ts';

const urlShape = {
  range: choice(presetIds, '7d'),
  since: maybeText(),
  before: maybeText(),
  event: maybeText(),
  tab: choice(eventTabs, 'details'),
  cols: ordered(),
};

/** The audit log of one organization: any range, every filter, newest first. */
export function Component() {
  const { organizationId } = useScope();
  const { timeZone } = usePreferences();
  const [url, setUrl] = useUrlState(urlShape);
  const [terms, setTerms] = useTerms();
  const [now, setNow] = useState(Date.now);
  const exporting = useExport();
  usePreload(url.event !== null, EventDetails);
  const range = rangeOf(url, now);
  const question = questionOf(terms, range);
  const asked = auditEventsQuery(organizationId, question);
  const events = useInfiniteQuery(asked);
  const askNow = useAskNow();
  const organization = useQuery(hierarchyQuery()).data?.result.nodes.find(({ id }) => id === organizationId)?.name;
  // events since the list was asked for; they wait behind a button, so that rows do not jump
  const newer = useQuery({
    ...newestAuditEventsQuery(organizationId, { ...question, since: range.before, before: farAway }, 100),
    enabled: range.preset !== null && events.isSuccess,
    refetchInterval: 60_000,
  });

  const loaded = useMemo(() => unique(events.data?.pages.flatMap(({ result }) => result) ?? []), [events.data]);
  const words =
    terms
      .find((term) => term.kind === 'text')
      ?.text.toLowerCase()
      .split(/\s+/) ?? [];
  const rows = words.length === 0 ? loaded : loaded.filter((event) => words.every((word) => textOf(event).includes(word)));
  const isFirstFailure = events.isError && loaded.length === 0;
  // what fails or waits at an end of the list is said there
  const isPaging =
    events.isFetchingNextPage || events.isFetchNextPageError || events.isFetchingPreviousPage || events.isFetchPreviousPageError;
  const complete = events.isSuccess && !events.hasNextPage && !events.hasPreviousPage;
  const oldest =
    !events.hasNextPage && events.isSuccess ? Date.parse(range.since) : Date.parse(loaded.at(-1)?.action?.time ?? range.before);
  const { since, before } = range;
  const slots = useMemo(() => {
    const marks = loaded.map(({ action }) => ({ time: action?.time ?? '', failed: action?.result === 'failure' }));
    return histogram({ since, before }, marks, oldest);
  }, [since, before, loaded, oldest]);
  const openIndex = rows.findIndex(({ id }) => id === url.event);
  // a link may name an event that is not among the loaded pages, or not in this range
  const linked = useQuery({
    ...newestAuditEventsQuery(organizationId, { id: [url.event ?? ''], since: keptSince(now), before: farAway }, 1),
    enabled: url.event !== null && events.isSuccess && openIndex === -1,
  });
  const open = rows[openIndex] ?? (url.event === null ? undefined : linked.data?.result[0]);
  const hidden = url.cols
    ? new Set(auditColumns.map(({ id }) => id).filter((id) => !url.cols?.includes(id)))
    : firstHidden(auditColumns);
  const countByDay = useMemo(() => countDays(rows), [rows]);
  const refresh = () => {
    setNow(Date.now());
    void events.refetch();
  };
  const step = (by: 1 | -1) => {
    const next = rows[openIndex + by];
    if (next) setUrl({ event: next.id });
  };
  useShortcuts([{ keys: 'r', label: 'Ask again, up to now', run: refresh }], 'Audit');

  const download = (format: 'csv' | 'ndjson') => {
    const query = toSearch(terms.filter((term) => term.kind === 'filter'));
    query.set('since', range.since);
    query.set('before', range.before);
    exporting.mutate(
      { kind: 'audit', format, organization: organizationId, query: query.toString() },
      { onError: ({ report }) => toasts.failure({ title: 'The export did not start', note: report.message }) },
    );
  };

  return (
    <Split
      panel={
        open && (
          <EventDetails.Part
            event={open}
            organizationId={organizationId}
            tab={url.tab}
            onTab={(tab) => setUrl({ tab })}
            onTerm={(term) => setTerms(withTerm(terms, term))}
            onStep={step}
            onClose={() => setUrl({ event: null, tab: 'details' })}
          />
        )
      }
    >
      <PageHead
        title="Audit"
        facts={organization && <Upstream>{organization}</Upstream>}
        tabs={<AuditTabs organizationId={organizationId} current="events" />}
      >
        <Menu
          label="Export"
          align="end"
          entries={[
            { id: 'csv', label: 'CSV', note: 'For a spreadsheet; formulas are made harmless', onSelect: () => download('csv') },
            {
              id: 'ndjson',
              label: 'NDJSON',
              note: 'Every field as sent, with a last line that says it is whole',
              onSelect: () => download('ndjson'),
            },
          ]}
          trigger={(props) => (
            <Button {...props} icon={Download} working={exporting.isPending && 'Exporting…'}>
              {complete && words.length === 0 ? `Export ${plural(rows.length, 'event')}` : 'Export all that match'}
            </Button>
          )}
        />
      </PageHead>
      <QueryBar terms={terms} onChange={setTerms} />
      <Toolbar
        label="Range and columns"
        end={
          <ColumnChooser
            columns={auditColumns}
            hidden={hidden}
            onChange={(next) => setUrl({ cols: auditColumns.map(({ id }) => id).filter((id) => !next.has(id)) })}
          />
        }
      >
        <RangePicker
          range={range}
          onPreset={(preset) => setUrl({ range: preset, since: null, before: null }, { push: true })}
          onRange={(next) => setUrl({ since: next.since, before: next.before }, { push: true })}
        />
        <Button kind="quiet" size="toolbar" icon={RotateCw} onClick={refresh}>
          Ask again
        </Button>
      </Toolbar>
      <Notice tone="plain">
        Not recorded by Cloudflare: reads, refused calls (4xx) and system events; kept for 18 months.
        {Date.parse(range.since) < now - retentionDays * 86_400_000 && ' This range begins before that.'}
      </Notice>
      {events.isSuccess && (
        <Histogram
          slots={slots}
          complete={complete}
          onRange={(next) => setUrl({ since: next.since, before: next.before }, { push: true })}
        />
      )}
      {!isFirstFailure && !isPaging && (
        <ReadBar
          failure={events.failureReason?.report}
          asOf={events.isRefetchError ? events.data?.pages[0]?.meta.asOf : null}
          onRetry={() => askNow(asked.queryKey)}
          working={events.isFetching}
        />
      )}
      {isFirstFailure && events.error ? (
        <ErrorState error={events.error.report} title="The audit log could not be read" onRetry={() => void events.refetch()} />
      ) : (
        <DataTable<AuditEvent>
          label="Events"
          rows={rows}
          columns={auditColumns}
          hidden={hidden}
          ordering="upstream"
          rowId={({ id }) => id}
          rowLabel={(event) => `${sentenceOf(event).act} ${sentenceOf(event).object}`}
          state={events.isPending ? 'loading' : events.isRefetching ? 'refreshing' : 'ready'}
          onOpen={({ id }) => setUrl({ event: id }, { push: true })}
          onIntent={EventDetails.preload}
          openId={url.event}
          onNearStart={() => {
            // after a failure the foot offers it, so that scrolling does not ask over and over
            if (events.hasPreviousPage && !events.isFetching && !events.isFetchPreviousPageError) void events.fetchPreviousPage();
          }}
          group={(event) => {
            const time = event.action?.time;
            const day = time ? dayHeading(time, timeZone) : 'Time not given';
            return {
              id: day,
              label: (
                <DayHeading
                  day={day}
                  count={countByDay.get(time?.slice(0, 10) ?? '') ?? 0}
                  newer={rows[0] === event ? (newer.data?.result.length ?? 0) : 0}
                  onNewer={refresh}
                />
              ),
            };
          }}
          phone={(event) => ({
            title: `${sentenceOf(event).act} ${sentenceOf(event).object}`,
            detail: <>{event.actor?.email ?? event.actor?.token_name ?? ''}</>,
            end: event.action?.time?.slice(11, 16) ?? '',
          })}
          empty={
            <EmptyState
              kind={terms.length > 0 ? 'filtered' : 'nothing'}
              title="No events match"
              actions={
                <>
                  {terms.length > 0 && (
                    <TextAction onPress={() => setTerms([])}>Remove {plural(terms.length, 'filter')}</TextAction>
                  )}
                  {range.preset !== '18mo' && (
                    <TextAction onPress={() => setUrl({ range: '18mo', since: null, before: null }, { push: true })}>
                      Look in all 18 months
                    </TextAction>
                  )}
                </>
              }
            >
              Views and refused calls are not recorded upstream, so this is not proof that nothing happened.
            </EmptyState>
          }
        >
          {events.isFetchNextPageError && events.error ? (
            <ErrorLine
              error={events.error.report}
              title="Older events could not be read"
              onRetry={() => void events.fetchNextPage()}
            />
          ) : events.hasNextPage ? (
            <MoreEvents
              key={nextCursor(events.data?.pages.at(-1)?.info ?? null)}
              loading={events.isFetchingNextPage}
              onMore={() => void events.fetchNextPage()}
            />
          ) : (
            rows.length > 0 && <p className="px-5 py-3 text-muted">No older event in this range.</p>
          )}
        </DataTable>
      )}
      <StatusBar end={words.length > 0 && `${rows.length} of ${loaded.length} loaded events have the words`}>
        <span>
          {plural(loaded.length, 'event')} {complete ? 'in this range' : 'loaded'}
        </span>
        {url.event !== null && !open && linked.isSuccess && <span>The event of this link is not in this log.</span>}
        {events.hasPreviousPage && (
          <TextAction onPress={() => void events.fetchPreviousPage()}>
            {events.isFetchingPreviousPage ? 'Reading newer events…' : 'Read newer events again'}
          </TextAction>
        )}
      </StatusBar>
    </Split>
  );
}

/** Later than any event; upstream needs an end. */
const farAway = '2100-01-01T00:00:00Z';

/** The terms of the query, in the URL under upstream's own names; other parameters stay. */
function useTerms(): readonly [Term[], (terms: readonly Term[]) => void] {
  const location = useLocation();
  const navigate = useNavigate();
  const terms = useMemo(() => fromSearch(new URLSearchParams(location.search)), [location.search]);
  const set = (next: readonly Term[]) => {
    const search = new URLSearchParams(location.search);
    for (const name of toSearch(terms).keys()) search.delete(name);
    for (const [name, value] of toSearch(next)) search.append(name, value);
    void navigate({ search: search.toString() });
  };
  return [terms, set];
}

function questionOf(terms: readonly Term[], { since, before }: { since: string; before: string }): AuditQuestion {
  const filters: Record<string, (string | number)[]> = {};
  for (const term of terms) {
    if (term.kind !== 'filter') continue;
    const values = term.filter === 'raw_status_code' ? term.values.map(Number) : [...term.values];
    filters[term.exclude ? `${term.filter}.not` : term.filter] = values;
  }
  return { ...filters, since, before };
}

/** Pages may overlap where events arrive while reading. */
function unique(events: readonly AuditEvent[]): AuditEvent[] {
  return [...new Map(events.map((event) => [event.id, event])).values()];
}

function countDays(events: readonly AuditEvent[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { action } of events) {
    const day = action?.time?.slice(0, 10) ?? '';
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return counts;
}

function DayHeading({ day, count, newer, onNewer }: { day: string; count: number; newer: number; onNewer: () => void }) {
  return (
    <span className="flex items-center gap-2">
      <span className="font-semibold text-ink">{day}</span> {plural(count, 'event')}
      {newer > 0 && (
        <span className="ml-auto">
          <TextAction icon={ArrowUp} onPress={onNewer}>
            {newer === 100 ? '100 or more newer events' : plural(newer, 'newer event')}
          </TextAction>
        </span>
      )}
    </span>
  );
}
