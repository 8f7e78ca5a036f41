import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent as ReactKeyboardEvent, RefObject } from 'react';
import { flushSync } from 'react-dom';

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const edge = 8;

/**
 * Where a floating box goes: under its anchor, or over it where there is more room; within the window in any case.
 * `align` says which sides line up.
 */
export function placeBeside(
  anchor: Box,
  size: { width: number; height: number },
  view: { width: number; height: number },
  align: 'start' | 'center' | 'end' = 'start',
  gap = 4,
): { left: number; top: number; side: 'below' | 'above'; room: number } {
  const below = view.height - (anchor.top + anchor.height) - gap - edge;
  const above = anchor.top - gap - edge;
  const side = size.height <= below || below >= above ? 'below' : 'above';
  const room = side === 'below' ? below : above;
  const height = Math.min(size.height, room);
  const wanted =
    align === 'start'
      ? anchor.left
      : align === 'end'
        ? anchor.left + anchor.width - size.width
        : anchor.left + (anchor.width - size.width) / 2;
  return {
    left: Math.round(Math.max(edge, Math.min(wanted, view.width - size.width - edge))),
    top: Math.round(side === 'below' ? anchor.top + anchor.height + gap : anchor.top - gap - height),
    side,
    room,
  };
}

/** Puts an open popover beside its anchor. */
export function place(popover: HTMLElement, anchor: HTMLElement, align: 'start' | 'center' | 'end', gap?: number): void {
  popover.style.maxHeight = '';
  const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
  const size = { width: popover.offsetWidth, height: popover.offsetHeight };
  const at = placeBeside(anchor.getBoundingClientRect(), size, view, align, gap);
  popover.style.left = `${at.left}px`;
  popover.style.top = `${at.top}px`;
  popover.style.maxHeight = `${at.room}px`;
  popover.style.setProperty('--from', at.side === 'below' ? '-0.25rem' : '0.25rem');
}

/** What a trigger needs: spread it on a Button, an IconButton or a `button`. */
export interface TriggerProps {
  ref: RefObject<HTMLButtonElement | null>;
  id: string;
  'aria-haspopup': 'menu' | 'dialog' | 'listbox';
  'aria-expanded': boolean;
  'aria-controls': string | undefined;
  onPointerDown: () => void;
  onClick: () => void;
  onKeyDown: (event: ReactKeyboardEvent<HTMLButtonElement>) => void;
}

interface Floating<Surface extends HTMLElement> {
  open: boolean;
  anchor: RefObject<HTMLButtonElement | null>;
  popover: RefObject<Surface | null>;
  show: (then?: (popover: HTMLElement) => void) => void;
  hide: () => void;
  /** For the trigger's pointer and click: a press on the trigger of an open popover closes it. */
  onPointerDown: () => void;
  onClick: () => void;
  onToggle: (event: { newState: string }) => void;
}

/**
 * A native popover beside its trigger. The browser brings the top layer, light dismissal, Escape and the return of the
 * focus; we bring the place. Its content is rendered only while it is open.
 */
export function useFloating<Surface extends HTMLElement>(
  align: 'start' | 'end',
  onOpened: (popover: HTMLElement) => void,
): Floating<Surface> {
  const anchor = useRef<HTMLButtonElement>(null);
  const popover = useRef<Surface>(null);
  const openAtPress = useRef(false);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    if (!open) return undefined;
    const follow = () => {
      if (popover.current && anchor.current) place(popover.current, anchor.current, align);
    };
    window.addEventListener('scroll', follow, { capture: true, passive: true });
    window.addEventListener('resize', follow);
    return () => {
      window.removeEventListener('scroll', follow, { capture: true });
      window.removeEventListener('resize', follow);
    };
  }, [open, align]);

  const show = (then = onOpened) => {
    const element = popover.current;
    if (!element || !anchor.current || element.matches(':popover-open')) return;
    // the content must be there before it is measured, placed and focused
    flushSync(() => setOpen(true));
    element.showPopover();
    place(element, anchor.current, align);
    then(element);
  };
  const hide = () => popover.current?.hidePopover();

  return {
    open,
    anchor,
    popover,
    show,
    hide,
    onPointerDown: () => {
      openAtPress.current = popover.current?.matches(':popover-open') ?? false;
    },
    onClick: () => {
      const wasOpen = openAtPress.current || popover.current?.matches(':popover-open') === true;
      openAtPress.current = false;
      if (wasOpen) hide();
      else show();
    },
    onToggle: (event) => setOpen(event.newState === 'open'),
  };
}
