import { useRef } from 'react';
import type { DragEvent } from 'react';
import type { TreeRow } from './tree-rows.ts';

/** Carrying a row to another with the pointer: a second way to what a key and the menu do, never the only one. */
export interface TreeDrag<T> {
  canTake: (row: TreeRow<T>) => boolean;
  /** Why it cannot go there; null where it can. */
  refusal: (carried: TreeRow<T>, onto: TreeRow<T>) => string | null;
  onDrop: (carried: TreeRow<T>, onto: TreeRow<T>) => void;
}

/** A closed branch opens after this many milliseconds under what is carried. */
const hoverToOpen = 700;

interface Parts<T> {
  rows: readonly TreeRow<T>[];
  drag: TreeDrag<T> | undefined;
  indexOfEvent: (event: { target: EventTarget }) => number;
  /** The row in focus stays in the document while it is scrolled away; without its element the browser ends the drag. */
  onTake: (index: number) => void;
  onExpand: (id: string) => void;
}

/** What the grid does while a row is carried. The row beneath says by `data-drop` and `data-refusal` whether it takes it. */
export function useTreeDrag<T>({ rows, drag, indexOfEvent, onTake, onExpand }: Parts<T>) {
  const carried = useRef<TreeRow<T> | null>(null);
  const beneath = useRef<{ element: HTMLElement; since: number } | null>(null);
  const leave = () => {
    const element = beneath.current?.element;
    if (element) for (const name of ['drop', 'refusal']) delete element.dataset[name];
    beneath.current = null;
  };
  const over = (event: DragEvent, row: TreeRow<T>, taken: TreeRow<T>) => {
    const element = (event.target as Element).closest<HTMLElement>('[role="row"]'); // a drag is over elements only
    const refusal = drag?.refusal(taken, row) ?? null;
    if (refusal === null) event.preventDefault(); // which allows the drop
    if (element && beneath.current?.element !== element) {
      leave();
      beneath.current = { element, since: event.timeStamp };
      if (refusal === null) element.dataset['drop'] = 'yes';
      else if (row.id !== taken.id) element.dataset['refusal'] = refusal;
    } else if (row.expanded === false && event.timeStamp - (beneath.current?.since ?? 0) > hoverToOpen) onExpand(row.id);
  };
  if (!drag) return {};
  return {
    onDragStart: (event: DragEvent) => {
      const index = indexOfEvent(event);
      const row = rows[index];
      if (!row || !drag.canTake(row)) return event.preventDefault();
      carried.current = row;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', row.id);
      onTake(index);
    },
    onDragOver: (event: DragEvent) => {
      const row = rows[indexOfEvent(event)];
      if (!row) leave();
      else if (carried.current) over(event, row, carried.current);
    },
    onDrop: (event: DragEvent) => {
      const row = rows[indexOfEvent(event)];
      const taken = carried.current;
      leave();
      carried.current = null;
      if (!row || !taken || drag.refusal(taken, row) !== null) return;
      event.preventDefault();
      drag.onDrop(taken, row);
    },
    onDragEnd: () => {
      leave();
      carried.current = null;
    },
  };
}
