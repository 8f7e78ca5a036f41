import { CircleQuestionMark, CircleX, Copy, KeyRound, MapPinOff, RotateCw, Timer } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorCode, ErrorReport } from '../../contract/envelope.ts';
import { waitsUntil } from '../lib/waits.ts';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { CopyButton } from './CopyId.tsx';
import { errorDetails, errorLine, upstreamLine } from './error-facts.ts';
import { TextAction } from './Link.tsx';
import { Countdown, RateLimitState, useAgainAt } from './RateLimit.tsx';
import { toasts } from './toasts.ts';
import { Upstream } from './Upstream.tsx';

interface Mark {
  icon: LucideIcon;
  tone: string;
}

const failed: Mark = { icon: CircleX, tone: 'text-danger' };
const credential: Mark = { icon: KeyRound, tone: 'text-warning' };
const absent: Mark = { icon: MapPinOff, tone: 'text-muted' };
const waiting: Mark = { icon: Timer, tone: 'text-warning' };

/** Marks of failures that are not simply failures. */
const marks: Partial<Record<ErrorCode, Mark>> = {
  capability_missing: credential,
  upstream_auth: credential,
  not_found: absent,
  upstream_not_found: absent,
  outcome_unknown: { icon: CircleQuestionMark, tone: 'text-warning' },
  rate_budget: waiting,
  upstream_throttled: waiting,
};

function copyDetails(error: ErrorReport, title: string): void {
  navigator.clipboard.writeText(errorDetails(error, title)).then(
    () => toasts.success({ title: 'Details copied' }),
    () => toasts.failure({ title: 'The browser did not allow copying' }),
  );
}

export interface ErrorStateProps {
  error: ErrorReport;
  /** What failed: "Members of Brightwater Managed IT could not be read". */
  title: string;
  onRetry?: (() => void) | undefined;
  /** What would help more than trying again. */
  actions?: ReactNode;
  /** What we knew before, and what the audit log says. */
  lastKnown?: ReactNode;
}

/** The one design of a failure: one sentence, code and message as sent, both ids, Retry and Copy details. */
export function ErrorState({ error, title, onRetry, actions, lastKnown }: ErrorStateProps) {
  const { icon: Icon, tone } = marks[error.code] ?? failed;
  const said = upstreamLine(error);
  const until = waitsUntil(error);
  if (until !== null) return <RateLimitState error={error} title={title} until={until} onRetry={onRetry} />;
  return (
    <section role="alert" aria-label={title} className="flex max-w-150 gap-3 p-4">
      <Icon className={classes('mt-0.5 size-4', tone)} />
      <div className="min-w-0">
        <h2 className="font-semibold">
          <Upstream>{title}</Upstream>
        </h2>
        <p className="prose-width text-muted">
          {error.message} {error.action}
        </p>
        {lastKnown && <div className="prose-width mt-1 text-muted">{lastKnown}</div>}
        {said && (
          <p className="mt-2">
            <code className="mono inline-block rounded-xs border border-line bg-sunken px-2 py-1 break-words text-ink">
              {said}
            </code>
          </p>
        )}
        <dl className="mt-2 grid grid-cols-[4.75rem_minmax(0,1fr)] text-xs">
          {error.requestId !== 'none' && (
            <>
              <dt className="text-muted">Request ID</dt>
              <dd className="mono truncate">{error.requestId}</dd>
            </>
          )}
          {error.upstream?.rayId && (
            <>
              <dt className="text-muted">Ray ID</dt>
              <dd className="mono truncate">{error.upstream.rayId}</dd>
            </>
          )}
        </dl>
        <div className="mt-3 flex flex-wrap gap-2">
          {onRetry && (
            <Button size="toolbar" icon={RotateCw} onClick={onRetry}>
              Retry
            </Button>
          )}
          {actions}
          <Button size="toolbar" kind={actions ? 'quiet' : 'plain'} icon={Copy} onClick={() => copyDetails(error, title)}>
            Copy details
          </Button>
        </div>
      </div>
    </section>
  );
}

export interface ErrorLineProps {
  error: ErrorReport;
  /** What failed, in a few words; without it the report's own sentence. */
  title?: string | undefined;
  onRetry?: (() => void) | undefined;
  /** What the failure is about when several stand together. */
  className?: string | undefined;
}

/** The same facts in one line, for a cell, a branch or a region that must not grow. What never reached Canopy has no id. */
export function ErrorLine({ error, title, onRetry, className }: ErrorLineProps) {
  const { icon: Icon, tone } = marks[error.code] ?? failed;
  const until = waitsUntil(error);
  const id = error.upstream?.rayId ?? error.requestId;
  useAgainAt(until, onRetry);
  return (
    <div role="alert" className={classes('flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5', className)}>
      <span className="text-danger-ink">
        <Icon className={classes('mr-1.5 inline size-3.5 align-[-0.15em]', tone)} />
        <Upstream>{errorLine(error, title)}</Upstream>
      </span>
      {id !== 'none' && (
        <span className="text-muted">
          {id === error.requestId ? 'Request ID ' : 'Ray ID '}
          <CopyButton text={errorDetails(error, title)} label="details">
            <span className="mono">{id}</span>
          </CopyButton>
        </span>
      )}
      {until !== null && (
        <span role="timer" className="text-muted">
          <Countdown until={until} words={onRetry ? 'again in ' : 'wait '} />
        </span>
      )}
      {onRetry && (
        <TextAction onPress={onRetry} icon={RotateCw}>
          Retry
        </TextAction>
      )}
    </div>
  );
}
