import { RotateCw, Timer } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import type { ErrorReport } from '../../contract/envelope.ts';
import { useNow } from '../lib/clock.ts';
import { formatClock, formatCountdown } from '../lib/format-time.ts';
import { zoneName } from '../lib/zoned-time.ts';
import { usePreferences } from '../lib/preferences.ts';
import { Button } from './Button.tsx';
import { RateRing } from './RateRing.tsx';

/** The longest wait that upstream or the budget asks for. */
const longestWait = 300_000;

/** Asks again by itself when the time to wait is over. */
export function useAgainAt(until: number | null, again: (() => void) | undefined): void {
  const act = useEffectEvent(() => again?.());
  useEffect(() => {
    if (until === null || until <= Date.now()) return undefined; // it was over before this was shown: whoever shows it asks
    const timer = setTimeout(act, until - Date.now());
    return () => clearTimeout(timer);
  }, [until]);
}

/** `0:42`, going down. With words before it, it is gone with them when the wait is over. */
export function Countdown({ until, words }: { until: number; words?: string }) {
  const left = until - useNow('second');
  return (
    <span className="tabular">{words === undefined ? formatCountdown(left) : left > 0 && words + formatCountdown(left)}</span>
  );
}

export interface RateLimitStateProps {
  error: ErrorReport;
  /** What could not be read. */
  title: string;
  /** When it goes on, milliseconds since 1970. */
  until: number;
  onRetry?: (() => void) | undefined;
}

/** Cloudflare, or the rate budget, asks us to wait: how long, and that it goes on by itself. */
export function RateLimitState({ error, title, until, onRetry }: RateLimitStateProps) {
  const { timeZone } = usePreferences();
  const left = Math.max(0, until - useNow('second'));
  useAgainAt(until, onRetry);
  const at = new Date(until).toISOString();
  return (
    <section aria-label={title} className="flex max-w-150 gap-3 p-4">
      <Timer className="mt-0.5 size-4 text-warning" />
      <div>
        <div role="alert">
          <h2 className="font-semibold">
            {error.code === 'rate_budget' ? 'Waiting for the rate budget' : 'Cloudflare asked us to wait'}
          </h2>
          <p className="prose-width text-muted">
            {title} yet. {error.message}
          </p>
        </div>
        <div className="mt-2">
          <RateRing
            remaining={longestWait - Math.min(longestWait, left)}
            limit={longestWait}
            className="size-8"
            words={
              <span className="ml-1">
                <span role="timer" className="block text-lg font-semibold">
                  <Countdown until={until} />
                </span>
                <span className="tabular block text-xs text-muted">
                  continues by itself at {formatClock(at, timeZone)} {zoneName(timeZone)}
                </span>
              </span>
            }
          />
        </div>
        {onRetry && (
          <div className="mt-3 flex gap-2">
            <Button size="toolbar" icon={RotateCw} onClick={onRetry}>
              Retry now
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}
