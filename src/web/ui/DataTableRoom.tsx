import { classes } from './classes.ts';
import type { PlacedColumn } from './columns.ts';
import { Bar, skeletonWidth } from './Skeleton.tsx';

/** Room of the rows that are not drawn. */
export function Gap({ rows, rowHeight }: { rows: number; rowHeight: number }) {
  return <tr aria-hidden="true" style={{ height: rows * rowHeight }} />;
}

/** Grey bars in rows of the real height, until the first rows come. `before` cells stand before the first column. */
export function DataTableSkeleton<Row>({ placed, before }: { placed: readonly PlacedColumn<Row>[]; before: number }) {
  return Array.from({ length: 12 }, (_, row) => (
    <tr key={`skeleton ${String(row)}`} aria-hidden="true" className="ui-row ui-skeleton">
      {placed.map(({ column }, place) => (
        <td key={column.id} colSpan={place === 0 ? before + 1 : 1} className="ui-cell">
          <Bar width={skeletonWidth(row, place)} className={classes(column.align === 'end' ? 'ml-auto max-w-14' : 'max-w-40')} />
        </td>
      ))}
    </tr>
  ));
}
