import { ClockAlert, Hourglass, RotateCw, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNow } from '../lib/clock.ts';
import { formatCountdown, formatSpan } from '../lib/format-time.ts';
import { formatMinute } from '../lib/zoned-time.ts';
import { usePreferences } from '../lib/preferences.ts';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { Strip } from './Strip.tsx';
import type { StripCell } from './Strip.tsx';

export type NoticeTone = 'warning' | 'info' | 'danger' | 'plain';

const tones: Record<NoticeTone, { ground: string; icon: string; words: string }> = {
  warning: { ground: 'border-warning-line bg-warning-soft', icon: 'text-warning', words: 'text-warning-ink' },
  info: { ground: 'border-info-line bg-info-soft', icon: 'text-info', words: 'text-info-ink' },
  danger: { ground: 'border-danger-line bg-danger-soft', icon: 'text-danger', words: 'text-danger-ink' },
  plain: { ground: 'border-line bg-sunken', icon: 'text-warning', words: 'text-muted' },
};

export interface NoticeProps {
  tone: NoticeTone;
  icon?: LucideIcon | undefined;
  children: ReactNode;
  /** One button of size `row`, or a fact, at the right. */
  action?: ReactNode;
}

/** A bar above rows that says what is true of all of them. It never takes the place of the rows. */
export function Notice({ tone, icon: Icon, children, action }: NoticeProps) {
  const look = tones[tone];
  return (
    <div
      className={classes(
        'flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-(--gutter) py-1',
        look.ground,
        look.words,
      )}
    >
      {Icon && <Icon className={classes('size-3.5', look.icon)} />}
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3">{children}</div>
      {action}
    </div>
  );
}

export interface PartialBarProps {
  answered: number;
  total: number;
  /** What answered: "organizations". */
  what?: string | undefined;
  /** Names of the missing, and what follows from it. */
  missing?: ReactNode;
  onRetry?: (() => void) | undefined;
  working?: boolean | undefined;
  cells?: readonly StripCell[] | undefined;
}

/** Some did not answer: how many, which, and Retry for those alone. Nothing at all when everything is there. */
export function PartialBar({ answered, total, what = 'organizations', missing, onRetry, working, cells }: PartialBarProps) {
  const absent = total - answered;
  if (absent <= 0) return null;
  const words = `${answered} of ${total} ${what} answered`;
  return (
    <Notice
      tone="warning"
      icon={TriangleAlert}
      action={
        onRetry && (
          <Button size="row" icon={RotateCw} onClick={onRetry} working={working && 'Retrying…'}>
            Retry {absent}
          </Button>
        )
      }
    >
      <Strip
        label={words}
        className="w-20"
        cells={
          cells ?? [
            ...Array.from({ length: answered }, () => ({ state: 'done' as const })),
            ...Array.from({ length: absent }, () => ({ state: 'failed' as const })),
          ]
        }
      />
      <span className="font-medium">{words}</span>
      {missing && <span className="text-xs">{missing}</span>}
    </Notice>
  );
}

export interface StaleBarProps {
  /** When the shown data was read, RFC 3339. */
  asOf: string;
  /** Why there is nothing newer: "no answer since". */
  because?: ReactNode;
  onRefresh?: (() => void) | undefined;
  working?: boolean | undefined;
}

/** Data that is older than it should be says so, never silently. */
export function StaleBar({ asOf, because, onRefresh, working }: StaleBarProps) {
  const { timeZone } = usePreferences();
  const now = useNow();
  return (
    <Notice
      tone="plain"
      icon={ClockAlert}
      action={
        onRefresh && (
          <Button size="row" icon={RotateCw} onClick={onRefresh} working={working && 'Refreshing…'}>
            Refresh
          </Button>
        )
      }
    >
      <span className="tabular">
        As of {formatMinute(asOf, timeZone)}, {formatSpan(now - Date.parse(asOf))} old
        {because && <>; {because}</>}
      </span>
    </Notice>
  );
}

/** Somebody has just become a member, which takes minutes to reach everywhere. It counts down and is then gone. */
export function SpreadingBar({ who, since, minutes = 5 }: { who: ReactNode; since: string; minutes?: number | undefined }) {
  const { timeZone } = usePreferences();
  const now = useNow('second');
  const left = Date.parse(since) + minutes * 60_000 - now;
  if (!(left > 0)) return null;
  return (
    <Notice tone="info" icon={Hourglass} action={<span className="tabular text-xs">{formatCountdown(left)} left</span>}>
      <span className="font-medium">
        {who} is active since {formatMinute(since, timeZone)}; access spreads within {minutes} minutes
      </span>
    </Notice>
  );
}

/** Two pixels over a region whose rows are being read again. The old rows stay under it. */
export function LoadingBar({ active }: { active: boolean }) {
  if (!active) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 top-0 z-30 h-0.5 overflow-hidden">
      <output className="sr-only">Reading again</output>
      <div className="ui-slide h-full w-2/5 bg-accent" />
    </div>
  );
}
