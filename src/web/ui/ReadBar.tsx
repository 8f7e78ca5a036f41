import { RotateCw, Timer } from 'lucide-react';
import type { ErrorReport } from '../../contract/envelope.ts';
import { useNow } from '../lib/clock.ts';
import { waitsUntil } from '../lib/waits.ts';
import { Button } from './Button.tsx';
import { Notice, StaleBar } from './Notice.tsx';
import { Countdown, useAgainAt } from './RateLimit.tsx';

export interface ReadBarProps {
  /** Why the newest reading failed; null where it did not. It may be under way again. */
  failure: ErrorReport | null | undefined;
  /** When the rows below were read, RFC 3339; nothing where there are none. */
  asOf: string | null | undefined;
  onRetry: () => void;
  working: boolean;
}

/** Older than this is said over the rows, not only in the top bar. */
const oldAfter = 15 * 60_000;

/** Over rows: that reading them waits for Cloudflare, or that they are older than they should be. Mostly nothing. */
export function ReadBar({ failure, asOf, onRetry, working }: ReadBarProps) {
  const now = useNow();
  const until = failure ? waitsUntil(failure) : null;
  useAgainAt(until, onRetry);
  if (failure && until !== null) {
    return (
      <Notice
        tone="warning"
        icon={Timer}
        action={
          <Button size="row" icon={RotateCw} onClick={onRetry}>
            Retry now
          </Button>
        }
      >
        <span role="status" className="font-medium">
          {failure.code === 'rate_budget' ? 'Waiting for the rate budget' : 'Cloudflare asks us to wait'}
        </span>
        <span role="timer" className="text-xs">
          again in <Countdown until={until} />
        </span>
      </Notice>
    );
  }
  if (!asOf) return null;
  if (failure) {
    return <StaleBar asOf={asOf} because={`not read since: ${failure.message}`} onRefresh={onRetry} working={working} />;
  }
  return now - Date.parse(asOf) > oldAfter ? <StaleBar asOf={asOf} onRefresh={onRetry} working={working} /> : null;
}
