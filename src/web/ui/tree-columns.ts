import type { ReactNode } from 'react';
import type { TreeRow } from './tree-rows.ts';

/** A column after the name. */
export interface TreeColumn<T> {
  id: string;
  header: string;
  cell: (row: TreeRow<T>) => ReactNode;
  /** In pixels of a root of 16. */
  width: number;
  align?: 'start' | 'end' | undefined;
  sortable?: boolean | undefined;
  /** Where the tree is narrow, columns with a higher number leave first. */
  leaves?: number | undefined;
}

/** What the name needs before columns have to leave. */
const narrowestName = 280;

/** The columns that have room beside the name, in their order. `width` is in pixels of a root of 16. */
export function columnsThatFit<C extends { width: number; leaves?: number | undefined }>(
  columns: readonly C[],
  width: number,
): readonly C[] {
  let room = width - narrowestName - columns.reduce((sum, column) => sum + column.width, 0);
  if (room >= 0) return columns;
  const leaving = new Set<C>();
  for (const column of columns.toSorted((one, other) => (other.leaves ?? 0) - (one.leaves ?? 0))) {
    if (room >= 0 || leaving.size === columns.length - 1) break;
    leaving.add(column);
    room += column.width;
  }
  return columns.filter((column) => !leaving.has(column));
}
