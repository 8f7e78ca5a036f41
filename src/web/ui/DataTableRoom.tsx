import { classes } from './classes.ts';
import type { PlacedColumn } from './columns.ts';
import { Bar, skeletonWidth } from './Skeleton.tsx';

/** Room of the rows that are not drawn. */
export function Gap({ rows, rowHeight }: { rows: number; rowHeight: number }) {
  return <tr aria-hidden="true" style={{ height: rows * rowHeight }} />;
}

/** One line of grey bars of the real height, where a row is being read. `before` cells stand before the first column. */
export function SkeletonRow<Row>({
  row,
  placed,
  before,
  className,
}: {
  row: number;
  placed: readonly PlacedColumn<Row>[];
  before: number;
  className?: string;
}) {
  return (
    <tr aria-hidden="true" className={classes('ui-row', className)}>
      {placed.map(({ column }, place) => (
        <td key={column.id} colSpan={place === 0 ? before + 1 : 1} className="ui-cell">
          <Bar width={skeletonWidth(row, place)} className={classes(column.align === 'end' ? 'ml-auto max-w-14' : 'max-w-40')} />
        </td>
      ))}
    </tr>
  );
}

/** Grey bars in rows of the real height, until the first rows come. */
export function DataTableSkeleton<Row>({ placed, before }: { placed: readonly PlacedColumn<Row>[]; before: number }) {
  return Array.from({ length: 12 }, (_, row) => (
    <SkeletonRow key={`skeleton ${String(row)}`} row={row} placed={placed} before={before} className="ui-skeleton" />
  ));
}
