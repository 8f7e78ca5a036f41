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

/** What stands under a row has the order of the table. Nothing sorts last, whichever way. */
export function inOrder<Row>(rows: readonly Row[], column: Column<Row> | undefined, sort: Sort | null): readonly Row[] {
  const sortBy = column?.sortBy;
  if (!sortBy || sort === null) return rows;
  const missing = (value: SortValue) => value === null || value === undefined;
  return rows.toSorted((a, b) => {
    const [one, other] = [sortBy(a), sortBy(b)];
    if (missing(one) || missing(other)) return Number(missing(one)) - Number(missing(other));
    return sort.direction === 'descending' ? compareValues(other, one) : compareValues(one, other);
  });
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
    manualSorting: ordering === 'upstream',
    state,
  });
  const ordered = table.getRowModel().rows;
  return {
    rows: useMemo(() => {
      const sorted = ordered.map((row) => row.original);
      if (!childrenOf) return sorted;
      const column = columns.find(({ id }) => id === sort?.column);
      const shown: Row[] = [];
      for (const row of sorted) shown.push(row, ...inOrder(childrenOf(row), column, sort));
      return shown;
    }, [ordered, childrenOf, columns, sort]),
    visible: useMemo(() => columns.filter(({ id, shown }) => shown === 'always' || !hidden.has(id)), [columns, hidden]),
  };
}
