import { Check, CircleQuestionMark, Minus, X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
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

/** A value that upstream may add one day, shown as it came. */
export function UnknownValue({ value }: { value: string }) {
  return (
    <StatusMark icon={CircleQuestionMark} tone="faint" word="muted">
      <Upstream>{value}</Upstream>
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
