import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '../lib/format.ts';
import { classes } from './classes.ts';

/** What every field may say around its control. */
export interface FieldWords {
  label: string;
  /** The name is still read aloud. */
  labelHidden?: boolean | undefined;
  /** The name of this field in Cloudflare's API, in mono under the label. */
  upstreamName?: string | undefined;
  hint?: ReactNode;
  /** What is wrong and how to make it right, one sentence. */
  error?: string | undefined;
  /** Facts at the right of the label. */
  aside?: ReactNode;
  /** Characters used, of how many. */
  count?: { length: number; max: number } | undefined;
  /** `beside`: label in a column of its own, as edit forms have it. */
  layout?: 'stacked' | 'beside' | undefined;
}

/** Ids of the sentences around a control, for `aria-describedby`. */
export function describedBy(id: string, words: FieldWords, own?: string): string | undefined {
  return (
    classes(own, words.error && `${id}-error`, Boolean(words.hint) && `${id}-hint`, words.count && `${id}-count`) || undefined
  );
}

function Count({ id, length, max }: { id: string; length: number; max: number }) {
  return (
    <span id={`${id}-count`} className={classes('tabular text-xs', length > max ? 'font-medium text-danger-ink' : 'text-faint')}>
      {formatCount(length)} of {formatCount(max)}
      <span className="sr-only"> characters</span>
    </span>
  );
}

/** Label, control, and the sentences under it. */
export function Field({
  id,
  words,
  children,
  className,
}: {
  id: string;
  words: FieldWords;
  children: ReactNode;
  className?: string | undefined;
}) {
  const { label, labelHidden, upstreamName, hint, error, aside, count, layout = 'stacked' } = words;
  const beside = layout === 'beside';
  return (
    <div className={classes(beside && 'grid gap-x-5 gap-y-1 sm:grid-cols-[11.25rem_minmax(0,1fr)]', className)}>
      <div className={classes(labelHidden && 'sr-only', beside ? 'sm:pt-1.5' : 'mb-1')}>
        <div className="flex items-baseline justify-between gap-3">
          <label htmlFor={id} className="font-medium">
            {label}
          </label>
          {!beside && (aside ?? (count && <Count id={id} {...count} />)) && (
            <span className="text-xs text-muted">{aside ?? (count && <Count id={id} {...count} />)}</span>
          )}
        </div>
        {upstreamName && <div className="mono text-muted">{upstreamName}</div>}
        {beside && aside && <div className="mt-1">{aside}</div>}
      </div>
      <div className="min-w-0">
        {children}
        {error && (
          <p id={`${id}-error`} className="mt-1 flex gap-1 text-xs text-danger-ink">
            <CircleAlert className="mt-0.5 size-3" />
            {error}
          </p>
        )}
        {hint && (
          <div id={`${id}-hint`} className="mt-1 text-xs text-muted">
            {hint}
          </div>
        )}
        {beside && count && (
          <div className="mt-1">
            <Count id={id} {...count} />
          </div>
        )}
      </div>
    </div>
  );
}

/** The look of what people type into. */
export function inputLook(error: boolean, font: 'sans' | 'mono' = 'sans'): string {
  return classes(
    'block w-full rounded-md border bg-raised px-2.25 text-ink',
    'disabled:border-line disabled:bg-sunken disabled:text-disabled aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-disabled',
    'read-only:aria-disabled:placeholder:text-disabled',
    error ? 'border-danger' : 'border-line-control',
    font === 'mono' ? 'mono text-sm' : 'text-sm',
  );
}
