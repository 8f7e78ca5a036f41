import { CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import type { BudgetDetail } from '../../../contract/canopy/budgets.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatMoney } from '../../lib/format.ts';

interface Props {
  detail: BudgetDetail;
  width: number;
  height: number;
  /** The day under the pointer or the slider. */
  active: number | null;
  onActive: (index: number | null) => void;
}

const sides = { left: 52, right: 8, top: 14, bottom: 26 };

/** Four intervals to a round maximum: 1, 2, 2.5 or 5 times ten. */
export function roundTicks(highest: number): number[] {
  const least = Math.max(highest, 0.000_004) / 4;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= least) ?? 10) * power;
  return Array.from({ length: 5 }, (_, at) => at * step);
}

const numberOf = (amount: string | null): number | null => (amount === null ? null : Number(amount));
const still = { dot: false, activeDot: false, isAnimationActive: false, connectNulls: false, type: 'linear' } as const;

/** Lines of the month. Loaded after the numbers, since it brings the drawing library. */
export default function BurnChart({ detail, width, height, active, onActive }: Props) {
  const amount = Number(detail.standing.amount);
  const points = detail.days.map(({ day, used, expected, low, high, planned }) => ({
    day,
    used: numberOf(used),
    expected: numberOf(expected),
    low: numberOf(low),
    high: numberOf(high),
    planned: Number(planned),
    amount,
  }));
  const highest = Math.max(amount, ...points.flatMap((point) => [point.used ?? 0, point.high ?? 0]));
  const isLabelled = (index: number) => index % Math.ceil(points.length / Math.max(2, Math.floor(width / 80))) === 0;
  const money = (value: number) =>
    value >= 10_000
      ? new Intl.NumberFormat('en-US', {
          style: 'currency',
          currency: detail.currency,
          notation: 'compact',
          maximumFractionDigits: 1,
        }).format(value)
      : formatMoney(String(value), detail.currency, highest >= 10 ? 'whole' : 'exact');
  const ticks = roundTicks(highest);
  const step = (width - sides.left - sides.right) / Math.max(1, points.length - 1);
  return (
    <ComposedChart
      width={width}
      height={height}
      data={points}
      margin={{ left: 0, right: sides.right, top: sides.top, bottom: 4 }}
      accessibilityLayer={false}
      onMouseMove={({ activeTooltipIndex }) =>
        onActive(activeTooltipIndex === undefined || activeTooltipIndex === null ? null : Number(activeTooltipIndex))
      }
      onMouseLeave={() => onActive(null)}
    >
      {active !== null && (
        <rect
          x={sides.left + active * step - 0.5}
          y={sides.top}
          width={1}
          height={height - sides.top - sides.bottom}
          fill="var(--color-line-strong)"
        />
      )}
      <CartesianGrid vertical={false} stroke="var(--color-chart-grid)" />
      <XAxis
        dataKey="day"
        axisLine={{ stroke: 'var(--color-line-strong)' }}
        tickLine={false}
        interval={0}
        height={22}
        tick={({ x, y, index, payload }: { x: number | string; y: number | string; index: number; payload: { value: string } }) =>
          isLabelled(index) ? (
            <text x={x} y={y} dy={10} textAnchor="middle" fontSize={11} className="tabular" fill="var(--color-chart-axis)">
              {formatDay(payload.value, 'without-year')}
            </text>
          ) : (
            <g />
          )
        }
      />
      <YAxis
        width={sides.left}
        axisLine={false}
        tickLine={false}
        domain={[0, ticks.at(-1) ?? 1]}
        ticks={ticks}
        tick={({ y, payload }: { y: number | string; payload: { value: number } }) => (
          <text x={44} y={y} dy={4} textAnchor="end" fontSize={11} className="tabular" fill="var(--color-chart-axis)">
            {money(payload.value)}
          </text>
        )}
      />
      <Line {...still} dataKey="amount" stroke="var(--color-danger)" strokeWidth={1} />
      <Line {...still} dataKey="planned" stroke="var(--color-chart-ghost)" strokeDasharray="3 2.5" strokeWidth={1.4} />
      <Line {...still} dataKey="low" stroke="var(--color-accent)" strokeOpacity={0.55} strokeDasharray="1 3" strokeWidth={1.2} />
      <Line {...still} dataKey="high" stroke="var(--color-accent)" strokeOpacity={0.55} strokeDasharray="1 3" strokeWidth={1.2} />
      <Line {...still} dataKey="expected" stroke="var(--color-accent)" strokeDasharray="5 3" strokeWidth={1.8} />
      <Line {...still} dataKey="used" stroke="var(--color-accent)" strokeWidth={2} />
    </ComposedChart>
  );
}
