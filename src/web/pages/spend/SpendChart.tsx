import { Bar, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import type { BarShapeProps } from 'recharts';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { roundScale } from '../../lib/round-scale.ts';
import { drawnBudget } from './budget-line.ts';
import type { BudgetLine } from './budget-line.ts';
import { chartPoints, groupId, labelEvery, othersKey, reachOf } from './chart-data.ts';
import type { ChartPoint } from './chart-data.ts';
import type { ChartMarker } from './markers.ts';
import { sides as plot } from './plot.ts';
import { bucketStart, formatAmountShort } from './words.ts';

export interface SpendChartProps {
  answer: SpendAnswer;
  colours: ReadonlyMap<string, number>;
  width: number;
  height: number;
  /** The bucket under the pointer or the reading slider. */
  active: number | null;
  /** Buckets that are being selected, first and last. */
  brush: readonly [number, number] | null;
  markers: readonly ChartMarker[];
  budget: BudgetLine | null;
  /** A line across the plot: what is included, in the unit of the answer. Null for none. */
  included: number | null;
  onActive: (index: number | null) => void;
  onPick: (index: number, key: string | null) => void;
  onOthers: () => void;
  onMarker: (index: number) => void;
}

/** A bar segment; a second rectangle hatches what is not settled. */
function Segment({ x, y, width, height, fill, payload }: BarShapeProps) {
  if (!(height > 0)) return <g />;
  const unsettled = (payload as ChartPoint).isPart; // the row of `data` that the bar is drawn from
  const gap = Math.min(0.9, height / 2);
  return (
    <g>
      <rect x={x} y={y} width={width} height={height - gap} fill={fill} />
      {unsettled && <rect x={x} y={y} width={width} height={height - gap} fill="url(#unsettled)" />}
    </g>
  );
}

/** Cannot be the id of a group. */
const paceKey = 'pace';

/** A line over the bars. The pointer is for the bars. */
const overBars = {
  type: 'step',
  dot: false,
  activeDot: false,
  isAnimationActive: false,
  connectNulls: false,
  style: { pointerEvents: 'none' },
} as const;
/** The compared range, with a halo that parts it from the bars. */
const ghostLine = { ...overBars, dataKey: 'previous' } as const;
const ghostStrokes = [
  { stroke: 'var(--color-canvas)', strokeWidth: 3 },
  { stroke: 'var(--color-chart-ghost)', strokeWidth: 1.4, strokeDasharray: '3 2.5' },
] as const;

/** Stacked bars, largest at the bottom, Others on top. Loaded after the numbers, since it brings the drawing library. */
export default function SpendChart(props: SpendChartProps) {
  const { answer, colours, width, height, active, brush, markers, budget, included, onActive, onPick, onOthers, onMarker } =
    props;
  const bars = chartPoints(answer);
  const every = labelEvery(bars.length, Math.max(2, Math.floor((width - plot.left) / 70)));
  const step = (width - plot.left - plot.right) / Math.max(1, bars.length);
  const per = answer.question.granularity;
  // the first of a month is always named, and of a year where bars are months; what would stand too close to it is not
  const isFirst = (from: string) => from.endsWith(per === 'month' ? '-01-01' : '-01');
  const firsts = bars.flatMap(({ from }, index) => (isFirst(from) ? [index] : []));
  const isLabelled = (index: number) =>
    firsts.includes(index)
      ? firsts.length * 50 < width
      : index % every === 0 && firsts.every((first) => Math.abs(first - index) * step > 50);
  const series = [
    ...answer.groups.map((group) => ({
      id: groupId(group),
      key: group.key,
      fill: `var(--color-chart-${colours.get(groupId(group)) ?? 9})`,
    })),
    ...(answer.others ? [{ id: othersKey, key: undefined, fill: 'var(--color-chart-others)' }] : []),
  ];
  const ids = series.map(({ id }) => id);
  const { highest, lowest } = reachOf(bars, ids);
  const { pace, limit } = drawnBudget(budget, highest);
  const points = bars.map((point, index) => Object.assign({}, point, { [paceKey]: pace[index] ?? null }));
  const { maximum, ticks } = roundScale(Math.max(highest, included ?? 0, limit ?? 0, ...pace.map((amount) => amount ?? 0)));
  const heightOf = (amount: number) => plot.top + (1 - amount / maximum) * (height - plot.top - plot.bottom);
  /** Where the bar of a bucket ends; marks stand over it. */
  const topOf = (index: number) => {
    const point = points[index];
    const stacked = point ? reachOf([{ ...point, previous: null }], ids).highest : 0;
    return heightOf(stacked);
  };
  const ghost = points.some(({ previous }) => previous !== null) ? ghostStrokes : [];
  const only = points.length === 1 ? points[0] : undefined;
  const alone = only && only.previous !== null ? heightOf(only.previous) : null;
  return (
    <ComposedChart
      width={width}
      height={height}
      data={points}
      margin={{ ...plot, left: 0, bottom: 0 }}
      barCategoryGap="12%" // on either side
      stackOffset="sign"
      accessibilityLayer={false}
      onMouseMove={({ activeTooltipIndex }) =>
        onActive(activeTooltipIndex === undefined || activeTooltipIndex === null ? null : Number(activeTooltipIndex))
      }
      onMouseLeave={() => onActive(null)}
    >
      <defs>
        <pattern id="unsettled" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2.4" height="5" fill="var(--color-canvas)" />
        </pattern>
      </defs>
      {brush && (
        <rect
          x={plot.left + brush[0] * step}
          y={plot.top}
          width={step * (brush[1] - brush[0] + 1)}
          height={height - plot.top - plot.bottom}
          fill="var(--color-accent-soft)"
          stroke="var(--color-accent-line)"
        />
      )}
      {active !== null && !brush && (
        <rect
          x={plot.left + active * step}
          y={plot.top}
          width={step}
          height={height - plot.top - plot.bottom}
          fill="var(--color-press)"
        />
      )}
      <CartesianGrid vertical={false} stroke="var(--color-chart-grid)" />
      <XAxis
        dataKey="from"
        axisLine={{ stroke: 'var(--color-line-strong)' }}
        tickLine={false}
        interval={0}
        height={plot.bottom}
        tick={({ x, y, index, payload }: { x: number | string; y: number | string; index: number; payload: { value: string } }) =>
          isLabelled(index) ? (
            <text
              x={x}
              y={y}
              dy={10}
              textAnchor="middle"
              fontSize={11}
              className="tabular"
              fontWeight={isFirst(payload.value) ? 600 : 400}
              fill={isFirst(payload.value) ? 'var(--color-ink)' : 'var(--color-chart-axis)'}
            >
              {bucketStart({ from: payload.value }, per)}
            </text>
          ) : (
            <g />
          )
        }
      />
      <YAxis
        width={plot.left}
        axisLine={false}
        tickLine={false}
        domain={[lowest < 0 ? 'auto' : 0, maximum]}
        ticks={lowest < 0 ? [lowest, ...ticks] : ticks}
        tick={({ y, payload }: { y: number | string; payload: { value: number } }) => (
          <text x={plot.left - 8} y={y} dy={4} textAnchor="end" fontSize={11} className="tabular" fill="var(--color-chart-axis)">
            {formatAmountShort(payload.value, answer.unit, ticks[1])}
          </text>
        )}
      />
      {series.map(({ id, key, fill }) => (
        <Bar
          key={`${id} of ${ids.join()}`} // bars are stacked in the order in which they came, so all come anew where one does
          dataKey={id}
          stackId="amount"
          fill={fill}
          isAnimationActive={false}
          shape={Segment}
          onClick={(_, index) => (key === undefined ? onOthers() : onPick(index, key))}
          cursor="pointer"
        />
      ))}
      {ghost.map((line) =>
        // one bucket has no steps: its line goes over its bar
        alone === null ? (
          <Line key={line.stroke} {...ghostLine} {...line} />
        ) : (
          <line key={line.stroke} {...line} x1={plot.left + step * 0.12} x2={plot.left + step * 0.88} y1={alone} y2={alone} />
        ),
      )}
      {pace.length > 0 && (
        <Line {...overBars} dataKey={paceKey} stroke="var(--color-danger)" strokeWidth={1.4} strokeDasharray="1.5 2.5" />
      )}
      {limit !== null && (
        <line
          x1={plot.left}
          x2={width - plot.right}
          y1={heightOf(limit)}
          y2={heightOf(limit)}
          stroke="var(--color-danger)"
          strokeWidth={1.2}
        />
      )}
      {included !== null && (
        <line
          x1={plot.left}
          x2={width - plot.right}
          y1={heightOf(included)}
          y2={heightOf(included)}
          stroke="var(--color-warning)"
          strokeWidth={1.4}
          strokeDasharray="6 3"
        />
      )}
      {markers.map(({ index }) => (
        <path
          key={index}
          d={`M${plot.left + (index + 0.5) * step} ${topOf(index) - 14}l5 5l-5 5l-5 -5Z`}
          fill="var(--color-canvas)"
          stroke="var(--color-warning)"
          strokeWidth={1.6}
          cursor="pointer"
          onClick={() => onMarker(index)}
        />
      ))}
    </ComposedChart>
  );
}
