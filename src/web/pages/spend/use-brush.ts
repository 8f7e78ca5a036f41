import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { bucketAt } from './plot.ts';

/** First and last bucket of what is selected. */
export type Span = readonly [number, number];

interface Held {
  from: number;
  to: number;
  by: 'pointer' | 'keys';
}

/** Null for one bucket: that is a press, or reading. */
const spanOf = (held: Held | null): Span | null =>
  held && held.from !== held.to ? [Math.min(held.from, held.to), Math.max(held.from, held.to)] : null;

/** A bar that is drawn again while it is pressed is another one, and hears no click: what selects nothing yet draws nothing. */
const isDrawn = (held: Held | null) => held?.by === 'keys' || spanOf(held) !== null;

/**
 * Selecting a range in the chart: by dragging over it, or with Shift and the arrows of the reading slider. Enter or letting
 * go shows it, Escape forgets it. Without a drag of two buckets a press stays a press.
 */
export function useBrush(buckets: number, width: number, onRange: (span: Span) => void) {
  const [held, setHeld] = useState<Held | null>(null);
  // the pointer may be let go before what it moved over is drawn
  const latest = useRef<Held | null>(null);
  const hold = (next: Held | null) => {
    if (isDrawn(latest.current) || isDrawn(next)) setHeld(next);
    latest.current = next;
  };
  const span = spanOf(held);
  const at = (event: PointerEvent) => bucketAt(event.clientX - event.currentTarget.getBoundingClientRect().left, width, buckets);
  const clear = () => hold(null);
  const show = () => {
    const selected = spanOf(latest.current);
    clear();
    if (selected) onRange(selected);
  };
  return {
    span,
    /** The slider loses the focus also because the pointer begins to drag: only what the keys selected is forgotten. */
    leaveKeys: () => {
      if (latest.current?.by === 'keys') clear();
    },
    pointer: {
      onPointerDown: (event: PointerEvent) => {
        // a finger scrolls the page
        if (event.button !== 0 || event.pointerType === 'touch') return;
        const from = at(event);
        hold({ from, to: from, by: 'pointer' });
      },
      onPointerMove: (event: PointerEvent) => {
        if (latest.current?.by === 'pointer') hold({ ...latest.current, to: at(event) });
      },
      onPointerUp: () => {
        if (latest.current?.by === 'pointer') show();
      },
      onPointerCancel: clear,
      onPointerLeave: () => {
        if (latest.current?.by === 'pointer') clear();
      },
    },
    /** True where the key was for the selection; `active` is the bucket that is read. */
    onKey: (event: KeyboardEvent, active: number, onActive: (index: number) => void): boolean => {
      const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
      if (event.shiftKey && step !== 0) {
        const to = Math.max(0, Math.min(buckets - 1, active + step));
        hold({ from: held?.by === 'keys' ? held.from : active, to, by: 'keys' });
        onActive(to);
      } else if (span && event.key === 'Enter') show();
      else if (span && event.key === 'Escape') clear();
      else {
        if (step !== 0) clear();
        return false;
      }
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
