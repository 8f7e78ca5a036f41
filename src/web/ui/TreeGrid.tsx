import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { Sort } from '../lib/url-values.ts';
import { classes } from './classes.ts';
import { TreeGridHead } from './TreeGridHead.tsx';
import { TreeGridRow } from './TreeGridRow.tsx';
import type { TreeLook } from './TreeGridRow.tsx';
import { columnsThatFit } from './tree-columns.ts';
import { useTreeDrag } from './tree-drag.ts';
import type { TreeDrag } from './tree-drag.ts';
import { useTreeFocus } from './tree-focus.ts';
import { commandOf } from './tree-keys.ts';
import type { KeyCommand } from './tree-keys.ts';
import { useTreeMeasures } from './tree-measure.ts';
import { findByPrefix, parentIndex, siblingIndexes } from './tree-rows.ts';
import type { TreeRow } from './tree-rows.ts';
import { rangeOf, toggled } from './tree-selection.ts';
import type { TreeSelection } from './tree-selection.ts';
import { rowWindow, scrollToShow } from './tree-window.ts';

export interface TreeGridProps<T> extends Omit<TreeLook<T>, 'twoLines' | 'draggable'> {
  label: string;
  rows: readonly TreeRow<T>[];
  nameHeader: string;
  /** Plain text of the name: type-ahead looks for it. */
  nameText: (item: T) => string;
  /** Rows of two lines, for phones. */
  twoLines?: boolean | undefined;
  sort?: Sort | null | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
  /** Opens or closes rows; several at once for `*`. */
  onExpand: (ids: readonly string[], expanded: boolean) => void;
  /** Enter, or a press on the row. */
  onOpen: (row: TreeRow<T>) => void;
  /** Somebody is about to open a row: the pointer or the focus is among them. */
  onIntent?: (() => void) | undefined;
  /** The row whose panel is open. */
  currentId?: string | null | undefined;
  selection?: TreeSelection<T> | undefined;
  /** Rows that can be carried to others. */
  drag?: TreeDrag<T> | undefined;
  /** Actions by their letter, on the row in focus. */
  letters?: Readonly<Record<string, (row: TreeRow<T>) => void>> | undefined;
  /** What can be done with the active row: a button that opens a menu. Shift+F10 and the second mouse button press it. */
  menu?: ((row: TreeRow<T>) => ReactNode) | undefined;
  /** Brings a row into view, once for each object given; it waits until the row is there. */
  show?: { readonly id: string; readonly focus: boolean } | null | undefined;
  /** Older rows are still shown while newer ones are on their way. */
  dimmed?: boolean | undefined;
  /** Below the last row. */
  children?: ReactNode;
  className?: string | undefined;
}

const typingPause = 700;
const noLetters: ReadonlySet<string> = new Set();

/**
 * A tree as an accessible grid of any size. Rows are flat (a nested tree cannot be windowed), at most 80 of them are in
 * the document, and the row in focus stays there while it is scrolled away. The keyboard moves by rows first.
 */
export function TreeGrid<T>({
  label,
  rows,
  nameHeader,
  nameText,
  columns: given,
  glyph,
  name,
  message,
  refusal,
  twoLines = false,
  sort = null,
  onSort,
  onExpand,
  onOpen,
  onIntent,
  currentId = null,
  selection,
  drag,
  letters,
  menu,
  show,
  dimmed = false,
  children,
  className,
}: TreeGridProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const measures = useTreeMeasures(box, head, probe);
  const { rowHeight, unit, height } = measures;
  const [scrollTop, setScrollTop] = useState(0);
  const typed = useRef({ text: '', at: 0 });
  const anchor = useRef<string | null>(null);

  const columns = useMemo(() => columnsThatFit(given, measures.width / unit), [given, measures.width, unit]);
  const draggable = drag !== undefined;
  const look = useMemo<TreeLook<T>>(
    () => ({ columns, glyph, name, message, refusal, twoLines, draggable }),
    [columns, glyph, name, message, refusal, twoLines, draggable],
  );
  const { first, end } = rowWindow(scrollTop, height, rowHeight, rows.length);

  const reveal = (index: number, place: 'nearest' | 'middle' = 'nearest') => {
    const element = box.current;
    if (!element) return;
    const top = scrollToShow(index, element.scrollTop, height, rowHeight, place);
    if (top === null) return;
    element.scrollTop = top;
    setScrollTop(element.scrollTop); // the window follows in the same render as the focus
  };
  const focus = useTreeFocus(rows, body, reveal);
  const active = rows[focus.index];

  // the scroll event moves the window only when it crosses a step of rows: most pixels are no render
  const onScroll = () => {
    const top = box.current?.scrollTop ?? 0;
    const next = rowWindow(top, height, rowHeight, rows.length);
    if (next.first !== first || next.end !== end) setScrollTop(top);
  };
  // fewer rows than before leave the scroll position where the browser put it; reading it costs a layout, so not on each scroll
  const followBrowser = useEffectEvent((_rows: number, _height: number, _rowHeight: number) => onScroll());
  useLayoutEffect(() => followBrowser(rows.length, height, rowHeight), [rows.length, height, rowHeight]);

  const shown = useRef<object | null>(null);
  useEffect(() => {
    if (!show || shown.current === show || height === 0) return;
    const index = rows.findIndex((row) => row.id === show.id);
    if (index < 0) return;
    shown.current = show;
    reveal(index, 'middle');
    if (show.focus) focus.move(index);
    else focus.mark(index);
  });

  // a panel that opens over the grid must not hide the row it belongs to
  const keepCurrent = useEffectEvent(() => {
    const index = currentId === null ? -1 : rows.findIndex((row) => row.id === currentId);
    if (index >= 0) reveal(index);
  });
  useEffect(() => {
    if (height > 0) keepCurrent();
  }, [height]);

  const select = (ids: readonly string[]) => selection?.onChange(toggled(selection.ids, ids));
  const indexOfEvent = ({ target }: { target: EventTarget }): number => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[role="row"]') : null;
    return row && body.current?.contains(row) ? Number(row.dataset['index']) : -1;
  };

  const dragging = useTreeDrag({
    rows,
    drag,
    indexOfEvent,
    onTake: (index) => focus.mark(index),
    onExpand: (id) => onExpand([id], true),
  });

  const press = (event: MouseEvent) => {
    const index = indexOfEvent(event);
    const row = rows[index];
    if (!row || !(event.target instanceof Element)) return;
    if (event.target.closest('a, button, input, [role="menu"], [popover]')) return;
    const cell = event.target.closest<HTMLElement>('[data-column]');
    if (event.target.closest('[data-toggle]')) {
      focus.move(index);
      onExpand([row.id], row.expanded === false);
      return;
    }
    if (selection && (event.ctrlKey || event.metaKey)) {
      focus.move(index);
      anchor.current = row.id;
      if (selection.canSelect(row)) select([row.id]);
      return;
    }
    if (selection && event.shiftKey) {
      selection.onChange(rangeOf(rows, anchor.current, index, selection.canSelect));
      focus.move(index);
      return;
    }
    focus.move(index, cell === null || focus.column === null ? null : Number(cell.dataset['column']));
    onOpen(row);
  };

  const openMenu = (index: number) => {
    flushSync(() => focus.move(index));
    body.current?.querySelector<HTMLElement>(`[data-index="${index}"] [aria-haspopup="menu"]`)?.click();
  };

  const run = (command: KeyCommand, row: TreeRow<T>) => {
    switch (command.kind) {
      case 'row':
        focus.move(rowAfter(command.to), command.to === 'parent' ? null : focus.column);
        break;
      case 'column':
        focus.move(focus.index, command.to);
        break;
      case 'expand':
      case 'collapse':
        onExpand([row.id], command.kind === 'expand');
        break;
      case 'expand-siblings':
        onExpand(
          siblingIndexes(rows, focus.index).flatMap((index) => (rows[index]?.expanded === false ? [rows[index].id] : [])),
          true,
        );
        break;
      case 'select':
        anchor.current = row.id;
        if (selection?.canSelect(row)) select([row.id]);
        break;
      case 'open':
        onOpen(row);
        break;
      case 'menu':
        openMenu(focus.index);
        break;
      case 'letter':
        letters?.[command.letter]?.(row);
        break;
      case 'type':
        typeAhead(command.text);
        break;
      case 'nothing':
        break;
    }
  };

  const rowAfter = (to: Extract<KeyCommand, { kind: 'row' }>['to']): number => {
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const last = rows.length - 1;
    if (to === 'previous') return Math.max(0, focus.index - 1);
    if (to === 'next') return Math.min(last, focus.index + 1);
    if (to === 'page-up') return Math.max(0, focus.index - page);
    if (to === 'page-down') return Math.min(last, focus.index + page);
    if (to === 'parent') return Math.max(0, parentIndex(rows, focus.index));
    return to === 'first' ? 0 : last;
  };

  const isTyping = () => typed.current.text !== '' && performance.now() - typed.current.at < typingPause;
  const typeAhead = (text: string) => {
    const wanted = isTyping() ? typed.current.text + text : text;
    typed.current = { text: wanted, at: performance.now() };
    const found = findByPrefix(rows, focus.index, wanted, nameText);
    if (found !== null) focus.move(found);
  };

  const keyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || !active) return;
    const onRow = event.target.getAttribute('role') === 'row' || event.target.dataset['column'] !== undefined;
    if (!onRow || event.defaultPrevented) return;
    const command = commandOf(event, {
      expanded: active.expanded,
      column: focus.column,
      columns: columns.length + 1,
      typing: isTyping(),
      letters: letters ? new Set(Object.keys(letters)) : noLetters,
    });
    if (!command) return;
    event.preventDefault();
    event.stopPropagation(); // the page's own keys must not act on it again
    run(command, active);
  };

  const contextMenu = (event: MouseEvent) => {
    const index = indexOfEvent(event);
    if (index < 0 || !menu) return;
    event.preventDefault();
    openMenu(index);
  };

  const drawn = indexesToDraw(first, end, focus.index);
  const style: CSSProperties & { '--tree-columns': string } = {
    '--tree-columns': ['minmax(0,1fr)', ...columns.map(({ width }) => `${width / 16}rem`)].join(' '),
  };
  return (
    <div
      ref={box}
      className={classes('relative min-h-0 flex-1 overflow-auto [overflow-anchor:none]', className)}
      style={style}
      onScroll={onScroll}
      onPointerEnter={onIntent}
      onFocus={onIntent}
    >
      <div ref={probe} aria-hidden="true" className={classes('invisible absolute w-5', twoLines ? 'h-11.5' : 'h-(--row)')} />
      <div
        role="treegrid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable={selection ? true : undefined}
        aria-busy={dimmed || undefined}
        onKeyDown={keyDown}
        // Shift extends the selection of rows, not of their text
        onMouseDown={selection && ((event) => event.shiftKey && event.preventDefault())}
        onClick={press}
        onContextMenu={contextMenu}
        {...dragging}
      >
        <TreeGridHead ref={head} nameHeader={nameHeader} columns={columns} sort={sort} onSort={onSort} />
        <div
          ref={body}
          role="rowgroup"
          className={classes('relative', dimmed && 'opacity-50')}
          style={{ height: rows.length * rowHeight }}
        >
          {drawn.map((index) => {
            const row = rows[index];
            return (
              row && (
                <TreeGridRow
                  key={row.id}
                  row={row}
                  index={index}
                  look={look}
                  active={index === focus.index}
                  column={index === focus.index ? focus.column : null}
                  current={row.id === currentId}
                  selected={selection?.canSelect(row) ? selection.ids.has(row.id) : null}
                  rowHeight={rowHeight}
                  unit={unit}
                  menu={index === focus.index ? menu?.(row) : null}
                />
              )
            );
          })}
        </div>
      </div>
      {children}
    </div>
  );
}

/** The window, and the active row where it is scrolled away: a removed row would take the focus with it. */
function indexesToDraw(first: number, end: number, active: number): number[] {
  const indexes: number[] = [];
  if (active >= 0 && active < first) indexes.push(active);
  for (let index = first; index < end; index += 1) indexes.push(index);
  if (active >= end) indexes.push(active);
  return indexes;
}
