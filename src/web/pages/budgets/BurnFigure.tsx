import { lazy, Suspense, useLayoutEffect, useRef, useState } from 'react';
import type { BudgetDetail } from '../../../contract/canopy/budgets.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatMoney } from '../../lib/format.ts';
import { standingSentence } from './words.ts';

const BurnChart = lazy(() => import('./BurnChart.tsx'));
const height = 220;

type Day = BudgetDetail['days'][number];

/** What one day says, in words. */
export function spokenDay({ day, used, expected, low, high, planned }: Day, currency: string): string {
  const money = (amount: string) => formatMoney(amount, currency);
  const seen = used === null ? null : `${money(used)} used`;
  const ahead =
    used === null && expected !== null
      ? `${money(expected)} expected, ${money(low ?? expected)} to ${money(high ?? expected)}`
      : null;
  return `${formatDay(day)}: ${seen ?? ahead ?? 'nothing known'}; ${money(planned)} in an even month`;
}

/** Spend and forecast, added up, against an even month. The sentence, the slider and the table say the same. */
export function BurnFigure({ detail }: { detail: BudgetDetail }) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const today = Math.max(0, detail.standing.elapsed.days - 1);
  const [active, setActive] = useState<number | null>(null);
  // the drawing library needs pixels
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  const read = detail.days[active ?? today];
  return (
    <figure>
      <div ref={frame} role="img" aria-label={standingSentence(detail)} style={{ height }}>
        {width > 0 && (
          <Suspense fallback={<div className="h-full rounded-md bg-hover" />}>
            <BurnChart detail={detail} width={width} height={height} active={active} onActive={setActive} />
          </Suspense>
        )}
      </div>
      <label className="sr-only focus-within:not-sr-only focus-within:block focus-within:text-xs">
        Read the burn-down day by day
        <input
          type="range"
          className="block w-full accent-accent"
          min={0}
          max={detail.days.length - 1}
          value={active ?? today}
          aria-valuetext={read ? spokenDay(read, detail.currency) : ''}
          onFocus={() => setActive(today)}
          onBlur={() => setActive(null)}
          onChange={(event) => setActive(Number(event.target.value))}
        />
      </label>
      <figcaption className="mt-1 grid gap-1 text-xs text-muted">
        <span className="flex flex-wrap gap-x-4">
          <Key className="border-t-2 border-accent">Used</Key>
          <Key className="border-t-2 border-dashed border-accent">Expected, 80% band</Key>
          <Key className="border-t border-dashed border-chart-ghost">Even month</Key>
          <Key className="border-t border-danger">Budget</Key>
        </span>
        <span aria-hidden="true" className="tabular min-h-4 text-ink">
          {read && spokenDay(read, detail.currency)}
        </span>
        <span>What is left of the forecast is spread evenly over the days to come.</span>
      </figcaption>
    </figure>
  );
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={`inline-block w-4 ${className}`} />
      {children}
    </span>
  );
}

/** The same as rows. */
export function BurnTable({ detail: { days, currency } }: { detail: BudgetDetail }) {
  const money = (amount: string | null) => (amount === null ? '–' : formatMoney(amount, currency));
  return (
    <table aria-label="Added up, day by day" className="w-full text-left">
      <thead className="text-xs text-muted">
        <tr>
          <th className="py-0.5 font-medium">Day</th>
          <th className="py-0.5 text-right font-medium">Used</th>
          <th className="py-0.5 text-right font-medium">Expected</th>
          <th className="py-0.5 text-right font-medium">Even month</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, state, used, expected, planned }) => (
          <tr key={day} className="border-t border-line-soft">
            <td className="py-0.5">
              {formatDay(day)}
              {(state === 'incomplete' || state === 'failed' || (state === 'missing' && used !== null)) && (
                <span className="text-xs text-warning-ink"> {state}</span>
              )}
            </td>
            <td className="tabular py-0.5 text-right">{money(used)}</td>
            <td className="tabular py-0.5 text-right text-muted">{used === null ? money(expected) : '–'}</td>
            <td className="tabular py-0.5 text-right text-muted">{money(planned)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
