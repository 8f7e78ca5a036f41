import { Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNow } from '../lib/clock.ts';
import { formatClock, formatCountdown, zoneName } from '../lib/format-time.ts';
import { usePreferences } from '../lib/preferences.ts';
import { RateRing } from './RateRing.tsx';

export interface RateLimitStateProps {
  title?: string | undefined;
  /** When it goes on, RFC 3339. */
  until: string;
  /** Why, in one sentence. */
  children?: ReactNode;
  /** How many requests wait. */
  queued?: number | undefined;
  actions?: ReactNode;
}

const budgetPeriod = 300_000;

/** Cloudflare asked us to wait: how long, and that it goes on by itself. */
export function RateLimitState({ title = 'Cloudflare asked us to wait', until, children, queued, actions }: RateLimitStateProps) {
  const { timeZone } = usePreferences();
  const now = useNow('second');
  const left = Math.max(0, Date.parse(until) - now);
  return (
    <section aria-label={title} className="flex max-w-150 gap-3 p-4">
      <Timer className="mt-0.5 size-4 text-warning" />
      <div>
        <h2 className="font-semibold">{title}</h2>
        {children && <p className="prose-width text-muted">{children}</p>}
        <div className="mt-2">
          <RateRing
            remaining={budgetPeriod - Math.min(budgetPeriod, left)}
            limit={budgetPeriod}
            className="size-8"
            words={
              <span className="ml-1">
                <span className="tabular block text-lg font-semibold">{formatCountdown(left)}</span>
                <span className="tabular block text-xs text-muted">
                  continues at {formatClock(until, timeZone)} {zoneName(timeZone)}
                  {queued !== undefined && `, ${queued} requests queued`}
                </span>
              </span>
            }
          />
        </div>
        {actions && <div className="mt-3 flex gap-2">{actions}</div>}
      </div>
    </section>
  );
}
