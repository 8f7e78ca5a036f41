import type { ReactNode } from 'react';
import { useNow } from '../lib/clock.ts';
import { Button } from './Button.tsx';
import { Spinner } from './Spinner.tsx';
import { Strip } from './Strip.tsx';

export interface SlowNoteProps {
  /** What we wait for: "Waiting for accounts of 4 organizations". */
  title: string;
  /** When the waiting began, in milliseconds; the note appears ten seconds later. */
  since: number;
  done?: number | undefined;
  total?: number | undefined;
  /** Requests left, and who is slowest. */
  children?: ReactNode;
  onShow?: (() => void) | undefined;
  showLabel?: string | undefined;
  onStop?: (() => void) | undefined;
}

/** After ten seconds: what we wait for, how much is left, and what can be seen already. */
export function SlowNote({ title, since, done, total, children, onShow, showLabel, onStop }: SlowNoteProps) {
  const now = useNow('second');
  if (now - since < 10_000) return null;
  return (
    <section aria-label={title} className="grid max-w-100 gap-3 p-4">
      <h2 className="flex items-center gap-2 font-semibold">
        <Spinner className="size-4 text-accent" />
        {title}
      </h2>
      {done !== undefined && total !== undefined && (
        <div className="flex items-center gap-2">
          <Strip
            className="flex-1"
            height={6}
            label={`${done} of ${total}`}
            cells={[
              ...Array.from({ length: done }, () => ({ state: 'done' as const })),
              ...Array.from({ length: Math.max(0, total - done) }, () => ({ state: 'waiting' as const })),
            ]}
          />
          <span aria-hidden="true" className="tabular text-muted">
            {done} of {total}
          </span>
        </div>
      )}
      {children && <p className="text-muted">{children}</p>}
      {(onShow ?? onStop) && (
        <div className="flex gap-2">
          {onShow && (
            <Button size="toolbar" onClick={onShow}>
              {showLabel ?? `Show the ${done} that answered`}
            </Button>
          )}
          {onStop && (
            <Button size="toolbar" kind="quiet" onClick={onStop}>
              Stop
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
