import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { TreeRow } from './tree-rows.ts';

export interface TreeFocus {
  /** Index of the one row that Tab reaches; -1 in an empty grid. */
  index: number;
  /** Its cell in focus, or null for the whole row. */
  column: number | null;
  move: (index: number, column?: number | null) => void;
  /** Makes a row the active one without taking the focus. */
  mark: (index: number, column?: number | null) => void;
}

/** The active row, and where it was last seen. */
interface Active {
  id: string | null;
  index: number;
  column: number | null;
}

/**
 * Roving focus over rows that come and go. The active row is remembered by id; where it vanishes (its branch closed, a
 * search hid it) the row in its place follows, and takes the focus with it if the grid had it.
 */
export function useTreeFocus<T>(
  rows: readonly TreeRow<T>[],
  body: RefObject<HTMLElement | null>,
  reveal: (index: number) => void,
): TreeFocus {
  const [active, setActive] = useState<Active>({ id: null, index: 0, column: null });
  const wanted = useRef(false);
  const held = useRef(false);

  const found = active.id === null ? -1 : rows.findIndex((row) => row.id === active.id);
  // -1 where there is no row at all
  const index = found >= 0 ? found : Math.min(active.index, rows.length - 1);
  if (found >= 0 && found !== active.index) setActive({ ...active, index: found });
  const column = found >= 0 ? active.column : null;

  // a vanished row takes the focus to the body of the page: bring it to the row in its place
  useLayoutEffect(() => {
    const element = body.current;
    if (!element) return;
    const lost =
      held.current && !element.contains(document.activeElement) && (document.activeElement ?? document.body) === document.body;
    if (!wanted.current && !lost) return;
    wanted.current = false;
    target(element, index, column)?.focus({ preventScroll: true });
  });

  const mark = (next: number, nextColumn: number | null = null) => {
    const row = rows[next];
    if (row) setActive({ id: row.id, index: next, column: nextColumn });
  };

  // a screen reader or a press may put the focus on any row: keys must act on the row that has it
  const adopt = useEffectEvent((focused: Element) => {
    const at = Number(focused.closest<HTMLElement>('[role="row"]')?.dataset['index'] ?? -1);
    const cell = column === null ? undefined : focused.closest<HTMLElement>('[data-column]')?.dataset['column'];
    const nextColumn = cell === undefined ? null : Number(cell);
    if (at !== index || nextColumn !== column) mark(at, nextColumn);
  });

  useEffect(() => {
    const element = body.current;
    if (!element) return undefined;
    const enter = ({ target }: FocusEvent) => {
      held.current = true;
      if (target instanceof Element) adopt(target);
    };
    const leave = (event: FocusEvent) => {
      // a removed element loses the focus without a successor; a person leaving has one
      if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) held.current = false;
    };
    const press = (event: PointerEvent) => {
      if (event.target instanceof Node && !element.contains(event.target)) held.current = false;
    };
    element.addEventListener('focusin', enter);
    element.addEventListener('focusout', leave);
    document.addEventListener('pointerdown', press);
    return () => {
      element.removeEventListener('focusin', enter);
      element.removeEventListener('focusout', leave);
      document.removeEventListener('pointerdown', press);
    };
  }, [body]);

  const move = (next: number, nextColumn: number | null = null) => {
    if (!rows[next]) return;
    wanted.current = true;
    reveal(next);
    mark(next, nextColumn);
  };
  return { index, column, move, mark };
}

function target(body: HTMLElement, index: number, column: number | null): HTMLElement | null {
  const row = body.querySelector<HTMLElement>(`[role="row"][data-index="${index}"]`);
  return column === null ? row : (row?.querySelector<HTMLElement>(`[data-column="${column}"]`) ?? row);
}
