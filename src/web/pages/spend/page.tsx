import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { spendDimensions } from '../../../contract/canopy/spend.ts';
import type { SpendAnswer, SpendDimension, SpendFilter } from '../../../contract/canopy/spend.ts';
import { addDays, shiftRange } from '../../lib/date-range.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useScope, useUrlState } from '../../lib/url-state.ts';
import { useExport } from '../../queries/exports.ts';
import { useRole } from '../../queries/role.ts';
import { spendMetricsQuery, spendQuery, spendStateQuery, useControlSpendSync, useReadSpendAgain } from '../../queries/spend.ts';
import { Button } from '../../ui/Button.tsx';
import { DateRangePicker } from '../../ui/DateRangePicker.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Select } from '../../ui/Select.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { toasts } from '../../ui/toasts.ts';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { Headline } from './Headline.tsx';
import { SpendFigure } from './SpendFigure.tsx';
import { SpendFilters } from './SpendFilters.tsx';
import { BucketTable, SpendTable } from './SpendTable.tsx';
import { SyncBar } from './SyncBar.tsx';
import { WithoutCost } from './WithoutCost.tsx';
import { assignColours } from './chart-data.ts';
import {
  dimensionLabels,
  granularities,
  measureLabels,
  measureName,
  measureOf,
  moneyKinds,
  questionOf,
  rangeOf,
  readFilter,
  readMeasure,
  spendUrlShape,
  withFilter,
  writeFilter,
  writeMeasure,
} from './question.ts';

/** Usage and cost: one question, and its answer as headline, chart, table and file. */
export function Component() {
  const { organizationId, descendants } = useScope();
  const { whyNot } = useRole();
  const [url, setUrl] = useUrlState(spendUrlShape);
  const subtree = useMemo(() => ({ organization: organizationId, descendants }), [organizationId, descendants]);
  const state = useQuery(spendStateQuery(subtree));
  const store = useQuery(spendMetricsQuery(subtree));
  const exporting = useExport();
  const control = useControlSpendSync();
  const stored = state.data?.result;
  const [opened] = useState(() => new Date().toISOString().slice(0, 10));
  const today = stored?.today ?? opened;
  useAnswersKeepUp(stored?.sync);

  const range = rangeOf(url.from, url.before, today);
  const filters = url.where.flatMap((text) => readFilter(text) ?? []);
  const measure = store.data ? measureOf(url, store.data.result) : null;
  const question = measure && questionOf({ organizationId, descendants, measure, range, by: url.by, per: url.per, filters });
  const asked = useQuery({ ...spendQuery(question ?? emptyQuestion), enabled: question !== null });
  const answer = asked.data?.result;
  const colours = useColours(answer);

  const setRange = (next: { from: string; before: string }) => setUrl({ from: next.from, before: next.before }, { push: true });
  const setFilters = (next: SpendFilter[]) => setUrl({ where: next.map(writeFilter) }, { push: true });
  const only = (key: string | null, at?: number) => {
    const bucket = at === undefined ? undefined : answer?.buckets[at];
    setUrl(
      {
        where: withFilter(filters, { dimension: url.by, operator: 'is', values: [key] }).map(writeFilter),
        by: nextDimension(url.by),
        ...(bucket ? { from: bucket.from, before: bucket.to } : {}),
      },
      { push: true },
    );
  };
  const earlier = () => setRange(shiftRange(range, -1));
  const later = () => setRange(shiftRange(range, 1));
  const atEnd = range.before > today;
  useShortcuts(
    [
      { keys: '[', label: 'Earlier range', run: earlier },
      { keys: ']', label: 'Later range', run: () => !atEnd && later() },
      { keys: 't', label: 'Chart or table', run: () => setUrl({ view: url.view === 'chart' ? 'table' : 'chart' }) },
    ],
    'Usage & cost',
  );

  const measures = [
    ...(store.data?.result.currencies ?? []).flatMap((currency) =>
      moneyKinds.map((kind) => ({ value: `${kind} ${currency}`, label: `${measureLabels[kind]}, ${currency}` })),
    ),
    ...(store.data?.result.metrics ?? []).map(({ metric, unit, name }) => ({
      value: writeMeasure({ kind: 'quantity', metric, unit }),
      label: `${name} (${unit})`,
    })),
  ];

  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <PageHead title="Usage & cost" facts={stored?.throughDay ? `complete through ${stored.throughDay} (UTC)` : undefined}>
        <Button
          icon={Download}
          disabledReason={!question && 'There is no answer to export.'}
          working={exporting.isPending && 'Exporting…'}
          onClick={() =>
            question &&
            exporting.mutate(
              { kind: 'spend', format: 'csv', question },
              { onError: ({ report }) => toasts.failure({ title: 'The export did not start', note: report.message }) },
            )
          }
        >
          Export CSV
        </Button>
      </PageHead>
      <Toolbar
        label="What to show"
        end={
          <Select
            label="Group by"
            labelHidden
            prefix="Group by"
            size="toolbar"
            value={url.by}
            onChange={(event) => setUrl({ by: event.target.value as SpendDimension }, { push: true })}
            options={spendDimensions.map((value) => ({ value, label: dimensionLabels[value] }))}
          />
        }
      >
        <DateRangePicker
          from={range.from}
          before={range.before}
          today={today}
          onChange={setRange}
          {...(stored ? { earliest: stored.historyStart, storedDays: storedDays(stored.days) } : {})}
        />
        {measures.length > 0 && measure && (
          <Select
            label="Measure"
            labelHidden
            size="toolbar"
            value={writeMeasure(measure)}
            options={measures}
            onChange={(event) => setUrl(readMeasure(event.target.value), { push: true })}
          />
        )}
        <SpendFilters filters={filters} subtree={subtree} onChange={setFilters} />
      </Toolbar>
      {stored && <SyncBar state={stored} whyNot={whyNot('spend:write')} />}
      {asked.error && !answer ? (
        <ErrorState error={asked.error.report} title="The question could not be answered" onRetry={() => void asked.refetch()} />
      ) : store.error && !store.data ? (
        <ErrorState error={store.error.report} title="Stored usage could not be read" onRetry={() => void store.refetch()} />
      ) : store.data && !measure ? (
        <EmptyState
          kind={stored && stored.sync.status !== 'idle' ? 'not-synchronized' : 'nothing'}
          title={stored && stored.sync.status !== 'idle' ? 'Usage is being read for the first time' : 'No usage record is stored'}
        >
          {stored && stored.sync.status !== 'idle'
            ? 'Days appear here as they arrive, newest first.'
            : 'Cloudflare answered with no record. It does so too for organizations without the entitlement to read usage.'}
        </EmptyState>
      ) : answer ? (
        <>
          <Headline answer={answer} asOf={asked.data?.meta.asOf ?? null} />
          <div className="flex border-b border-line max-xl:flex-col">
            <section aria-label="Over time" className="min-w-0 flex-1">
              <div className="flex flex-wrap items-center gap-2 px-5 pt-2.5">
                <h2 className="mr-auto font-semibold">
                  {measureName(answer)} per {url.per}
                </h2>
                <SegmentedControl
                  label="Per"
                  size="row"
                  value={url.per}
                  onChange={(per) => setUrl({ per })}
                  options={granularities.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }))}
                />
                <SegmentedControl
                  label="Show as"
                  size="row"
                  value={url.view}
                  onChange={(view) => setUrl({ view })}
                  options={[
                    { value: 'chart', label: 'Chart' },
                    { value: 'table', label: 'Table' },
                  ]}
                />
              </div>
              {url.view === 'chart' ? (
                <SpendFigure
                  answer={answer}
                  colours={colours}
                  dimmed={asked.isPlaceholderData}
                  onPick={(index, key) => only(key, index)}
                  onFetchAgain={
                    whyNot('spend:write') ? null : (days) => control.mutate({ action: 'fetch', days: days.slice(0, 400) })
                  }
                />
              ) : (
                <BucketTable answer={answer} />
              )}
            </section>
            <WithoutCost
              answer={answer}
              notes={stored?.notes ?? []}
              onMetric={(metric, unit) => setUrl({ measure: 'quantity', metric, unit, currency: null }, { push: true })}
            />
          </div>
          <SpendTable
            answer={answer}
            colours={colours}
            by={answer.question.groupBy ?? url.by}
            dimmed={asked.isPlaceholderData}
            onPick={(key) => only(key)}
          />
        </>
      ) : (
        <SkeletonRows columns={['start', 'end', 'end', 'end']} rows={10} />
      )}
    </div>
  );
}

/** Stands in while there is nothing to measure; it is never asked. */
const emptyQuestion = questionOf({
  organizationId: '',
  descendants: true,
  measure: { kind: 'quantity', metric: '', unit: '' },
  range: { from: '2026-01-01', before: addDays('2026-01-01', 1) },
  by: 'family',
  per: 'day',
  filters: [],
});

/** From a family to its metrics, from anything else to accounts. */
function nextDimension(by: SpendDimension): SpendDimension {
  return by === 'category'
    ? 'family'
    : by === 'family'
      ? 'metric'
      : by === 'organization' || by === 'metric'
        ? 'account'
        : by === 'account'
          ? 'metric'
          : 'account';
}

function storedDays(days: readonly { day: string; state: string }[]): ReadonlySet<string> {
  return new Set(days.filter(({ state }) => state !== 'missing').map(({ day }) => day));
}

/** Colours by group, kept while the person stays on the page. */
function useColours(answer: SpendAnswer | undefined): ReadonlyMap<string, number> {
  const [known, setKnown] = useState<ReadonlyMap<string, number>>(new Map());
  const next = answer ? assignColours(known, answer.groups) : known;
  if (next.size !== known.size) setKnown(next);
  return next;
}

/** Answers are asked again when a run of the sync ends, and now and then while it goes on. */
function useAnswersKeepUp(sync: { status: string; done: number } | undefined): void {
  const readAgain = useReadSpendAgain();
  const seen = useRef({ status: 'idle', done: 0 });
  const latest = useRef(readAgain);
  useEffect(() => {
    latest.current = readAgain;
  });
  const status = sync?.status ?? 'idle';
  const done = sync?.done ?? 0;
  // the sync is a process outside React: its progress arrives with the polled state
  useEffect(() => {
    // also where only named days were read while everything else is paused
    const ended = seen.current.status === 'running' && (status === 'idle' || status === 'paused');
    if (ended || done - seen.current.done >= 64) {
      latest.current();
      seen.current = { status, done };
    } else if (status !== seen.current.status) seen.current = { status, done };
  }, [status, done]);
}
