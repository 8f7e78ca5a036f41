import { lazy, Suspense, useLayoutEffect, useRef, useState } from 'react';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { formatDay } from '../../lib/format-time.ts';
import { TextAction } from '../../ui/Link.tsx';
import { groupId } from './chart-data.ts';
import { bucketWords, chartSummary, formatAmount, spokenBucket, stateWords } from './words.ts';

const SpendChart = lazy(() => import('./SpendChart.tsx'));
const chartHeight = 270;
/** As the plot of the chart has them; it is loaded later. */
const sides = { left: 52, right: 8 };

interface Props {
  answer: SpendAnswer;
  colours: ReadonlyMap<string, number>;
  dimmed: boolean;
  onPick: (index: number, key: string | null) => void;
  /** Reads incomplete and missing days again; null where the person may not. */
  onFetchAgain: ((days: string[]) => void) | null;
}

/** The chart with its reading slider, the tooltip and the map of what is stored. */
export function SpendFigure({ answer, colours, dimmed, onPick, onFetchAgain }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [active, setActive] = useState<number | null>(null);
  // the drawing library needs a width in pixels, and the region changes with the window and the panel
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);

  const reading = active === null ? null : answer.buckets[active];
  return (
    <figure className={dimmed ? 'opacity-50' : undefined}>
      <div ref={frame} className="relative" style={{ height: chartHeight }}>
        <div role="img" aria-label={chartSummary(answer)} className="absolute inset-0">
          {width > 0 && (
            <Suspense fallback={<div className="m-4 h-[calc(100%-2rem)] rounded-md bg-hover" />}>
              <SpendChart
                answer={answer}
                colours={colours}
                width={width}
                height={chartHeight}
                active={active}
                onActive={setActive}
                onPick={onPick}
              />
            </Suspense>
          )}
        </div>
        {reading && active !== null && <Reading answer={answer} index={active} colours={colours} width={width} />}
      </div>
      <GapMap answer={answer} />
      <label className="sr-only focus-within:not-sr-only focus-within:block focus-within:px-5 focus-within:py-1 focus-within:text-xs">
        Read the chart bucket by bucket
        <input
          type="range"
          className="block w-full accent-accent"
          min={0}
          max={Math.max(0, answer.buckets.length - 1)}
          value={active ?? answer.buckets.length - 1}
          aria-valuetext={spokenBucket(answer, active ?? answer.buckets.length - 1)}
          onFocus={() => setActive(active ?? answer.buckets.length - 1)}
          onBlur={() => setActive(null)}
          onChange={(event) => setActive(Number(event.target.value))}
          onKeyDown={(event) => {
            const largest = answer.groups.find((group) => (group.values[active ?? 0] ?? null) !== null);
            if (event.key === 'Enter' && active !== null && largest) onPick(active, largest.key);
          }}
        />
      </label>
      <figcaption
        className="flex flex-wrap items-baseline gap-x-2 px-5 pt-1 pb-3 text-xs text-muted"
        style={{ paddingLeft: sides.left }}
      >
        <StoredSentence answer={answer} onFetchAgain={onFetchAgain} />
      </figcaption>
    </figure>
  );
}

/** What the bucket under the pointer holds, beside it and never over it. */
function Reading({
  answer,
  index,
  colours,
  width,
}: {
  answer: SpendAnswer;
  index: number;
  colours: ReadonlyMap<string, number>;
  width: number;
}) {
  const bucket = answer.buckets[index];
  if (!bucket) return null;
  const step = (width - sides.left - sides.right) / answer.buckets.length;
  const right = sides.left + (index + 1) * step + 8;
  const left = right + 230 > width ? sides.left + index * step - 8 - 222 : right;
  const rows = answer.groups
    .map((group) => ({
      id: groupId(group),
      label: group.label,
      value: group.values[index] ?? null,
      colour: `var(--color-chart-${colours.get(groupId(group)) ?? 9})`,
    }))
    .filter(({ value }) => value !== null)
    .sort((a, b) => Number(b.value) - Number(a.value));
  return (
    <div
      aria-hidden
      className="level-1 pointer-events-none absolute top-4 z-50 w-[13.875rem] rounded-lg bg-raised p-2.5 text-xs"
      style={{ left: Math.max(0, left) }}
    >
      <div className="mb-1.5 flex justify-between gap-3 border-b border-line-soft pb-1.5 font-semibold">
        <span>{bucketWords(bucket)}</span>
        <span className="tabular">{formatAmount(answer.total.values[index], answer.unit)}</span>
      </div>
      {bucket.state !== 'stored' && <p className="mb-1 text-warning-ink">{stateWords[bucket.state]}</p>}
      <ul className="grid gap-1">
        {rows.map(({ id, label, value, colour }) => (
          <li key={id} className="flex items-baseline gap-2">
            <span className="size-2.5 shrink-0 self-center rounded-xs" style={{ background: colour }} />
            <span className="min-w-0 flex-1 truncate">{label}</span>
            <span className="tabular">{formatAmount(value, answer.unit)}</span>
          </li>
        ))}
        {answer.others && answer.others.values[index] !== null && (
          <li className="flex items-baseline gap-2 text-muted">
            <span className="size-2.5 shrink-0 self-center rounded-xs bg-chart-others" />
            <span className="flex-1">Others ({answer.others.groups})</span>
            <span className="tabular">{formatAmount(answer.others.values[index], answer.unit)}</span>
          </li>
        )}
      </ul>
    </div>
  );
}

const cellLooks = {
  stored: 'bg-success/80',
  incomplete: 'hatch text-warning shadow-[inset_0_0_0_1px_var(--color-warning)]',
  failed: 'bg-danger',
  missing: 'shadow-[inset_0_0_0_1px_var(--color-line-strong)]',
  today: 'hatch text-muted shadow-[inset_0_0_0_1px_var(--color-line-strong)]',
} as const;

/** One cell for each bar, exactly under it. The sentence below says the same. */
function GapMap({ answer }: { answer: SpendAnswer }) {
  return (
    <div aria-hidden className="flex h-2" style={{ paddingLeft: sides.left, paddingRight: sides.right }}>
      {answer.buckets.map(({ from, state }) => (
        <span key={from} className="flex-1 px-[12%]" style={{ paddingInline: `${12 / answer.buckets.length}%` }}>
          <span className={`block h-full rounded-xs ${cellLooks[state]}`} />
        </span>
      ))}
    </div>
  );
}

function StoredSentence({
  answer: { days, buckets },
  onFetchAgain,
}: {
  answer: SpendAnswer;
  onFetchAgain: Props['onFetchAgain'];
}) {
  const bad = buckets.filter(({ state }) => state === 'incomplete' || state === 'failed' || state === 'missing');
  const parts = [
    `${days.stored} ${days.stored === 1 ? 'day' : 'days'} stored`,
    days.incomplete > 0 && `${days.incomplete} incomplete`,
    days.failed > 0 && `${days.failed} failed`,
    days.missing > 0 && `${days.missing} never read`,
    days.today > 0 && 'today is not over',
  ].filter(Boolean);
  return (
    <>
      <span>{parts.join(' · ')}</span>
      {bad.length > 0 && <span>First: {formatDay(bad[0]?.from ?? '', 'without-year')}.</span>}
      {bad.length > 0 && onFetchAgain && (
        <TextAction size="xs" onPress={() => onFetchAgain(bad.flatMap(({ from, to }) => daysOf(from, to)))}>
          Fetch again
        </TextAction>
      )}
    </>
  );
}

function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let time = Date.parse(`${from}T00:00:00Z`); time < Date.parse(`${to}T00:00:00Z`); time += 86_400_000)
    days.push(new Date(time).toISOString().slice(0, 10));
  return days;
}
