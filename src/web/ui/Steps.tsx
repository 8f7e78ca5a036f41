import { Check, Circle, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatClock } from '../lib/format-time.ts';
import { Spinner } from './Spinner.tsx';

export interface Step {
  id: string;
  state: 'done' | 'running' | 'waiting' | 'failed';
  label: ReactNode;
  /** When it happened, RFC 3339. */
  at?: string | undefined;
}

const marks = {
  done: <Check className="size-3.5 text-success [stroke-width:2]" />,
  running: <Spinner className="size-3.5 text-accent" />,
  waiting: <Circle className="size-3.5 text-line-control" />,
  failed: <X className="size-3.5 text-danger [stroke-width:2]" />,
};

/** What was done, what is under way and what comes, with times. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="grid gap-0.5">
      {steps.map((step) => (
        <li key={step.id} className="flex items-center gap-2">
          {marks[step.state]}
          <span className={step.state === 'waiting' ? 'text-muted' : undefined}>{step.label}</span>
          {step.at && <span className="tabular ml-auto text-muted">{formatClock(step.at)}</span>}
        </li>
      ))}
    </ol>
  );
}
