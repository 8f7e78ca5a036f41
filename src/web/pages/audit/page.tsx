import { useQuery } from '@tanstack/react-query';
import { ArrowUp, Download, Plus, RotateCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useScope, useUrlState } from '../../lib/url-state.ts';
import { choice, maybeText, ordered } from '../../lib/url-values.ts';
import { useAuditTrail } from '../../queries/audit-trail.ts';
import { auditPageSize, newestAuditEventsQuery } from '../../queries/audit.ts';
import type { AuditQuestion } from '../../queries/audit.ts';
import { useAskNow } from '../../queries/ask-now.ts';
import { useExport } from '../../queries/exports.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { Button } from '../../ui/Button.tsx';
import { ColumnChooser } from '../../ui/ColumnChooser.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ReadBar } from '../../ui/ReadBar.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Split } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { toasts } from '../../ui/toasts.ts';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { ActionResult } from '../../ui/StatusMark.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { MissingPart } from '../../ui/MissingPart.tsx';
import { onIntent } from '../../lib/on-intent.tsx';
import { firstHidden } from '../../ui/columns.ts';
import { AuditTabs } from './AuditTabs.tsx';
import { EventDetails } from './details.ts';
import { eventTabs } from './event-tabs.ts';
import { QueryBar } from './QueryBar.tsx';
import { RangePicker } from './RangePicker.tsx';
import { EventSentence, auditColumns } from './columns.tsx';
import { actorOf, sentenceOf, textOf, viaOf } from '../../lib/event-words.ts';
import { fromSearch, toSearch, withTerm } from './query-language.ts';
import type { Term } from './query-language.ts';
import { keptSince, presetIds, rangeOf } from './range.ts';
import { dayIn, daysOf, spanOf, summaryOf } from './summary.ts';

/** These come once the rows stand; the room of the drawing is there before. */
const Histogram = onIntent(async () => (await import('./ListEnds.tsx')).Histogram, {
  InPlace: () => <div className="h-20.25 shrink-0 border-b border-line" />,
});

const NoEvents = onIntent(async () => (await import('./ListEnds.tsx')).NoEvents);
const ListEnd = onIntent(async () => (await import('./ListEnds.tsx')).ListEnd);

/** Fields and their values come when the menu is about to open. */
const FilterEditor = onIntent(async () => (await import('./FilterEditor.tsx')).FilterEditor, {
  InPlace: ({ missing, onRetry }) => (missing ? <MissingPart onRetry={onRetry} /> : null),
});

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
  const range = rangeOf(url, now);
  const words =
    terms
      .find((term) => term.kind === 'text')
      ?.text.toLowerCase()
      .split(/\s+/) ?? [];
  const isSearch = words.length > 0;
  const [searched, setSearched] = useState(pagesAtOnce);
  const dayOf = (event: AuditEvent) => dayIn(event, timeZone);
  const asked = { organizationId, question: questionOf(terms, range) };
  const trail = useAuditTrail(asked, {
    summarize: (question, events) => summaryOf(question, events, dayOf),
    searched: isSearch ? searched : null,
  });
  const askNow = useAskNow();
  const organization = useQuery(hierarchyQuery()).data?.result.nodes.find(({ id }) => id === organizationId)?.name;
  // events since the list was asked for; they wait behind a button, so that rows do not jump
  const newer = useQuery({
    ...newestAuditEventsQuery(organizationId, { ...asked.question, since: range.before, before: farAway }, 100),
    enabled: range.preset !== null && trail.newest.isSuccess,
    refetchInterval: 60_000,
  });
  const newerCount = newer.data?.result.length ?? 0;

  const rows = isSearch ? trail.events.filter((event) => words.every((word) => textOf(event).includes(word))) : trail.events;
  const complete = trail.isComplete;
  const { seen } = trail;
  const oldest = complete
    ? Date.parse(range.since)
    : Date.parse(seen.findLast((page) => page.oldest !== null)?.oldest ?? range.before);
  const inView = isSearch ? null : spanOf(trail.eventAt(trail.view.first), trail.eventAt(Math.max(0, trail.view.end - 1)));
  const openIndex = rows.findIndex(({ id }) => id === url.event);
  // a link may name an event that is not among the loaded pages, or not in this range
  const linked = useQuery({
    ...newestAuditEventsQuery(organizationId, { id: [url.event ?? ''], since: keptSince(now), before: farAway }, 1),
    enabled: url.event !== null && trail.newest.isSuccess && openIndex === -1,
  });
  const open = rows[openIndex] ?? (url.event === null ? undefined : linked.data?.result[0]);
  const hidden = url.cols
    ? new Set(auditColumns.map(({ id }) => id).filter((id) => !url.cols?.includes(id)))
    : firstHidden(auditColumns);
  const days = daysOf(isSearch ? [summaryOf(range, rows, dayOf)] : seen);
  const lastDay = [...days.keys()].at(-1);
  const refresh = () => {
    const next = Date.now();
    if (rangeOf(url, next).before === range.before) void trail.newest.refetch();
    else setNow(next);
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
            onStep={openIndex === -1 ? null : step}
            onClose={() => setUrl({ event: null, tab: 'details' })}
          />
        )
      }
    >
      <PageHead
        title="Audit"
        facts={organization ? <Upstream>{organization}</Upstream> : <Skeleton width="9rem" />}
        tabs={<AuditTabs organizationId={organizationId} current="events" />}
      >
        <Menu
          label="Export"
          align="end"
          entries={[
            { id: 'csv', label: 'CSV', note: 'For spreadsheets, formulas made harmless', onSelect: () => download('csv') },
            {
              id: 'ndjson',
              label: 'NDJSON',
              note: 'Every field as sent; the last line says it is whole',
              onSelect: () => download('ndjson'),
            },
          ]}
          trigger={(props) => (
            <Button {...props} icon={Download} working={exporting.isPending && 'Exporting…'}>
              {complete && !isSearch ? `Export ${plural(trail.read, 'event')}` : 'Export all that match'}
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
        <Popover
          label="Add a filter"
          width={280}
          className="p-1"
          trigger={(props) => (
            <Button {...props} {...FilterEditor.intent} kind="quiet" size="toolbar" icon={Plus}>
              Add filter
            </Button>
          )}
        >
          {(close) => <FilterEditor.Part terms={terms} onChange={setTerms} events={trail.events} close={close} />}
        </Popover>
        <IconButton icon={RotateCw} label="Ask again, up to now" onClick={refresh} />
        {newerCount > 0 && (
          <TextAction icon={ArrowUp} onPress={refresh}>
            {newerCount === 100 && 'at least '}
            {plural(newerCount, 'newer event')}
          </TextAction>
        )}
      </Toolbar>
      <Notice tone="plain">
        Not recorded by Cloudflare: reads, refused calls (4xx) and system events; kept for 18 months.
        {range.since < keptSince(now) && ' This range begins before that.'}
      </Notice>
      {!trail.firstFailure && (
        <Histogram.Part
          range={range}
          counts={seen.length === 0 ? null : seen.flatMap(({ slots }) => slots)}
          oldest={oldest}
          complete={complete}
          inView={inView}
          onRange={(next) => setUrl({ since: next.since, before: next.before }, { push: true })}
        />
      )}
      {!trail.firstFailure && (
        <ReadBar
          failure={trail.newest.failureReason?.report}
          asOf={trail.newest.isRefetchError ? trail.newest.data?.meta.asOf : null}
          onRetry={() => askNow(trail.newestKey)}
          working={trail.newest.isFetching}
        />
      )}
      {trail.firstFailure ? (
        <div className="flex-1">
          <ErrorState
            error={trail.firstFailure.report}
            title="The audit log could not be read"
            onRetry={() => void trail.newest.refetch()}
          />
        </div>
      ) : (
        <DataTable<AuditEvent>
          key={trail.id}
          label="Events"
          rows={rows}
          columns={auditColumns}
          hidden={hidden}
          ordering="upstream"
          rowId={({ id }) => id}
          rowLabel={(event) => `${sentenceOf(event).act} ${sentenceOf(event).object}`}
          state={trail.isPending ? 'loading' : trail.isChanging ? 'refreshing' : 'ready'}
          onOpen={({ id }) => setUrl({ event: id }, { push: true })}
          onIntent={EventDetails.preload}
          openId={url.event}
          onFollow={({ id }) => setUrl({ event: id })}
          reach={isSearch ? undefined : { above: trail.above, below: trail.below, open: trail.hasMore, onView: trail.onView }}
          group={(event) => {
            const day = dayOf(event);
            return {
              id: day,
              label: (
                <>
                  <span className="mr-2 font-semibold text-ink">{day}</span>
                  {plural(days.get(day) ?? 0, 'event')}
                  {!complete && day === lastDay && ' so far'}
                </>
              ),
            };
          }}
          phone={(event) => ({
            start: <ActionResult result={event.action?.result} iconOnly />,
            title: <EventSentence event={event} />,
            detail: <Upstream>{`${actorOf(event).name}, ${viaOf(event)}`}</Upstream>,
            end: <Time at={event.action?.time} show="clock" />,
          })}
          empty={
            <NoEvents.Part
              terms={terms}
              searched={isSearch && !complete ? trail.read : null}
              onChange={setTerms}
              onWhole={
                range.preset === '18mo' ? null : () => setUrl({ range: '18mo', since: null, before: null }, { push: true })
              }
            />
          }
        >
          <ListEnd.Part
            failure={trail.failure}
            onRetry={trail.retry}
            reading={trail.isReading}
            read={trail.read}
            full={trail.isFull && trail.hasMore}
            more={trail.hasMore}
            onMore={() => (isSearch ? setSearched(searched + pagesAtOnce) : trail.readOn())}
            searching={isSearch ? pagesAtOnce * auditPageSize : null}
          />
        </DataTable>
      )}
      <StatusBar
        end={
          <>
            {isSearch && `${formatCount(rows.length)} of ${formatCount(trail.events.length)} loaded events have the words`}
            {trail.newest.data?.meta.asOf && (
              <span>
                As of <Time at={trail.newest.data.meta.asOf} show="minute" />
              </span>
            )}
          </>
        }
      >
        {seen.length > 0 && (
          <span>
            {plural(trail.read, 'event')} {complete ? 'in this range' : 'loaded'}
          </span>
        )}
        {url.event !== null && !open && linked.isSuccess && <span>The event of this link is not in this log.</span>}
      </StatusBar>
    </Split>
  );
}

/** Words without a field are looked for in so many pages, and in as many more each time. */
const pagesAtOnce = 5;

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
