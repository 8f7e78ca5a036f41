import { Download, SlidersHorizontal } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { dimensionTitle } from '../../../contract/canopy/dimension-words.ts';
import type { SpendDimension, SpendState } from '../../../contract/canopy/spend.ts';
import { isTagDimension } from '../../../contract/canopy/tag-key.ts';
import { shiftRange } from '../../lib/date-range.ts';
import { formatDay } from '../../lib/format-time.ts';
import { usePreload } from '../../lib/use-preload.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { DateRangePicker, RangeSteps } from '../../ui/DateRangePicker.tsx';
import { ErrorLine, ErrorState } from '../../ui/ErrorState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Select } from '../../ui/Select.tsx';
import { SpendTabs } from '../../ui/SpendTabs.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { CompareControl } from './CompareControl.tsx';
import { SavedViews } from './SavedViews.tsx';
import { SpendBody } from './SpendBody.tsx';
import { SpendFilters } from './SpendFilters.tsx';
import { SpendSkeleton } from './SpendSkeleton.tsx';
import { ExportFiles } from './dialogs.ts';
import { isQuiet } from './freshness.ts';
import { tableAhead } from './load-table.ts';
import { measureName, rangeSearch, spendUrlShape } from './question.ts';
import { useAnswersKeepUp } from './use-answers-keep-up.ts';
import { useViewSearch } from './use-view-search.ts';
import { useSpendScreen } from './use-spend-screen.ts';

const ImportsNotice = lazy(async () => ({ default: (await import('./ImportsNotice.tsx')).ImportsNotice }));
const UnreadNotice = lazy(async () => ({ default: (await import('./UnreadNotice.tsx')).UnreadNotice }));
const TagsNotice = lazy(async () => ({ default: (await import('./TagsNotice.tsx')).TagsNotice }));
const SyncBar = lazy(async () => ({ default: (await import('./SyncBar.tsx')).SyncBar }));
const NothingStored = lazy(async () => ({ default: (await import('./NothingStored.tsx')).NothingStored }));

/** Usage and cost: one question, and its answer as headline, chart, table and file. */
export function Component() {
  const screen = useSpendScreen();
  const { url, setUrl, range, today, question, answer, asked, store, state, setRange } = screen;
  const { whyNot } = useRole();
  const [isExporting, setExporting] = useState(false);
  const [showsAll, setShowsAll] = useState(false);
  const views = useViewSearch();
  const stored = state.data?.result;
  useAnswersKeepUp(stored);
  usePreload(true, tableAhead);

  useShortcuts(
    [
      { keys: '[', label: 'Earlier range', run: () => setRange(shiftRange(range, -1)) },
      { keys: ']', label: 'Later range', run: () => range.before <= today && setRange(shiftRange(range, 1)) },
      { keys: 't', label: 'Chart or table', run: () => setUrl({ view: url.view === 'table' ? 'chart' : 'table' }) },
    ],
    'Usage & cost',
  );

  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <PageHead
        title="Usage & cost"
        facts={stored && dataThrough(stored)}
        tabs={<SpendTabs organizationId={screen.subtree.organization} current="spend" search={rangeSearch(url)} />}
      >
        <SavedViews views={views.views} organizationId={screen.organizationId} search={views.search} onOpen={views.open} />
        <Button
          icon={Download}
          disabledReason={!question || !answer ? 'There is no answer to export.' : false}
          onClick={() => setExporting(true)}
          {...ExportFiles.intent}
        >
          <span className="max-sm:sr-only">Export</span>
        </Button>
      </PageHead>
      <Toolbar label="What to show">
        <DateRangePicker
          from={range.from}
          before={range.before}
          today={today}
          steps="wide"
          onChange={setRange}
          {...(stored ? { earliest: stored.historyStart, storedDays: storedDays(stored.days) } : {})}
        />
        <div
          className={classes(
            'flex flex-wrap gap-2 max-sm:order-1 max-sm:w-full sm:contents',
            !showsAll && screen.filters.length === 0 && screen.least === null && 'max-sm:hidden',
          )}
        >
          <SpendFilters
            filters={screen.filters}
            dimensions={screen.dimensions}
            subtree={screen.subtree}
            least={{ amount: screen.least, unit: answer?.unit, onChange: (least) => setUrl({ least }, { push: true }) }}
            onChange={screen.setFilters}
          />
        </div>
        {/* on a phone the answer comes first: what is chosen seldom is behind one button */}
        <div className="ml-auto flex min-w-0 flex-wrap items-center gap-2.5 max-sm:contents">
          <Select
            label="Group by"
            labelHidden
            prefix="Group by"
            size="toolbar"
            className={`${selectLook} max-sm:w-0 max-sm:min-w-28 max-sm:flex-1 max-sm:[&_span[aria-hidden]]:hidden`}
            value={url.by}
            onChange={(event) => screen.setDimension(event.target.value as SpendDimension)} // the options are the dimensions
            options={screen.dimensions.map((value) => ({ value, label: dimensionTitle(value) }))}
          />
          <IconButton
            kind="plain"
            icon={SlidersHorizontal}
            label="More controls"
            aria-expanded={showsAll}
            className="sm:hidden"
            onClick={() => setShowsAll(!showsAll)}
          />
          <div
            className={classes(
              'flex min-w-0 flex-wrap items-center gap-2.5 max-sm:order-1 max-sm:w-full max-sm:*:min-w-[45%] max-sm:*:flex-1',
              !showsAll && 'max-sm:hidden',
            )}
          >
            <RangeSteps {...range} today={today} onChange={setRange} className="sm:hidden" />
            <Select
              label="Then by"
              labelHidden
              prefix="then by"
              size="toolbar"
              className={selectLook}
              value={screen.and ?? 'none'}
              onChange={(event) => screen.setSecond(event.target.value as SpendDimension | 'none')} // the options are these
              options={[
                { value: 'none', label: 'Nothing' },
                ...screen.dimensions
                  .filter((value) => value !== url.by)
                  .map((value) => ({ value, label: dimensionTitle(value) })),
              ]}
            />
            <CompareControl
              comparison={url.compare}
              range={range}
              compared={screen.compare}
              today={today}
              earliest={stored?.historyStart}
              className={selectLook}
              onChange={(compare, custom) =>
                setUrl(
                  { compare, 'compare-from': custom?.from ?? null, 'compare-before': custom?.before ?? null },
                  { push: true },
                )
              }
            />
          </div>
        </div>
      </Toolbar>
      {views.isAsking && (
        <Suspense>
          <UnreadNotice shape={spendUrlShape} />
        </Suspense>
      )}
      {views.isLong && (
        <Notice tone="plain">
          The address of this page has more than 2,000 characters, which mail and chat may cut. Save it under Saved views, and
          pass on the short address of the view.
        </Notice>
      )}
      {views.failed && (
        <div className="px-(--gutter) py-1.5">
          <ErrorLine error={views.failed.report} title="The saved view could not be opened" />
        </div>
      )}
      {[url.by, ...(screen.and ? [screen.and] : []), ...screen.filters.map(({ dimension }) => dimension)].some(
        isTagDimension,
      ) && (
        <Suspense>
          <TagsNotice gone={screen.gone} organizationId={screen.subtree.organization} />
        </Suspense>
      )}
      {state.error && !stored && !(store.error && !store.data) && (
        <ErrorLine
          className="px-(--gutter) py-1.5"
          error={state.error.report}
          title="What is stored is not known"
          onRetry={() => void state.refetch()}
        />
      )}
      {stored && stored.imports.length > 0 && (
        <Suspense>
          <ImportsNotice imports={stored.imports} range={range} organizationId={screen.subtree.organization} />
        </Suspense>
      )}
      {stored && !isQuiet(stored) && (
        <Suspense fallback={<div className="h-9 shrink-0 border-b border-line max-sm:h-24" />}>
          <SyncBar state={stored} whyNot={whyNot('spend:write')} />
        </Suspense>
      )}
      {asked.error && !answer ? (
        <ErrorState error={asked.error.report} title="The question could not be answered" onRetry={() => void asked.refetch()} />
      ) : store.error && !store.data ? (
        <ErrorState error={store.error.report} title="Stored usage could not be read" onRetry={() => void store.refetch()} />
      ) : store.data && !screen.measure ? (
        stored && (
          <Suspense>
            <NothingStored state={stored} />
          </Suspense>
        )
      ) : answer ? (
        <SpendBody screen={screen} answer={answer} />
      ) : (
        <SpendSkeleton />
      )}
      {isExporting && question && answer && (
        <ExportFiles.Part
          question={question}
          answer={screen.charted ?? answer}
          colours={screen.colours}
          title={`${measureName(answer)} per ${url.per}${url.view === 'cumulative' ? ', added up' : ''}${screen.budget ? `, beside the even pace of budget ${screen.budget.name}` : ''}`}
          compared={screen.compared}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}

/** Between a phone and a wide window, all controls stand in one line. */
const selectLook = 'sm:max-[85rem]:w-47';

const dataThrough = ({ throughDay, today }: SpendState): string =>
  throughDay === null
    ? 'no day is complete yet'
    : `data through ${formatDay(throughDay, throughDay.slice(0, 4) === today.slice(0, 4) ? 'without-year' : 'with-year')} (UTC)`;

function storedDays(days: readonly { day: string; state: string }[]): ReadonlySet<string> {
  return new Set(days.filter(({ state }) => state !== 'missing').map(({ day }) => day));
}
