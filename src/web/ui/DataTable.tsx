import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { preferences } from '../lib/preferences.ts';
import { onIntent } from '../lib/on-intent.tsx';
import { useShortcuts } from '../lib/shortcuts.ts';
import type { Shortcut } from '../lib/shortcuts.ts';
import type { Sort } from '../lib/url-values.ts';
import { classes } from './classes.ts';
import { placeColumns } from './columns.ts';
import type { Column } from './columns.ts';
import { DataTableHead, SelectAll } from './DataTableHead.tsx';
import { useKeptPlace } from './keep-place.ts';
import { DataTableRow } from './DataTableRow.tsx';
import type { PhoneRow } from './DataTableRow.tsx';
import { DataTableSkeleton, Gap, SkeletonRow } from './DataTableRoom.tsx';
import { LoadingBar } from './Notice.tsx';
import { StillReading } from './Skeleton.tsx';
import { drawnItems, idsBetween, nextRow, tableItems } from './table-items.ts';
import type { Group } from './table-items.ts';
import { useTableModel } from './table-model.ts';
import { useTreeMeasures } from './tree-measure.ts';
import { rowWindow, scrollToShow } from './tree-window.ts';
import { useMedia, widths } from '../lib/media.ts';

export interface DataTableProps<Row extends object> {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  /** Rows that stand under a row, in order among themselves; none while it is closed. Keep its identity while nothing changes. */
  childrenOf?: ((row: Row) => readonly Row[]) | undefined;
  /** How a row is called aloud: its name. */
  rowLabel: (row: Row) => string;
  /** `loading`: nothing to show yet. `refreshing`: these rows are being read again. */
  state?: 'ready' | 'loading' | 'refreshing' | undefined;
  sort?: Sort | null | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
  /** Who puts the rows in order: the table, by `sortBy`, or whoever sent them. */
  ordering?: 'here' | 'upstream' | undefined;
  hidden?: ReadonlySet<string> | undefined;
  selection?: { ids: ReadonlySet<string>; onChange: (ids: ReadonlySet<string>) => void } | undefined;
  /** Enter on a row, or a press. */
  onOpen?: ((row: Row) => void) | undefined;
  /** Another row is reached by the keys while the panel of one is open. */
  onFollow?: ((row: Row) => void) | undefined;
  /** Somebody is about to open a row: the pointer or the focus is among them. */
  onIntent?: (() => void) | undefined;
  /** The row whose panel is open. */
  openId?: string | null | undefined;
  /** `spend` rows are 25 high, others 28. */
  rowSize?: 'row' | 'spend' | undefined;
  /** `rows`: as high as its rows, up to most of the window, on a page that scrolls as a whole. */
  fit?: 'room' | 'rows' | undefined;
  /** Under 640, rows of two lines (46 high) or, where titles are sentences, of three (72). */
  phone?: ((row: Row) => PhoneRow) | undefined;
  phoneLines?: 2 | 3 | undefined;
  /** Headings between rows, where the value changes. */
  group?: ((row: Row) => Group) | undefined;
  /** In place of rows when there are none: an EmptyState. */
  empty?: ReactNode;
  rowTone?: ((row: Row) => 'plain' | 'dimmed') | undefined;
  /** For a list too long to hold: what lies around the rows given. */
  reach?: Reach | undefined;
  /** Under the last row: how to read more. */
  children?: ReactNode;
  className?: string | undefined;
}

/** Lines (rows and headings) that are known and put aside. Their room stays, so that the scroll place never moves. */
export interface Reach {
  above: number;
  below: number;
  /** There may be more than is known. */
  open: boolean;
  /** Which lines are in view now, of all that are known. */
  onView: (first: number, end: number) => void;
}

const nothingHidden: ReadonlySet<string> = new Set();
/** For phones only. */
const DataTableSort = onIntent(async () => (await import('./DataTableSort.tsx')).DataTableSort, {
  InPlace: () => <div className="h-8 shrink-0 border-b border-line bg-sunken" />,
});

const noShortcuts: readonly Shortcut[] = [];
const selectWidth = 38;
/** The window moves by four rows at a time, so that a scrolled pixel is rarely a render. */
const steps = (scrollTop: number, rowHeight: number) => Math.floor(scrollTop / (4 * rowHeight)) * 4 * rowHeight;
const interactive = 'a, button, input, select, textarea, label, [popover], dialog';

/**
 * A plain dense table of any length: only the rows in view are in the document. The head and the first column stay in
 * sight. Rows move under j, k and the arrows, open with Enter, and are selected with Space; Shift extends.
 */
export function DataTable<Row extends object>({
  label,
  rows: given,
  columns,
  rowId,
  childrenOf,
  rowLabel,
  state = 'ready',
  sort = null,
  onSort,
  ordering = 'here',
  hidden = nothingHidden,
  selection,
  onOpen,
  onFollow,
  onIntent,
  openId = null,
  rowSize = 'row',
  fit = 'room',
  phone,
  phoneLines = 2,
  group,
  empty,
  rowTone,
  reach,
  children,
  className,
}: DataTableProps<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const measures = useTreeMeasures(box, probe, probe);
  const isNarrow = useMedia(widths.phone);
  const twoLines = isNarrow && phone !== undefined;
  const [scrollTop, setScrollTop] = useState(0);
  const [activeId, setActiveId] = useState<string | null>(null);
  const [anchorId, setAnchorId] = useState<string | null>(null);

  const { rows, visible } = useTableModel({ rows: given, columns, rowId, childrenOf, sort, ordering, hidden });
  const sortable = visible.filter(({ sortBy }) => sortBy !== undefined);
  const items = useMemo(() => tableItems(rows, rowId, group), [rows, rowId, group]);
  const room = measures.width / measures.unit - (selection ? selectWidth : 0);
  const placed = useMemo(() => placeColumns(visible, measures.width === 0 ? 0 : room), [visible, room, measures.width]);

  // places of lines count those that were put aside above
  const above = reach?.above ?? 0;
  const itemAt = (place: number) => items[place - above];
  const count = above + items.length + (reach?.below ?? 0);
  const next = (place: number, step: 1 | -1) => nextRow(items, place - above, step) + above;
  const places = useMemo(() => new Map(items.map((item, index) => [item.id, index + above])), [items, above]);
  const placeOf = (id: string | null) => (id === null ? -1 : (places.get(id) ?? -1));
  const active = placeOf(activeId);
  const firstRow = next(above - 1, 1);
  const view = rowWindow(scrollTop, measures.height || 900, measures.rowHeight, count);
  const { drawn, after } = drawnItems(view.first, view.end, active);
  // the first row is not drawn any more once the list is scrolled: the keys come in where it stands
  const entry = active >= 0 ? active : next(Math.max(above, view.first) - 1, 1);
  const reachable = onOpen !== undefined || selection !== undefined;
  const stickyLeft = selection && !twoLines ? `${selectWidth / 16}rem` : '0';
  const columnCount = placed.length + (selection && !twoLines ? 1 : 0);
  const hasTotal = placed.some(({ column }) => column.total !== undefined);

  const show = (index: number) => {
    const element = box.current;
    const to = element && scrollToShow(index, element.scrollTop, measures.height, measures.rowHeight);
    if (element && to !== null && to !== undefined) element.scrollTop = to;
  };
  const focusRow = (index: number) => {
    const item = itemAt(index);
    if (item?.kind !== 'row') return;
    flushSync(() => setActiveId(item.id));
    if (openId !== null) onFollow?.(item.row);
    show(index);
    box.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  };

  const noteScroll = useKeptPlace({
    box,
    lines: items,
    above,
    places,
    lineHeight: measures.rowHeight,
    isKept: ordering === 'upstream',
    onMove: setScrollTop,
  });
  const shownId = useRef<string | null>(null);
  const isOpenHere = placeOf(openId) >= 0 && measures.height > 0;
  // when another row is opened; not when the person scrolls away from it, and not when rows above it come or go
  const showOpened = useEffectEvent(() => {
    if (openId !== null && shownId.current !== openId) show(placeOf(openId));
    shownId.current = openId;
  });
  useEffect(() => {
    if (isOpenHere || openId === null) showOpened();
  }, [openId, isOpenHere]);

  const topLine = Math.floor(scrollTop / measures.rowHeight);
  const endLine = Math.ceil((scrollTop + measures.height) / measures.rowHeight);
  const tellView = useEffectEvent((first: number, end: number) => reach?.onView(first, end));
  const wantsFirst = useRef(false);
  const focusFirst = useEffectEvent((linesAbove: number, lines: number) => {
    if (wantsFirst.current && linesAbove === 0 && lines > 0) {
      wantsFirst.current = false;
      focusRow(firstRow);
    }
  });
  // only the browser knows how much it shows
  useEffect(() => {
    if (measures.height > 0) tellView(topLine, endLine);
  }, [topLine, endLine, measures.height]);
  // the first row may have to be read before it can have the focus
  useEffect(() => focusFirst(above, items.length), [items.length, above]);

  const held = useRef<{ id: string; place: number } | null>(null);
  const noteFocus = ({ target }: FocusEvent) => {
    const place = Number(target.closest<HTMLElement>('[data-index]')?.dataset['index'] ?? -1);
    const item = itemAt(place);
    held.current = item ? { id: item.id, place } : null;
  };
  const passOn = useEffectEvent((lines: number) => {
    if (!held.current) return;
    const place = placeOf(held.current.id);
    if (place >= 0) held.current.place = place;
    else if (document.activeElement === document.body) {
      focusRow(Math.min(next(held.current.place - 1, 1), next(above + lines, -1)));
    }
  });
  // the row with the focus went, as after its removal: the one that took its place has it now
  useEffect(() => passOn(items.length), [items]);

  const select = (index: number, extend: boolean) => {
    const item = itemAt(index);
    if (!selection || item?.kind !== 'row') return;
    const ids = new Set(selection.ids);
    const anchor = placeOf(anchorId);
    if (extend && anchor >= 0) for (const id of idsBetween(items, anchor - above, index - above)) ids.add(id);
    else if (!ids.delete(item.id)) ids.add(item.id);
    if (!extend) setAnchorId(item.id);
    selection.onChange(ids);
  };
  const press = (index: number, event: MouseEvent) => {
    const item = itemAt(index);
    if (item?.kind !== 'row') return;
    if (event.target instanceof Element && event.target.closest(interactive)) return;
    // Shift extends the selection of rows; the browser has extended that of their text
    if (event.shiftKey && selection) {
      window.getSelection()?.removeAllRanges();
      focusRow(index);
      select(index, true);
      return;
    }
    // a drag that marks text is not a press
    if (window.getSelection()?.type === 'Range') return;
    setActiveId(item.id);
    onOpen?.(item.row);
  };
  const onKey = (index: number, event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.ctrlKey || event.metaKey || event.altKey || target?.closest('[popover], dialog')) return;
    const onRow = target === event.currentTarget;
    const letters = preferences().shortcuts === 'on';
    const move = (to: number) => {
      focusRow(to);
      if (event.shiftKey) select(to, true);
    };
    const item = itemAt(index);
    if (event.key === 'ArrowDown' || (letters && event.key === 'j')) move(next(index, 1));
    else if (event.key === 'ArrowUp' || (letters && event.key === 'k')) move(next(index, -1));
    else if (!onRow || item?.kind !== 'row') return;
    else if (event.key === 'Home' && above > 0) {
      wantsFirst.current = true;
      box.current?.scrollTo({ top: 0, behavior: 'instant' });
    } else if (event.key === 'Home') move(firstRow);
    else if (event.key === 'End') move(next(above + items.length, -1));
    else if (event.key === 'Enter') onOpen?.(item.row);
    else if (selection && (event.key === ' ' || (letters && event.key === 'x'))) select(index, false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useShortcuts(
    reachable
      ? [
          { keys: 'j', label: 'Next row', run: () => focusRow(active < 0 ? firstRow : next(active, 1)) },
          { keys: 'k', label: 'Row before', run: () => focusRow(active < 0 ? firstRow : next(active, -1)) },
        ]
      : noShortcuts,
    label,
  );

  // rows are drawn again only when they change, so what they call must not change with every scroll
  const latest = useRef({ press, onKey, select });
  useLayoutEffect(() => {
    latest.current = { press, onKey, select };
  });
  const [calls] = useState(() => ({
    press: (index: number, event: MouseEvent) => latest.current.press(index, event),
    onKey: (index: number, event: KeyboardEvent) => latest.current.onKey(index, event),
    select: (index: number, extend: boolean) => latest.current.select(index, extend),
  }));

  const selectedHere = selection ? rows.reduce((count, row) => count + (selection.ids.has(rowId(row)) ? 1 : 0), 0) : 0;
  const selectHead = selection && !twoLines && (
    <SelectAll
      rows={rows.length}
      selected={selectedHere}
      width={selectWidth}
      onChange={(all) => selection.onChange(all ? new Set(rows.map(rowId)) : new Set())}
    />
  );

  return (
    <div
      className={classes('relative flex min-w-0 flex-col', fit === 'room' && 'min-h-0 flex-1', className)}
      style={
        {
          '--row': twoLines ? (phoneLines === 3 ? '4.5rem' : '2.875rem') : rowSize === 'spend' ? 'var(--row-spend)' : undefined,
        } as React.CSSProperties
      } // a custom property is not in React's type
    >
      <LoadingBar active={state === 'refreshing'} />
      {twoLines && onSort && sortable.length > 0 && <DataTableSort.Part columns={sortable} sort={sort} onSort={onSort} />}
      <div
        ref={box}
        // rows that cannot be reached are scrolled as one region
        {...(reachable ? {} : { role: 'region', 'aria-label': `${label}, scrolled`, tabIndex: 0 })}
        className={classes(
          'overflow-auto [overflow-anchor:none] focus-inside',
          fit === 'room' ? 'min-h-0 flex-1 overscroll-contain' : 'max-h-[70vh]',
        )}
        onPointerEnter={onIntent}
        onFocus={(event) => {
          onIntent?.();
          noteFocus(event);
        }}
        onScroll={({ currentTarget: { scrollTop: top } }) => {
          noteScroll(top);
          setScrollTop(steps(top, measures.rowHeight));
        }}
      >
        <div ref={probe} aria-hidden="true" className="pointer-events-none invisible absolute h-(--row) w-5" />
        <table
          role={reachable ? 'grid' : 'table'}
          aria-label={label}
          aria-rowcount={reach?.open ? -1 : count + 1}
          aria-colcount={columnCount}
          aria-multiselectable={selection ? true : undefined}
          aria-busy={state !== 'ready'}
          className="w-full table-fixed border-separate border-spacing-0"
          style={{
            minWidth: twoLines
              ? undefined
              : `${(placed.reduce((sum, { width }) => sum + width, 0) + (selection ? selectWidth : 0)) / 16 - 0.0625}rem`,
          }}
        >
          {!twoLines && (
            <colgroup>
              {selection && <col style={{ width: `${selectWidth / 16}rem` }} />}
              {placed.map(({ column, width }) => (
                <col key={column.id} style={{ width: `${width / 16}rem` }} />
              ))}
            </colgroup>
          )}
          <DataTableHead
            placed={placed}
            sort={sort}
            onSort={onSort}
            select={selectHead}
            stickyLeft={stickyLeft}
            hidden={twoLines}
          />
          <tbody className={state === 'refreshing' ? 'opacity-50' : undefined}>
            {state === 'loading' ? (
              <DataTableSkeleton placed={placed} before={selection && !twoLines ? 1 : 0} />
            ) : (
              drawn.flatMap(({ index, skipped }) => {
                const item = itemAt(index);
                const line = !item ? (
                  <SkeletonRow
                    key={`line ${String(index)}`}
                    row={index}
                    placed={placed}
                    before={selection && !twoLines ? 1 : 0}
                  />
                ) : item.kind === 'group' ? (
                  <tr key={item.id} className="ui-group" aria-rowindex={index + 2}>
                    <th scope="rowgroup" colSpan={columnCount} className="ui-cell font-normal text-muted">
                      {item.group.label}
                    </th>
                  </tr>
                ) : (
                  <DataTableRow
                    key={item.id}
                    row={item.row}
                    index={index}
                    label={rowLabel(item.row)}
                    placed={placed}
                    selected={selection ? selection.ids.has(item.id) : null}
                    open={openId === item.id}
                    active={reachable ? index === entry : null}
                    tone={rowTone?.(item.row) ?? 'plain'}
                    stickyLeft={stickyLeft}
                    phone={twoLines ? phone : undefined}
                    phoneLines={phoneLines}
                    onPress={reachable ? calls.press : undefined}
                    onKey={reachable ? calls.onKey : undefined}
                    onSelect={calls.select}
                  />
                );
                return skipped > 0
                  ? [<Gap key={`gap ${String(index)}`} rows={skipped} rowHeight={measures.rowHeight} />, line]
                  : [line];
              })
            )}
            {state !== 'loading' && after(count) > 0 && <Gap rows={after(count)} rowHeight={measures.rowHeight} />}
          </tbody>
          {hasTotal && state !== 'loading' && !twoLines && items.length > 0 && (
            <tfoot>
              <tr className="ui-total">
                {placed.map(({ column }, place) => (
                  <td
                    key={column.id}
                    colSpan={place === 0 && selection ? 2 : 1}
                    className={classes('ui-cell', column.align === 'end' && 'ui-cell-end')}
                  >
                    {column.total}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
        {state === 'loading' && (
          <div className="absolute inset-x-0 top-7">
            <StillReading />
          </div>
        )}
        {state !== 'loading' && count === 0 && empty}
        {state !== 'loading' && children}
      </div>
    </div>
  );
}
