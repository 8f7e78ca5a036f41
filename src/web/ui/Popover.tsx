import { useId } from 'react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { useFloating } from './floating.ts';
import type { TriggerProps } from './floating.ts';

export interface PopoverProps {
  label: string;
  trigger: (props: TriggerProps) => ReactNode;
  children: ReactNode | ((close: () => void) => ReactNode);
  align?: 'start' | 'end' | undefined;
  /** In pixels of a 16 px root; 340 for an opened estimate. */
  width?: number | undefined;
  className?: string | undefined;
}

const focusable = 'input, select, textarea, button, a[href], [tabindex="0"]';

/** Something small beside its button: an opened estimate, the editor of a filter. Focus goes in and comes back. */
export function Popover({ label, trigger, children, align = 'start', width = 340, className }: PopoverProps) {
  const id = useId();
  const { open, anchor, popover, hide, onPointerDown, onClick, onToggle } = useFloating<HTMLDialogElement>(align, (popover) => {
    const first = popover.querySelector<HTMLElement>(`[data-autofocus], ${focusable}`);
    (first ?? popover).focus();
  });
  return (
    <>
      {trigger({
        ref: anchor,
        id: `${id}-trigger`,
        'aria-haspopup': 'dialog',
        'aria-expanded': open,
        'aria-controls': open ? id : undefined,
        onPointerDown: onPointerDown,
        onClick: onClick,
        onKeyDown: () => undefined,
      })}
      <dialog
        ref={popover}
        id={id}
        popover="auto"
        aria-label={label}
        tabIndex={-1}
        style={{ width: `${width / 16}rem` }}
        className={classes(
          'ui-appear level-1 fixed inset-auto m-0 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg bg-raised',
          className ?? 'p-3',
        )}
        onToggle={onToggle}
      >
        {open && (typeof children === 'function' ? children(hide) : children)}
      </dialog>
    </>
  );
}
