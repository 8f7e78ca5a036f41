import { CircleCheck, CircleQuestionMark, CircleX, LifeBuoy } from 'lucide-react';
import type { ReactNode } from 'react';
import { plural } from '../lib/format.ts';
import { Spinner } from './Spinner.tsx';

/** Unknown counts as a blocker. */
export type CheckState = 'clear' | 'blocker' | 'support' | 'unknown' | 'running';

const marks: Record<CheckState, { mark: ReactNode; word: string }> = {
  clear: { mark: <CircleCheck className="size-4 text-success" />, word: 'Clear' },
  blocker: { mark: <CircleX className="size-4 text-danger" />, word: 'Blocker' },
  support: { mark: <LifeBuoy className="size-4 text-danger" />, word: 'Only Cloudflare Support' },
  unknown: { mark: <CircleQuestionMark className="size-4 text-warning" />, word: 'Unknown' },
  running: { mark: <Spinner className="size-4 text-accent" />, word: 'Checking' },
};

export interface CheckRowProps {
  state: CheckState;
  fact: ReactNode;
  explanation?: ReactNode;
  /** What to do about it: buttons of size `toolbar`, text actions. */
  children?: ReactNode;
}

/** One preflight check: what was found, what it means, and its repair beside it. */
export function CheckRow({ state, fact, explanation, children }: CheckRowProps) {
  const { mark, word } = marks[state];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-2.25">
      <span className="flex min-w-60 flex-1 items-center gap-3">
        <span className="shrink-0">
          {mark}
          <span className="sr-only">{word}: </span>
        </span>
        <span className="min-w-0">
          <span className={state === 'clear' ? 'block text-muted' : 'block font-medium'}>{fact}</span>
          {explanation && <span className="block text-xs text-muted">{explanation}</span>}
        </span>
      </span>
      {children && <span className="flex items-center gap-4 max-sm:pl-7">{children}</span>}
    </li>
  );
}

/** How many of each kind, in one line above the checks. */
export function checkWords(checks: readonly CheckState[]): string {
  const count = (state: CheckState) => checks.filter((check) => check === state).length;
  if (count('running') > 0) return `Checking, ${count('running')} of ${checks.length} left`;
  const parts = [
    count('blocker') > 0 && `${plural(count('blocker'), 'blocker')} you can clear`,
    count('support') > 0 && `${count('support')} for Cloudflare Support`,
    count('unknown') > 0 && `${count('unknown')} unknown`,
  ].filter(Boolean);
  return parts.length === 0 ? `All ${plural(checks.length, 'check')} clear` : parts.join(', ');
}

/** The list of checks with its summary. `action` reads them again. */
export function CheckList({
  checks,
  action,
  children,
}: {
  checks: readonly CheckState[];
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <div className="flex min-h-8 items-center gap-3 py-1 border-b border-line bg-sunken px-5">
        <output className="text-xs font-semibold">{checkWords(checks)}</output>
        {action && <span className="ml-auto">{action}</span>}
      </div>
      <ul>{children}</ul>
    </>
  );
}
