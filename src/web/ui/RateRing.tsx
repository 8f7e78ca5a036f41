import type { ReactNode } from 'react';
import { classes } from './classes.ts';

/** Share of the five-minute request budget that is left. Under 25% it warns, under 10% it is in danger. */
export function RateRing({
  remaining,
  limit,
  words,
  className = 'size-3.5',
}: {
  remaining: number;
  limit: number;
  words?: ReactNode;
  className?: string | undefined;
}) {
  const share = limit > 0 ? Math.max(0, Math.min(1, remaining / limit)) : 0;
  const tone = share < 0.1 ? 'text-danger' : share < 0.25 ? 'text-warning' : 'text-accent';
  const round = 2 * Math.PI * 5.5;
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg
        viewBox="0 0 14 14"
        className={classes('shrink-0 -rotate-90', className)}
        fill="none"
        strokeWidth="3"
        aria-hidden="true"
      >
        <circle cx="7" cy="7" r="5.5" className="stroke-line-strong" />
        <circle cx="7" cy="7" r="5.5" className={tone} stroke="currentColor" strokeDasharray={`${share * round} ${round}`} />
      </svg>
      {words ?? <span className="tabular text-muted">{Math.round(share * 100)}%</span>}
    </span>
  );
}
