import type { ReactNode } from 'react';
import type { SortValue } from '../lib/natural-sort.ts';

/** A column of a table, as plain data. Lengths are in pixels of a 16 px root. */
export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** What rows are sorted by; without it the column does not sort. Text sorts naturally, nothing sorts last. */
  sortBy?: ((row: Row) => SortValue) | undefined;
  /** Numbers stand right, words left. */
  align?: 'start' | 'end' | undefined;
  /** `muted` for what describes the row, `faint` for what can be skipped; what the row is about stays `ink`. */
  tone?: 'ink' | 'muted' | 'faint' | undefined;
  width: number;
  /** Its share of the width that is left over. When no column grows, the first does. */
  grow?: number | undefined;
  /** Where room is short, columns with a higher number leave first; without a number it stays. */
  leaves?: number | undefined;
  /** `always` cannot be hidden; `on-request` is hidden until somebody asks for it. */
  shown?: 'always' | 'at-first' | 'on-request' | undefined;
  /** More than words in the head. */
  head?: ReactNode;
  /** Its cell in the total row. */
  total?: ReactNode;
}

/** Columns hidden until somebody asks for them. */
export function firstHidden<Row>(columns: readonly Column<Row>[]): ReadonlySet<string> {
  return new Set(columns.filter((column) => column.shown === 'on-request').map((column) => column.id));
}

export interface PlacedColumn<Row> {
  column: Column<Row>;
  width: number;
}

/**
 * Which columns have room, and how wide each is. Columns leave by priority until the rest fits; what is left over goes to
 * those that grow. Before anything is measured (`room` 0) every column has its own width.
 */
export function placeColumns<Row>(columns: readonly Column<Row>[], room: number): PlacedColumn<Row>[] {
  let spare = room - columns.reduce((sum, column) => sum + column.width, 0);
  const leaving = new Set<Column<Row>>();
  const leavable = columns.filter((column) => (column.leaves ?? 0) > 0);
  for (const column of leavable.toSorted((one, other) => (other.leaves ?? 0) - (one.leaves ?? 0))) {
    if (room === 0 || spare >= 0) break;
    leaving.add(column);
    spare += column.width;
  }
  const staying = columns.filter((column) => !leaving.has(column));
  const grows = staying.some((column) => (column.grow ?? 0) > 0);
  const shareOf = (column: Column<Row>, index: number) => (grows ? (column.grow ?? 0) : index === 0 ? 1 : 0);
  const shares = staying.reduce((sum, column, index) => sum + shareOf(column, index), 0);
  return staying.map((column, index) => ({
    column,
    width: column.width + (shares > 0 ? (Math.max(0, spare) * shareOf(column, index)) / shares : 0),
  }));
}
