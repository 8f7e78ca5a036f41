import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import type { TreeColumn } from './tree-columns.ts';
import { guidePath } from './tree-guides.ts';
import type { TreeRow } from './tree-rows.ts';

/** What a row looks like; the same for every row of a grid, so that rows can tell when nothing changed. */
export interface TreeLook<T> {
  columns: readonly TreeColumn<T>[];
  glyph: (row: TreeRow<T>) => ReactNode;
  /** After the glyph: the name, marks and badges. */
  name: (row: TreeRow<T>) => ReactNode;
  /** A row that is a message in place of its cells; null for all others. */
  message?: ((row: TreeRow<T>, active: boolean) => ReactNode) | undefined;
  /** Why a row cannot be chosen, in a picker; null where it can. */
  refusal?: ((row: TreeRow<T>) => string | null) | undefined;
  /** Rows are carried to others with the pointer; which of them, the grid decides when somebody takes one. */
  draggable: boolean;
  twoLines: boolean;
}

export interface TreeGridRowProps<T> {
  row: TreeRow<T>;
  index: number;
  look: TreeLook<T>;
  /** The one row that Tab reaches. */
  active: boolean;
  /** The cell in focus of the active row. */
  column: number | null;
  /** Its panel is open. */
  current: boolean;
  /** Null where rows cannot be selected. */
  selected: boolean | null;
  rowHeight: number;
  /** Pixels of the screen for one pixel of a root of 16. */
  unit: number;
  menu: ReactNode;
}

/** In pixels of a root of 16. */
const before = 12;

function Guides({
  row,
  rowHeight,
  unit,
  indent,
  leaf,
}: {
  row: TreeRow<unknown>;
  rowHeight: number;
  unit: number;
  indent: number;
  leaf: boolean;
}) {
  const width = row.level * indent + 20;
  const height = rowHeight / unit;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${width} ${height}`}
      className="pointer-events-none absolute top-0 left-3 fill-none stroke-line-strong"
      style={{ width: `${width / 16}rem`, height: rowHeight }}
    >
      <path d={guidePath(row.level, row.guides, leaf, { rowHeight: height, indent })} />
    </svg>
  );
}

function Row<T>({ row, index, look, active, column, current, selected, rowHeight, unit, menu }: TreeGridRowProps<T>) {
  const indent = look.twoLines ? 16 : 20;
  const message = look.message?.(row, active) ?? null;
  const refusal = look.refusal?.(row) ?? null;
  const Chevron = row.expanded ? ChevronDown : ChevronRight;
  const reached = (cell: number) => (active && column === cell ? 0 : -1);
  return (
    <div
      role="row"
      tabIndex={active && column === null ? 0 : -1}
      data-index={index}
      data-open={current}
      draggable={look.draggable || undefined}
      aria-rowindex={index + 2}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-expanded={row.expanded ?? undefined}
      aria-selected={selected ?? undefined}
      aria-current={current || undefined}
      aria-disabled={refusal === null ? undefined : true}
      className={classes(
        'ui-row group absolute inset-x-0 grid items-stretch [contain:layout_size_style]',
        look.twoLines && 'h-11.5!',
      )}
      style={{ top: index * rowHeight, gridTemplateColumns: 'var(--tree-columns)' }}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        aria-colspan={message === null ? undefined : look.columns.length + 1}
        tabIndex={reached(0)}
        data-column={0}
        className={classes('relative flex min-w-0 items-center gap-1.5 pr-2.5 focus-inside', message !== null && 'col-span-full')}
        style={{ paddingLeft: `${(before + indent * (row.level - 1)) / 16}rem` }}
      >
        {selected && <span className="absolute inset-y-0 left-0 w-0.75 bg-accent" />}
        {row.level > 1 && (
          <Guides row={row} rowHeight={rowHeight} unit={unit} indent={indent} leaf={row.expanded === null && message === null} />
        )}
        {message ?? (
          <>
            <span
              data-toggle={row.expanded === null ? undefined : true}
              className="relative grid size-3.5 shrink-0 place-items-center text-muted before:absolute before:-inset-1.25"
            >
              {row.expanded !== null && <Chevron className="size-3.5" />}
            </span>
            <span
              className={classes(
                'grid shrink-0',
                current ? 'text-accent-ink' : refusal === null ? 'text-muted' : 'text-disabled',
              )}
            >
              {look.glyph(row)}
            </span>
            {look.name(row)}
            {menu}
          </>
        )}
      </div>
      {message === null &&
        look.columns.map((one, at) => (
          <div
            key={one.id}
            role="gridcell"
            aria-colindex={at + 2}
            tabIndex={reached(at + 1)}
            data-column={at + 1}
            className={classes('ui-cell flex items-center focus-inside', one.align === 'end' && 'tabular justify-end')}
          >
            {one.cell(row)}
          </div>
        ))}
    </div>
  );
}

/**
 * One row. Not a table row: it places itself, and a table whose parts are not laid out as a table loses its meaning in
 * some browsers. It is drawn again only when something of its own changed: scrolling moves rows in and out, nothing else.
 */
export const TreeGridRow = memo(Row) as typeof Row; // memo forgets the type parameter
