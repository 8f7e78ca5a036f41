import { ChartColumn, ChartLine, Table2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { mostFetchedDays } from '../../../contract/canopy/spend.ts';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { useRole } from '../../queries/role.ts';
import { useControlSpendSync } from '../../queries/spend.ts';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { LoadingBar } from '../../ui/Notice.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { BasisOfFigure } from './BasisOfFigure.tsx';
import { ForecastFigure } from './ForecastFigure.tsx';
import { HeadlineRow, RangeFigure } from './Headline.tsx';
import { Legend } from './Legend.tsx';
import { MeasurePicker } from './MeasurePicker.tsx';
import { MonthFigure } from './MonthFigure.tsx';
import { isWithinCycle } from './allowance.ts';
import { Explanation } from './dialogs.ts';
import type { Explained } from './dialogs.ts';
import { anomaliesId } from './markers.ts';
import { useAllowance } from './use-allowance.ts';
import { useMarkers } from './use-markers.ts';
import { loadTable } from './load-table.ts';
import { forecastOf, granularities, measureName, withFilter } from './question.ts';
import type { SpendScreen } from './use-spend-screen.ts';

const AllowanceWords = lazy(async () => ({ default: (await import('./AllowanceWords.tsx')).AllowanceWords }));
const NoRecord = lazy(async () => ({ default: (await import('./NoRecord.tsx')).NoRecord }));
const NoAmount = lazy(async () => ({ default: (await import('./NoAmount.tsx')).NoAmount }));
const Outlook = lazy(async () => ({ default: (await import('./Outlook.tsx')).Outlook }));
const Beside = lazy(async () => ({ default: (await import('./Beside.tsx')).Beside }));
const BucketTable = lazy(async () => ({ default: (await import('./BucketTable.tsx')).BucketTable }));
const SpendTable = lazy(loadTable);
const Notes = lazy(async () => ({ default: (await import('./Notes.tsx')).Notes }));
const SpendFigure = lazy(async () => ({ default: (await import('./SpendFigure.tsx')).SpendFigure }));

/** One answer: headline, chart, what changed, what is in no total, and the table that equals the chart. */
export function SpendBody({ screen, answer }: { screen: SpendScreen; answer: SpendAnswer }) {
  const { url, setUrl, question, compared, colours, asked, tail, store } = screen;
  const { whyNot } = useRole();
  const control = useControlSpendSync();
  const charted = screen.charted ?? answer;
  const isOld = asked.isPlaceholderData;
  const levels = answer.unit.kind === 'quantity' && !answer.unit.summable;
  const by = answer.question.groupBy ?? url.by;
  const markers = useMarkers(screen.subtree, screen.filters, answer);
  const allowance = useAllowance(screen.subtree, screen.filters, answer);
  const isCycle = allowance !== null && isWithinCycle(allowance, screen.range);
  const [explained, explain] = useState<Explained | null>(null);
  const explainAll = () => explain({ question: answer.question });
  useShortcuts([{ keys: 'e', label: 'How the figure is estimated', run: explainAll }], 'Usage & cost');
  const whyNotRead = whyNot('spend:write');
  // a week or month that is not whole may hold days that have not begun
  const read = (days: readonly string[]) =>
    control.mutate({ action: 'fetch', days: days.filter((day) => day <= screen.today).slice(0, mostFetchedDays) });
  const showMarked = (index: number) => {
    setUrl({ unusual: answer.buckets[index]?.from ?? null });
    const list = document.querySelector<HTMLElement>(`#${anomaliesId}`);
    list?.focus({ preventScroll: true });
    list?.scrollIntoView({ block: 'nearest' });
  };
  const began = answer.buckets.find(({ from, to }) => url.unusual !== null && from <= url.unusual && url.unusual < to) ?? null;
  const picker = store.data && (
    <MeasurePicker
      title={`${measureName(answer)} per ${url.per}${url.view === 'cumulative' ? ', added up' : ''}`}
      measure={answer.question.measure}
      store={store.data.result}
      onChange={screen.setMeasure}
    />
  );
  return (
    <>
      <div className="relative">
        <LoadingBar active={isOld} />
      </div>
      <HeadlineRow>
        <RangeFigure answer={answer} name={compared ?? ''} onExplain={explainAll} />
        {question && <MonthFigure question={question} today={screen.today} onExplain={explain} />}
        {question?.measure.kind === 'spend' && (
          <ForecastFigure question={forecastOf(question, question.measure.currency)} today={screen.today} />
        )}
        <BasisOfFigure answer={answer} card={screen.state.data?.result.pricing.card ?? null} />
      </HeadlineRow>
      {answer.total.records === 0 ? (
        <Suspense>
          <div className="px-(--gutter) pt-2.5">{picker}</div>
          <NoRecord
            answer={answer}
            onRemoveFilters={screen.filters.length > 0 ? () => screen.setFilters([]) : null}
            onRead={read}
            whyNot={whyNotRead}
          />
        </Suspense>
      ) : (
        <>
          <div className="grid xl:grid-cols-[minmax(0,1fr)_17.25rem]">
            <section aria-label="Over time" className="flex min-w-0 flex-col">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-(--gutter) pt-2.5">
                {picker}
                <span className="min-w-0 flex-1" />
                {url.view !== 'table' && (
                  <Legend
                    answer={charted}
                    marked={url.view === 'chart' && markers.length > 0}
                    compared={compared}
                    budget={screen.budget}
                    only={url.only.length}
                    onAll={() => setUrl({ only: [] })}
                  />
                )}
                <div className="flex flex-wrap gap-x-3 gap-y-1.5">
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
                      { value: 'chart', label: 'Chart', icon: ChartColumn, iconOnly: true },
                      {
                        value: 'cumulative',
                        label: 'Cumulative',
                        icon: ChartLine,
                        iconOnly: true,
                        disabledReason: levels && 'A level is never added up over days',
                      },
                      { value: 'table', label: 'Table', icon: Table2, iconOnly: true },
                    ]}
                  />
                </div>
              </div>
              {url.view === 'table' ? (
                <Suspense fallback={<SkeletonRows columns={['start', 'end', 'end', 'end']} rows={8} />}>
                  <BucketTable answer={answer} compared={compared} budget={screen.budget} />
                </Suspense>
              ) : (
                <Suspense fallback={<div className="m-4 min-h-69.5 flex-1 rounded-md bg-hover" />}>
                  <SpendFigure
                    answer={charted}
                    colours={colours}
                    dimmed={isOld}
                    compared={compared}
                    budget={screen.budget}
                    instead={
                      answer.total.total === null && (
                        <NoAmount answer={answer} onMetric={(metric, unit) => screen.setMeasure(`quantity ${metric} ${unit}`)} />
                      )
                    }
                    markers={url.view === 'cumulative' ? [] : markers}
                    included={isCycle && url.view === 'cumulative' ? Number(allowance.included) : null}
                    allowance={
                      allowance && (
                        <Suspense>
                          <AllowanceWords
                            allowance={allowance}
                            onShow={
                              isCycle && url.view === 'cumulative'
                                ? null
                                : () =>
                                    setUrl(
                                      {
                                        from: allowance.cycle.from,
                                        before: allowance.cycle.to < screen.today ? allowance.cycle.to : screen.today,
                                        view: 'cumulative',
                                        per: 'day',
                                      },
                                      { push: true },
                                    )
                            }
                          />
                        </Suspense>
                      )
                    }
                    onPick={(index, key) => screen.drill([key], index)}
                    onOthers={() => screen.setTail('named')}
                    onMarker={showMarked}
                    onRange={screen.span}
                    onFetchAgain={whyNotRead ? null : read}
                  />
                </Suspense>
              )}
              <Suspense fallback={<div className="h-14.5" />}>
                <Notes answer={answer} subtree={screen.subtree} today={screen.today} withPins={url.view !== 'table'} />
              </Suspense>
              {control.error && (
                <ErrorLine
                  className="px-(--gutter) py-1.5"
                  error={control.error.report}
                  title="The days could not be fetched again"
                />
              )}
            </section>
            <aside
              aria-label="Changes, and what is in no total"
              className="divide-y divide-line border-line max-xl:order-last max-xl:border-t xl:max-h-160 xl:overflow-y-auto xl:border-l xl:[--gutter:1rem]"
            >
              <Suspense>
                <Beside screen={screen} answer={answer} />
              </Suspense>
            </aside>
            <div className="min-w-0 border-t border-line xl:col-span-2">
              {tail.error && screen.isTailNamed && (
                <ErrorLine
                  className="px-(--gutter) py-1.5"
                  error={tail.error.report}
                  title="The rest could not be named"
                  onRetry={() => void tail.refetch()}
                />
              )}
              <Suspense fallback={<SkeletonRows columns={['start', 'end', 'end', 'end']} rows={9} />}>
                <SpendTable
                  answer={screen.table ?? answer}
                  charted={answer.groups}
                  colours={colours}
                  by={by}
                  markers={markers}
                  compared={compared}
                  only={url.only}
                  sort={url.sort}
                  state={isOld ? 'refreshing' : 'ready'}
                  onSort={(sort) => setUrl({ sort })}
                  onPick={screen.drill}
                  onOpenTail={screen.isTailNamed ? null : () => screen.setTail('named')}
                  onFoldTail={
                    screen.isTailNamed && (screen.table?.groups.length ?? 0) > answer.groups.length
                      ? () => screen.setTail('folded')
                      : null
                  }
                  onOnly={screen.isolate}
                  onExplain={explain}
                />
              </Suspense>
              {question?.measure.kind === 'spend' && (
                <Suspense>
                  <Outlook
                    subtree={screen.subtree}
                    filters={screen.filters}
                    began={began}
                    isPricing={(screen.state.data?.result.pricing.monthsLeft ?? 0) > 0}
                    onAllDays={() => setUrl({ unusual: null })}
                    onAccount={(id) =>
                      screen.setFilters(withFilter(screen.filters, { dimension: 'account', operator: 'is', values: [id] }))
                    }
                  />
                </Suspense>
              )}
            </div>
          </div>
        </>
      )}
      {explained && <Explanation.Part explained={explained} onClose={() => explain(null)} />}
    </>
  );
}
