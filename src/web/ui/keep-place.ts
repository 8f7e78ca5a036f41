/** A list that grows at one end and forgets at the other: the line that somebody reads stays where it is. */
import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';

interface Line {
  readonly id: string;
}

/** By how many lines the first line at or after `at` that is still there has moved; 0 where none is. `above` lines stood before the first. */
export function shiftOf(before: readonly Line[], places: ReadonlyMap<string, number>, at: number, above = 0): number {
  for (let index = Math.max(0, at - above); index < before.length; index += 1) {
    const place = places.get(before[index]?.id ?? '');
    if (place !== undefined) return place - index - above;
  }
  return 0;
}

interface Kept {
  box: RefObject<HTMLElement | null>;
  lines: readonly Line[];
  /** Lines that stand before the first and are not here. */
  above: number;
  /** Where each line is now, by its id. */
  places: ReadonlyMap<string, number>;
  lineHeight: number;
  /** False for lines that are put in another order: then the place is where the person scrolled to. */
  isKept: boolean;
  /** The view was moved. */
  onMove: (scrollTop: number) => void;
}

/**
 * Moves the view with its first line when lines above it come or go, before anything is painted. At the very top
 * nothing is kept: who stands there wants to see what is new. Answers a function to be told of every scroll.
 */
export function useKeptPlace({ box, lines, above, places, lineHeight, isKept, onMove }: Kept): (scrollTop: number) => void {
  const scrolled = useRef(0);
  const before = useRef({ lines, above });
  useLayoutEffect(() => {
    const old = before.current;
    before.current = { lines, above };
    const element = box.current;
    if (!isKept || !element || old.lines === lines || scrolled.current <= 0) return;
    // not what the element says now: the browser may have cut it to the new height already
    const shift = shiftOf(old.lines, places, Math.floor(scrolled.current / lineHeight), old.above);
    if (shift === 0) return;
    element.scrollTo({ top: scrolled.current + shift * lineHeight, behavior: 'instant' });
    scrolled.current = element.scrollTop;
    onMove(element.scrollTop);
  });
  return (scrollTop) => {
    scrolled.current = scrollTop;
  };
}
