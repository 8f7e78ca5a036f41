import {
  Check,
  CircleCheck,
  CircleDashed,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  Hourglass,
  Minus,
  ShieldCheck,
  ShieldOff,
  ShieldQuestionMark,
  X,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReceiptOutcome } from '../../contract/canopy/receipts.ts';
import type { Open } from '../../contract/open.ts';
import { classes } from './classes.ts';
import { Upstream } from './Upstream.tsx';

type Tone = 'success' | 'warning' | 'danger' | 'info' | 'muted' | 'faint';

const iconTones: Record<Tone, string> = {
  success: 'text-success',
  warning: 'text-warning',
  danger: 'text-danger',
  info: 'text-info',
  muted: 'text-muted',
  faint: 'text-faint',
};

/** An icon and a word; never a colour alone, never a pill. A value that we do not know is shown as it came. */
export function StatusMark({
  icon: Icon,
  tone,
  word = 'ink',
  children,
}: {
  icon: LucideIcon;
  tone: Tone;
  word?: 'ink' | 'muted' | 'faint' | 'warning' | 'danger' | undefined;
  children: ReactNode;
}) {
  const words = {
    ink: 'text-ink',
    muted: 'text-muted',
    faint: 'text-faint',
    warning: 'font-medium text-warning-ink',
    danger: 'text-danger-ink',
  };
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Icon className={classes('size-3.5', iconTones[tone])} />
      <span className={words[word]}>{children}</span>
    </span>
  );
}

function UnknownValue({ value }: { value: string }) {
  return (
    <StatusMark icon={CircleQuestionMark} tone="faint" word="muted">
      <Upstream>{value}</Upstream>
    </StatusMark>
  );
}

export function MemberStatus({ status }: { status: Open<'active' | 'pending' | 'rejected' | 'canceled'> }) {
  switch (status) {
    case 'active':
      return (
        <StatusMark icon={CircleCheck} tone="success">
          Active
        </StatusMark>
      );
    case 'pending':
      return (
        <StatusMark icon={CircleDashed} tone="info">
          Pending
        </StatusMark>
      );
    case 'rejected':
      return (
        <StatusMark icon={CircleX} tone="danger">
          Rejected
        </StatusMark>
      );
    case 'canceled':
      return (
        <StatusMark icon={CircleSlash} tone="muted" word="muted">
          Canceled
        </StatusMark>
      );
    default:
      return <UnknownValue value={status} />;
  }
}

/** Unknown is never shown as off: Cloudflare leaves the value out for some, and single sign-on users read as off. */
export function TwoFactor({ enabled, note }: { enabled: boolean | null | undefined; note?: boolean | undefined }) {
  if (enabled === true)
    return (
      <StatusMark icon={ShieldCheck} tone="muted" word="muted">
        On
      </StatusMark>
    );
  if (enabled === false) {
    return (
      <span className="inline-flex items-baseline gap-1.5">
        <StatusMark icon={ShieldOff} tone="warning" word="warning">
          Off
        </StatusMark>
        {note && <span className="text-xs text-muted">may use SSO</span>}
      </span>
    );
  }
  return (
    <StatusMark icon={ShieldQuestionMark} tone="faint" word="faint">
      Unknown
    </StatusMark>
  );
}

/** Result of an audit event. */
export function ActionResult({
  result,
  iconOnly,
}: {
  result: Open<'success' | 'failure'> | null | undefined;
  iconOnly?: boolean | undefined;
}) {
  const [icon, tone, word]: [LucideIcon, Tone, string] =
    result === 'success'
      ? [Check, 'success', 'Success']
      : result === 'failure'
        ? [X, 'danger', 'Failure']
        : result
          ? [CircleQuestionMark, 'faint', result]
          : [Minus, 'faint', 'Result not given'];
  const Icon = icon;
  if (!iconOnly)
    return (
      <StatusMark icon={icon} tone={tone} word={result === 'failure' ? 'danger' : 'muted'}>
        {word}
      </StatusMark>
    );
  return (
    <span className={classes('inline-flex h-4.5 items-center', iconTones[tone])}>
      <Icon className="size-3.5 [stroke-width:2]" />
      <span className="sr-only">{word}</span>
    </span>
  );
}

/** How a write ended, as its receipt knows it. */
export function ReceiptOutcomeMark({ outcome }: { outcome: Open<ReceiptOutcome> }) {
  switch (outcome) {
    case 'done':
      return (
        <StatusMark icon={CircleCheck} tone="success">
          Done
        </StatusMark>
      );
    case 'pending':
      return (
        <StatusMark icon={Hourglass} tone="info">
          Pending
        </StatusMark>
      );
    case 'refused':
      return (
        <StatusMark icon={CircleSlash} tone="muted">
          Refused
        </StatusMark>
      );
    case 'failed':
      return (
        <StatusMark icon={CircleX} tone="danger" word="danger">
          Failed
        </StatusMark>
      );
    case 'unknown':
      return (
        <StatusMark icon={CircleQuestionMark} tone="warning" word="warning">
          Unknown
        </StatusMark>
      );
    default:
      return <UnknownValue value={outcome} />;
  }
}

export function ShareStatus({ status }: { status: Open<'active' | 'deleting' | 'deleted'> }) {
  switch (status) {
    case 'active':
      return (
        <StatusMark icon={CircleCheck} tone="success">
          Active
        </StatusMark>
      );
    case 'deleting':
      return (
        <StatusMark icon={Hourglass} tone="info">
          Deleting
        </StatusMark>
      );
    case 'deleted':
      return (
        <StatusMark icon={CircleSlash} tone="muted" word="muted">
          Deleted
        </StatusMark>
      );
    default:
      return <UnknownValue value={status} />;
  }
}
