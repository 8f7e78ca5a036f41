import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { formatDay, formatMonth } from '../../lib/format-time.ts';
import { formatMoney } from '../../lib/format.ts';
import { roundScale } from '../../lib/round-scale.ts';
import { tip } from '../../ui/tip.ts';
import { places } from './places.ts';

const monthOf = (day: string) => day.slice(0, 7);

interface Props {
  answer: SpendAnswer;
  currency: string;
  /** The thirty days before are whole too. */
  compared: boolean;
}

/**
 * One bar a day, from zero, under the line of the thirty days before; days that are not whole are hatched. The table
 * beneath and the spend page have the amounts.
 */
export function DayBars({ answer, currency, compared }: Props) {
  const { buckets, total } = answer;
  const values = total.values.map((value) => (value === null ? null : Number(value)));
  const before = compared ? total.previousValues.map((value) => (value === null ? null : Number(value))) : [];
  const { maximum } = roundScale(Math.max(...values.map((value) => value ?? 0), ...before.map((value) => value ?? 0)));
  const highest = Math.max(...values.map((value) => value ?? 0));
  const first = buckets[0];
  const last = buckets.at(-1);
  const thisMonth = monthOf(last?.from ?? '');
  return (
    <div className={`px-(--gutter) pb-3 ${places.chart}`}>
      <Legend months={[...new Set(buckets.map(({ from }) => monthOf(from)))]} thisMonth={thisMonth} compared={compared} />
      <div
        role="img"
        aria-label={`Cost by day, from ${first?.from ?? ''} to ${last?.from ?? ''}; highest ${formatMoney(String(highest), currency)}`}
        className="relative ml-11 h-33"
      >
        {[1, 0.5, 0].map((share) => (
          <span
            key={share}
            className={`absolute inset-x-0 border-t ${share === 0 ? 'border-line-strong' : 'border-chart-grid'}`}
            style={{ bottom: `${share * 100}%` }}
          >
            <span className="tabular absolute -top-1.75 right-full pr-2 text-2xs text-chart-axis">
              {formatMoney(String(maximum * share), currency, maximum >= 10 ? 'whole' : 'exact')}
            </span>
          </span>
        ))}
        <div className="absolute inset-0 flex">
          {buckets.map((bucket, at) => {
            const value = values[at] ?? null;
            const earlier = before[at] ?? null;
            return (
              <span
                key={bucket.from}
                className="flex h-full min-w-0 flex-1 items-end px-px hover:bg-press sm:px-0.75"
                {...tip(
                  [
                    `${formatDay(bucket.from)}: ${value === null ? 'no record' : formatMoney(total.values[at] ?? '0', currency)}`,
                    bucket.state !== 'stored' && bucket.state,
                    earlier !== null && `${formatMoney(total.previousValues[at] ?? '0', currency)} thirty days before`,
                  ]
                    .filter(Boolean)
                    .join(', '),
                )}
              >
                <span
                  className={`block w-full ${bucket.state === 'stored' ? (monthOf(bucket.from) === thisMonth ? 'bg-chart-1' : 'bg-chart-past') : 'hatch text-chart-1'}`}
                  style={{ height: `${(Math.max(value ?? 0, 0) / maximum) * 100}%` }}
                />
              </span>
            );
          })}
        </div>
        {before.length > 0 && <StepLine values={before} maximum={maximum} />}
      </div>
      <div className="tabular relative mt-1 ml-11 flex h-3.5 text-2xs text-chart-axis">
        {buckets.map(({ from }, at) => (
          <span key={from} className="relative min-w-0 flex-1">
            {isLabelled(from, at, buckets.length) && (
              <span
                className={`absolute top-0 whitespace-nowrap ${at === 0 ? 'left-0' : at === buckets.length - 1 ? 'right-0' : 'left-1/2 -translate-x-1/2'} ${isFirstOfMonth(from) ? 'font-semibold text-ink' : at === 0 || at === buckets.length - 1 ? '' : 'max-sm:hidden'}`}
              >
                {formatDay(from)}
              </span>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}

const isFirstOfMonth = (day: string) => day.endsWith('-01');

/** The ends, the first of a month, and every fifth day that stands clear of both. */
function isLabelled(day: string, at: number, count: number): boolean {
  if (at === 0 || at === count - 1 || isFirstOfMonth(day)) return true;
  const ofMonth = Number(day.slice(8));
  return ofMonth % 5 === 1 && ofMonth > 3 && ofMonth < 29 && at > 2 && at < count - 3;
}

/** The thirty days before as a dashed line, a step a day, over a halo that parts it from the bars. */
function StepLine({ values, maximum }: { values: readonly (number | null)[]; maximum: number }) {
  const path = values
    .map((value, at) => {
      if (value === null) return '';
      const y = 100 - (Math.max(value, 0) / maximum) * 100;
      return `${at === 0 || values[at - 1] === null ? 'M' : 'L'}${at} ${y}H${at + 1}`;
    })
    .join('');
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${values.length} 100`}
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-0 size-full overflow-visible fill-none"
    >
      <path d={path} vectorEffect="non-scaling-stroke" className="stroke-canvas" strokeWidth={3} />
      <path d={path} vectorEffect="non-scaling-stroke" className="stroke-chart-ghost" strokeWidth={1.4} strokeDasharray="3 2.5" />
    </svg>
  );
}

function Legend({ months, thisMonth, compared }: { months: readonly string[]; thisMonth: string; compared: boolean }) {
  return (
    <ul className="mt-1 mb-2.5 flex flex-wrap justify-end gap-x-4 text-xs text-muted">
      {months.map((month) => (
        <li key={month} className="flex items-center gap-1.5">
          <span className={`size-2.5 rounded-xs ${month === thisMonth ? 'bg-chart-1' : 'bg-chart-past'}`} />
          {formatMonth(`${month}-01`).replace(/ \d+$/, '')}
        </li>
      ))}
      {compared && (
        <li className="flex items-center gap-1.5">
          <span className="w-4 border-t-[1.4px] border-dashed border-chart-ghost" />
          30 days before
        </li>
      )}
    </ul>
  );
}
