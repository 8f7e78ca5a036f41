import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { preferences } from '../lib/preferences.ts';
import { useShortcuts } from '../lib/shortcuts.ts';
import type { Shortcut } from '../lib/shortcuts.ts';
import type { Sort } from '../lib/url-values.ts';
import { classes } from './classes.ts';
import { placeColumns } from './columns.ts';
import type { Column } from './columns.ts';
import { DataTableHead, SelectAll } from './DataTableHead.tsx';
import { DataTableSort } from './DataTableSort.tsx';
import { useKeptPlace } from './keep-place.ts';
import { DataTableRow } from './DataTableRow.tsx';
import type { PhoneRow } from './DataTableRow.tsx';
import { DataTableSkeleton, Gap } from './DataTableRoom.tsx';
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
  /** The first rows come near while somebody scrolls: where earlier ones were put aside, they can be read again. */
  onNearStart?: (() => void) | undefined;
  /** Under the last row: how to read more. */
  children?: ReactNode;
  className?: string | undefined;
}

const nothingHidden: ReadonlySet<string> = new Set();
const noShortcuts: readonly Shortcut[] = [];
const selectWidth = 38;
/** The window moves by four rows at a time, so that a scrolled pixel is rarely a render. */
const steps = (scrollTop: number, rowHeight: number) => Math.floor(scrollTop / (4 * rowHeight)) * 4 * rowHeight;
/** Rows from the first one that count as near. */
const nearStart = 20;
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
  onIntent,
  openId = null,
  rowSize = 'row',
  fit = 'room',
  phone,
  phoneLines = 2,
  group,
  empty,
  rowTone,
  onNearStart,
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
  const items = useMemo(() => tableItems(rows, rowId, group), [rows, rowId, group]);
  const room = measures.width / measures.unit - (selection ? selectWidth : 0);
  const placed = useMemo(() => placeColumns(visible, measures.width === 0 ? 0 : room), [visible, room, measures.width]);

  const places = useMemo(() => new Map(items.map((item, index) => [item.id, index])), [items]);
  const placeOf = (id: string | null) => (id === null ? -1 : (places.get(id) ?? -1));
  const active = placeOf(activeId);
  const firstRow = nextRow(items, -1, 1);
  const view = rowWindow(scrollTop, measures.height || 900, measures.rowHeight, items.length);
  const { drawn, after } = drawnItems(view.first, view.end, active);
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
    const item = items[index];
    if (item?.kind !== 'row') return;
    flushSync(() => setActiveId(item.id));
    show(index);
    box.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  };

  const noteScroll = useKeptPlace({
    box,
    lines: items,
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

  const select = (index: number, extend: boolean) => {
    const item = items[index];
    if (!selection || item?.kind !== 'row') return;
    const next = new Set(selection.ids);
    const anchor = placeOf(anchorId);
    if (extend && anchor >= 0) for (const id of idsBetween(items, anchor, index)) next.add(id);
    else if (!next.delete(item.id)) next.add(item.id);
    if (!extend) setAnchorId(item.id);
    selection.onChange(next);
  };
  const press = (index: number, event: MouseEvent) => {
    const item = items[index];
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
    const item = items[index];
    if (event.key === 'ArrowDown' || (letters && event.key === 'j')) move(nextRow(items, index, 1));
    else if (event.key === 'ArrowUp' || (letters && event.key === 'k')) move(nextRow(items, index, -1));
    else if (!onRow || item?.kind !== 'row') return;
    else if (event.key === 'Home') move(firstRow);
    else if (event.key === 'End') move(nextRow(items, items.length, -1));
    else if (event.key === 'Enter') onOpen?.(item.row);
    else if (selection && (event.key === ' ' || (letters && event.key === 'x'))) select(index, false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useShortcuts(
    reachable
      ? [
          { keys: 'j', label: 'Next row', run: () => focusRow(active < 0 ? firstRow : nextRow(items, active, 1)) },
          { keys: 'k', label: 'Row before', run: () => focusRow(active < 0 ? firstRow : nextRow(items, active, -1)) },
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
      {twoLines && onSort && <DataTableSort columns={visible} sort={sort} onSort={onSort} />}
      <div
        ref={box}
        // rows that cannot be reached are scrolled as one region
        {...(reachable ? {} : { role: 'region', 'aria-label': `${label}, scrolled`, tabIndex: 0 })}
        className={classes(
          'overflow-auto [overflow-anchor:none] focus-inside',
          fit === 'room' ? 'min-h-0 flex-1 overscroll-contain' : 'max-h-[70vh]',
        )}
        onPointerEnter={onIntent}
        onFocus={onIntent}
        onScroll={({ currentTarget: { scrollTop: top } }) => {
          noteScroll(top);
          setScrollTop(steps(top, measures.rowHeight));
          if (top < nearStart * measures.rowHeight) onNearStart?.();
        }}
      >
        <div ref={probe} aria-hidden="true" className="pointer-events-none invisible absolute h-(--row) w-5" />
        <table
          role={reachable ? 'grid' : 'table'}
          aria-label={label}
          aria-rowcount={items.length + 1}
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
                const item = items[index];
                if (!item) return [];
                const line =
                  item.kind === 'group' ? (
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
                      active={reachable ? (active >= 0 ? index === active : index === firstRow) : null}
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
                  ? [<Gap key={`gap ${item.id}`} rows={skipped} rowHeight={measures.rowHeight} />, line]
                  : [line];
              })
            )}
            {state !== 'loading' && after(items.length) > 0 && <Gap rows={after(items.length)} rowHeight={measures.rowHeight} />}
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
        {state !== 'loading' && items.length === 0 && empty}
        {state !== 'loading' && children}
      </div>
    </div>
  );
}
