import { Pause, Play, RotateCw } from 'lucide-react';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { isolated } from '../../lib/bidi.ts';
import { useControlSpendSync } from '../../queries/spend.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Strip } from '../../ui/Strip.tsx';

/** What the reading of usage is doing, and what it could not read. Says nothing when all is well. */
export function SyncBar({ state, whyNot }: { state: SpendState; whyNot: string | false }) {
  const control = useControlSpendSync();
  const { sync, failures } = state;
  const act = (action: 'start' | 'pause' | 'resume', label: string, icon: typeof Play) => (
    <Button
      size="toolbar"
      icon={icon}
      disabledReason={whyNot}
      working={control.isPending && 'Asking…'}
      onClick={() => control.mutate({ action })}
    >
      {label}
    </Button>
  );
  const share = sync.total === 0 ? 0 : sync.done / sync.total;
  return (
    <>
      {sync.status !== 'idle' && (
        <Notice
          tone={sync.status === 'running' ? 'info' : 'warning'}
          action={sync.status === 'paused' ? act('resume', 'Resume', Play) : act('pause', 'Pause', Pause)}
        >
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1" role="status">
            <span>
              {sync.status === 'paused'
                ? 'Reading usage is paused.'
                : sync.status === 'waiting'
                  ? `Reading usage waits. ${sync.waitingFor ?? 'The request budget has no room.'}`
                  : 'Reading usage from Cloudflare, day by day.'}
            </span>
            {sync.total > 0 && (
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
      {control.error && <ErrorLine error={control.error.report} title="The sync did not answer" />}
      {failures.length > 0 && (
        <details className="border-b border-line bg-warning-soft">
          <summary className="px-5 py-2 font-medium text-warning-ink">{`${plural(failures.length, 'organization day')} could not be read`}</summary>
          <ul className="px-5 pb-2">
            {failures.map((failure) => (
              <li key={`${failure.organizationId} ${failure.day}`}>
                <ErrorLine
                  error={failure.error}
                  title={`${isolated(failure.organizationName)}, ${failure.day}, tried ${plural(failure.attempts, 'time')}`}
                />
              </li>
            ))}
          </ul>
          <div className="px-5 pb-3">
            <Button
              size="toolbar"
              icon={RotateCw}
              disabledReason={whyNot}
              onClick={() =>
                control.mutate({
                  action: 'fetch',
                  days: [...new Set(failures.map(({ day }) => day))],
                  organizationIds: [...new Set(failures.map(({ organizationId }) => organizationId))],
                })
              }
            >
              Fetch again
            </Button>
          </div>
        </details>
      )}
    </>
  );
}
