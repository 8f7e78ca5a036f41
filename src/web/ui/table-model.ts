import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { compareValues } from '../lib/natural-sort.ts';
import type { SortValue } from '../lib/natural-sort.ts';
import type { Sort } from '../lib/url-values.ts';
import type { Column } from './columns.ts';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/** What TanStack Table accepts as a row. */
type AnyRow = object;

function definitionOf<Row extends AnyRow>(column: Column<Row>): ColumnDef<typeof features, Row> {
  const { sortBy } = column;
  return {
    id: column.id,
    header: column.header,
    accessorFn: (row) => sortBy?.(row) ?? undefined,
    enableSorting: sortBy !== undefined,
    sortFn: (a, b, id) => compareValues(a.getValue<SortValue>(id), b.getValue<SortValue>(id)),
    // nothing is neither the smallest nor the largest
    sortUndefined: 'last',
  };
}

export interface TableModel<Row> {
  rows: readonly Row[];
  visible: readonly Column<Row>[];
}

/** Rows in the order asked for, from TanStack Table, each with its own under it, and the columns that are not hidden. */
export function useTableModel<Row extends AnyRow>(options: {
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  childrenOf: ((row: Row) => readonly Row[]) | undefined;
  sort: Sort | null;
  ordering: 'here' | 'upstream';
  hidden: ReadonlySet<string>;
}): TableModel<Row> {
  const { rows, columns, rowId, childrenOf, sort, ordering, hidden } = options;
  const definitions = useMemo(() => columns.map(definitionOf), [columns]);
  const state = useMemo(
    () => ({
      sorting: sort === null ? [] : [{ id: sort.column, desc: sort.direction === 'descending' }],
    }),
    [sort],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    ...(childrenOf && { getSubRows: childrenOf }),
    manualSorting: ordering === 'upstream',
    state,
  });
  const ordered = table.getRowModel().rows;
  return {
    rows: useMemo(() => ordered.flatMap((row) => [row.original, ...row.subRows.map((child) => child.original)]), [ordered]),
    visible: useMemo(() => columns.filter(({ id, shown }) => shown === 'always' || !hidden.has(id)), [columns, hidden]),
  };
}
