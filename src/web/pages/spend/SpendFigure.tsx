import { Diamond } from 'lucide-react';
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { plural } from '../../lib/format.ts';
import { classes } from '../../ui/classes.ts';
import { TextAction } from '../../ui/Link.tsx';
import type { BudgetLine } from './budget-line.ts';
import { ChartTooltip } from './ChartTooltip.tsx';
import { GapMap, StoredSentence } from './StoredDays.tsx';
import type { ChartMarker } from './markers.ts';
import { sides } from './plot.ts';
import { useBrush } from './use-brush.ts';
import type { Span } from './use-brush.ts';
import { chartSummary, spokenBucket, spokenPace, spokenSpan } from './spoken.ts';
import { bucketStart } from './words.ts';

const SpendChart = lazy(() => import('./SpendChart.tsx'));
const leastHeight = 270;

interface Props {
  answer: SpendAnswer;
  colours: ReadonlyMap<string, number>;
  dimmed: boolean;
  /** What is compared with, in words; null for nothing. */
  compared: string | null;
  /** The budget that is for what is shown; null for none. */
  budget: BudgetLine | null;
  /** What stands where no bar can be drawn. */
  instead: ReactNode;
  /** What was unusual. */
  markers: readonly ChartMarker[];
  /** What is included, where bars are added up over a billing cycle; null elsewhere. */
  included: number | null;
  /** What is said of it under the chart. */
  allowance: ReactNode;
  onPick: (index: number, key: string | null) => void;
  onOthers: () => void;
  onMarker: (index: number) => void;
  onRange: (span: Span) => void;
  /** Reads incomplete and missing days again; null where the person may not. */
  onFetchAgain: ((days: string[]) => void) | null;
}

/** The chart with its reading slider, the tooltip, the brush and the map of what is stored. */
export function SpendFigure(props: Props) {
  const {
    answer,
    colours,
    dimmed,
    compared,
    budget,
    instead,
    markers,
    included,
    allowance,
    onPick,
    onOthers,
    onMarker,
    onRange,
    onFetchAgain,
  } = props;
  const frame = useRef<HTMLDivElement>(null);
  const slider = useRef<HTMLInputElement>(null);
  const [{ width, height }, setSize] = useState({ width: 0, height: leastHeight });
  const [active, setActive] = useState<number | null>(null);
  const brush = useBrush(answer.buckets.length, width, onRange);
  // the drawing library needs pixels, and the region changes with the window and with what stands beside it
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  // bars are drawn anew under the pointer, and what is taken away there never hears that the pointer leaves
  const isReading = active !== null;
  useEffect(() => {
    if (!isReading) return undefined;
    const leave = ({ target }: PointerEvent) => {
      const isOver = target instanceof Node && frame.current?.contains(target);
      if (!isOver && document.activeElement !== slider.current) setActive(null);
    };
    document.addEventListener('pointermove', leave);
    return () => document.removeEventListener('pointermove', leave);
  }, [isReading]);

  const last = Math.max(0, answer.buckets.length - 1);
  const read = Math.min(active ?? last, last);
  return (
    <figure className={classes('flex max-h-[34rem] flex-1 flex-col', dimmed && 'opacity-50')}>
      <div
        ref={frame}
        className="relative flex-1 select-none [&_g]:outline-none"
        style={{ minHeight: leastHeight }}
        {...brush.pointer}
      >
        <div
          role={instead ? undefined : 'img'}
          aria-label={instead ? undefined : chartSummary(answer)}
          className="absolute inset-0"
        >
          {instead}
          {width > 0 && !instead && (
            <Suspense fallback={<div className="m-4 h-[calc(100%-2rem)] rounded-md bg-hover" />}>
              <SpendChart
                answer={answer}
                colours={colours}
                width={width}
                height={height}
                active={active}
                brush={brush.span}
                markers={markers}
                budget={budget}
                included={included}
                onActive={setActive}
                onPick={onPick}
                onOthers={onOthers}
                onMarker={onMarker}
              />
            </Suspense>
          )}
        </div>
        {active !== null && !brush.span && (
          <ChartTooltip
            answer={answer}
            index={read}
            colours={colours}
            compared={compared}
            pace={budget?.pace[read] ?? null}
            width={width}
            marker={markers.find(({ index }) => index === read)}
          />
        )}
        {brush.span && (
          <p
            aria-hidden
            className="level-1 pointer-events-none absolute top-2 left-1/2 z-50 -translate-x-1/2 rounded-md bg-raised px-2.5 py-1 text-xs"
          >
            {spokenSpan(answer, brush.span)}
          </p>
        )}
      </div>
      <GapMap answer={answer} />
      <label className="sr-only focus-within:not-sr-only focus-within:block focus-within:px-(--gutter) focus-within:py-1 focus-within:text-xs">
        Read the chart bucket by bucket; Shift and arrows select a range
        <input
          ref={slider}
          type="range"
          className="block w-full accent-accent"
          min={0}
          max={last}
          value={read}
          aria-valuetext={
            brush.span
              ? spokenSpan(answer, brush.span)
              : `${spokenBucket(answer, read, compared)}${spokenPace(budget, read, answer.unit)}${unusualWords(markers, read)}`
          }
          onFocus={() => setActive(read)}
          onBlur={() => {
            setActive(null);
            brush.leaveKeys();
          }}
          onChange={(event) => setActive(Number(event.target.value))}
          onKeyDown={(event) => {
            if (brush.onKey(event, read, setActive)) return;
            const largest = answer.groups.find((group) => (group.values[read] ?? null) !== null);
            if (event.key === 'Enter' && largest) onPick(read, largest.key);
          }}
        />
      </label>
      <figcaption
        className="flex flex-wrap items-baseline gap-x-2 px-(--gutter) py-1 text-xs text-muted"
        style={{ paddingLeft: sides.left }}
      >
        <StoredSentence answer={answer} onFetchAgain={onFetchAgain} />
        {allowance}
        {markers.length > 0 && (
          <span role="group" aria-label="Anomalies in the chart" className="ml-auto inline-flex flex-wrap items-baseline gap-x-2">
            <span className="inline-flex items-center gap-1">
              <Diamond aria-hidden className="size-2.75 text-warning" /> unusual:
            </span>
            {markers.map(({ index, anomalies }) => (
              <TextAction key={index} size="xs" onPress={() => onMarker(index)}>
                {bucketStart(answer.buckets[index] ?? { from: '' }, answer.question.granularity)}
                {anomalies.length > 1 && ` (${anomalies.length})`}
              </TextAction>
            ))}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

/** What a screen reader hears of a marked bucket. */
function unusualWords(markers: readonly ChartMarker[], at: number): string {
  const marker = markers.find(({ index }) => index === at);
  return marker ? `. ${plural(marker.anomalies.length, 'anomaly', 'anomalies')}` : '';
}
