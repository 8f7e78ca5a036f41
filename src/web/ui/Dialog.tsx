import { X } from 'lucide-react';
import { useEffectEvent, useId, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { IconButton } from './IconButton.tsx';
import { Upstream } from './Upstream.tsx';

export interface DialogProps {
  title: string;
  /** One sentence: what will happen. */
  consequence?: ReactNode;
  /** 480 or, for preflights, 624. */
  size?: 'plain' | 'preflight' | undefined;
  onClose: () => void;
  /** What happens next, at the left of the foot. */
  note?: ReactNode;
  /** Label of the button that leaves everything as it is. */
  cancel?: string | undefined;
  /** The act: one Button. Its label names what it does. */
  act?: ReactNode;
  /** Where the focus starts: `cancel` for anything that cannot be taken back. */
  focus?: 'cancel' | 'first' | undefined;
  children?: ReactNode;
}

/**
 * A native modal dialog; it is open while it is rendered. The page behind it is inert, Escape cancels, and the focus
 * returns to where it was. On a phone it is a sheet of full height.
 */
export function Dialog({
  title,
  consequence,
  size = 'plain',
  onClose,
  note,
  cancel = 'Cancel',
  act,
  focus = 'first',
  children,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const consequenceId = useId();
  const startAt = useEffectEvent((element: HTMLDialogElement) => {
    if (focus === 'cancel') element.querySelector<HTMLElement>('[data-cancel]')?.focus();
    else {
      const first = element.querySelector<HTMLElement>(
        '[data-autofocus], [data-body] :is(input, select, textarea, button, a[href]), [data-cancel]',
      );
      first?.focus();
    }
  });

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return undefined;
    element.showModal();
    startAt(element);
    // closed before it is removed, so that the browser gives the focus back
    return () => element.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      aria-describedby={consequence ? consequenceId : undefined}
      className={classes(
        'ui-appear-far level-2 m-0 mx-auto mt-19 flex max-h-[calc(100dvh-6.5rem)] w-full flex-col overflow-hidden rounded-lg bg-raised p-0 text-sm backdrop:bg-backdrop',
        size === 'plain' ? 'max-w-120' : 'max-w-156',
        'max-sm:mt-0 max-sm:h-dvh max-sm:max-h-none max-sm:max-w-none max-sm:rounded-none',
      )}
      onCancel={(event) => {
        // a file picker inside the dialog cancels too
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onClose={(event) => {
        if (event.target === event.currentTarget && !event.currentTarget.open) onClose();
      }}
    >
      <header className="shrink-0 border-b border-line px-5 pt-4.25 pb-3">
        <div className="flex items-start gap-3">
          <h2 id={titleId} className="min-w-0 flex-1 text-lg font-semibold break-words">
            <Upstream>{title}</Upstream>
          </h2>
          <IconButton icon={X} label="Close" size="row" onClick={onClose} />
        </div>
        {consequence && (
          <div id={consequenceId} className="mt-0.25 text-muted">
            {consequence}
          </div>
        )}
      </header>
      <div data-body="" className="min-h-0 flex-1 overflow-y-auto">
        {children}
      </div>
      <footer className="flex min-h-14.5 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-sunken px-5 py-2.5">
        {note && <div className="min-w-0 flex-1 text-xs text-muted">{note}</div>}
        <div className="ml-auto flex items-center gap-2 max-sm:w-full max-sm:*:h-10 max-sm:*:flex-1">
          <Button data-cancel="" onClick={onClose}>
            {cancel}
          </Button>
          {act}
        </div>
      </footer>
    </dialog>
  );
}

/** A part of a dialog's body, parted from the next by a line. */
export function DialogSection({ children }: { children: ReactNode }) {
  return <div className="grid gap-3 border-line px-5 py-3.5 not-last:border-b">{children}</div>;
}
