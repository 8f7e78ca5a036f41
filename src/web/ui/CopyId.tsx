import { Check, Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { shortId } from '../lib/format.ts';
import { classes } from './classes.ts';
import { tip } from './tip.ts';
import { toasts } from './toasts.ts';

/** Copies a text and says so for two seconds. A refusal by the browser is a failure toast with the text in it. */
function useCopy(text: string): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setCopied(false), 2000);
      },
      () => toasts.failure({ title: 'The browser did not allow copying', note: text }),
    );
  };
  return { copied, copy };
}

export interface CopyButtonProps {
  text: string;
  /** What is copied: "organization ID". */
  label: string;
  children?: ReactNode;
  className?: string | undefined;
}

/** A small button that copies; its icon turns into a check for a moment. */
export function CopyButton({ text, label, children, className }: CopyButtonProps) {
  const { copied, copy } = useCopy(text);
  const Icon = copied ? Check : Copy;
  return (
    <>
      <button
        type="button"
        aria-label={`Copy ${label}`}
        className={classes(
          'relative inline-flex items-center gap-1.25 rounded-xs text-left before:absolute before:-inset-1 hover:text-ink',
          // an icon alone is small in its line, and large enough to be hit
          children === undefined && '-m-1.25 size-6 justify-center',
          className,
        )}
        onClick={copy}
        {...tip(copied ? 'Copied' : `Copy ${label}`)}
      >
        {children}
        <Icon className={classes('size-3.25', copied ? 'text-success' : 'text-muted')} />
      </button>
      <CopiedNews copied={copied} />
    </>
  );
}

/** Tells screen readers, which do not see the icon change. */
function CopiedNews({ copied }: { copied: boolean }) {
  return <output className="sr-only">{copied ? 'Copied' : ''}</output>;
}

export interface CopyIdProps {
  id: string;
  /** What it is the id of: "organization ID". */
  label?: string | undefined;
  form?: 'short' | 'full' | undefined;
  /** `cell`: faint and without an icon, in columns of ids. */
  look?: 'fact' | 'cell' | undefined;
}

/** An id in mono, shortened to its ends; a click copies all of it. */
export function CopyId({ id, label = 'ID', form = 'short', look = 'fact' }: CopyIdProps) {
  const { copied, copy } = useCopy(id);
  const Icon = copied ? Check : Copy;
  return (
    <>
      <button
        type="button"
        aria-label={`Copy ${label} ${id}`}
        className={classes(
          'inline-flex max-w-full items-center gap-1.25 rounded-xs text-left',
          look === 'cell' && 'text-faint hover:text-ink',
        )}
        onClick={copy}
        {...tip(copied ? 'Copied' : id)}
      >
        <span className="mono truncate">{look === 'cell' && copied ? 'copied' : form === 'short' ? shortId(id) : id}</span>
        {look === 'fact' && <Icon className={classes('size-3.25 shrink-0', copied ? 'text-success' : 'text-muted')} />}
      </button>
      <CopiedNews copied={copied} />
    </>
  );
}
