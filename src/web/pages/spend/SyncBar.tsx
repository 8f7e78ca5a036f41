import { Pause, Play } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { sharedReading } from '../../../contract/canopy/shared-reading.ts';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { formatSpan } from '../../lib/format-time.ts';
import { useRole } from '../../queries/role.ts';
import { useControlSpendSync } from '../../queries/spend.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Strip } from '../../ui/Strip.tsx';
import { asOfWords, isLate } from './freshness.ts';

const Failures = lazy(async () => ({ default: (await import('./Failures.tsx')).Failures }));

/** What the reading of usage is doing, how old that leaves the data, and what it could not read. Loaded where there is something to say. */
export function SyncBar({ state, whyNot }: { state: SpendState; whyNot: string | false }) {
  const control = useControlSpendSync();
  const { session } = useRole();
  const whyNotAll = whyNot || (session.scopeOrganizationId !== null && sharedReading);
  const { sync, failures } = state;
  const act = (action: 'start' | 'pause' | 'resume', label: string, icon: typeof Play) => (
    <Button
      size="toolbar"
      icon={icon}
      disabledReason={action === 'start' ? whyNot : whyNotAll}
      working={control.isPending && 'Asking…'}
      onClick={() => control.mutate({ action })}
    >
      {label}
    </Button>
  );
  const asOf = asOfWords(state);
  const share = sync.total === 0 ? 0 : sync.done / sync.total;
  const toGo = sync.secondsLeft === null ? '' : ` At least ${formatSpan(sync.secondsLeft * 1000)} to go.`;
  return (
    <>
      {sync.status !== 'idle' && (
        <Notice
          tone={sync.status === 'running' || sync.secondsLeft !== null ? 'info' : 'warning'}
          action={sync.status === 'paused' ? act('resume', 'Resume', Play) : act('pause', 'Pause', Pause)}
        >
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1" role="status">
            <span>
              {sync.status === 'paused'
                ? `Reading usage is paused. ${asOf}`
                : sync.status === 'waiting'
                  ? `Reading usage waits. ${sync.waitingFor ?? 'The request budget has no room.'}${toGo} ${asOf}`
                  : `Reading usage from Cloudflare, day by day.${isLate(state) ? ` ${asOf}` : ''}`}
            </span>
            {sync.total > 0 && !(sync.status === 'paused' && sync.done === sync.total) && (
              <>
                <Strip
                  className="w-40"
                  height={6}
                  label={`${Math.floor(share * 100)}% read`}
                  cells={[
                    { state: 'done', count: sync.done },
                    { state: 'waiting', count: Math.max(0, sync.total - sync.done) },
                  ]}
                />
                <span className="tabular text-muted">
                  {formatCount(sync.done)} of {plural(sync.total, 'organization day')}, {plural(sync.records, 'record')}
                </span>
              </>
            )}
          </div>
        </Notice>
      )}
      {sync.status === 'idle' && failures.length === 0 && isLate(state) && (
        <Notice tone="warning" action={act('start', 'Read now', Play)}>
          <span role="status">{asOf} The days after it were not read yet.</span>
        </Notice>
      )}
      {control.error && (
        <ErrorLine className="px-(--gutter) py-1.5" error={control.error.report} title="The sync did not answer" />
      )}
      {failures.length > 0 && (
        <Suspense fallback={<div className="h-9 shrink-0 border-b border-line bg-warning-soft" />}>
          <Failures state={state} whyNot={whyNot} onFetch={(read) => control.mutate({ action: 'fetch', ...read })} />
        </Suspense>
      )}
    </>
  );
}
