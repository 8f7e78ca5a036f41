import { classes } from './classes.ts';

const lengths = ['75%', '43%', '64%', '82%', '53%', '67%', '38%', '71%'];

/** A grey bar; whoever draws it says when it may be seen. */
export function Bar({ width, className }: { width: string; className?: string | undefined }) {
  return <span aria-hidden="true" className={classes('block h-2.25 rounded-md bg-press', className)} style={{ width }} />;
}

/** A grey bar where a value will be. */
export function Skeleton({ width, className }: { width?: string | undefined; className?: string | undefined }) {
  return (
    <span
      aria-hidden="true"
      className={classes('ui-skeleton block h-2.25 rounded-md bg-press', className)}
      style={width ? { width } : undefined}
    />
  );
}

/** Length of the bar in a cell: uneven, as values are, and the same at every render. */
export function skeletonWidth(row: number, column: number): string {
  return lengths[(row * 3 + column * 5) % lengths.length] ?? '60%';
}

/** What stands where the bars were when a second has passed: bars that stay are a lie. */
export function StillReading() {
  return <output className="ui-after-skeleton absolute inset-x-0 top-2 px-(--gutter) text-muted">Still reading…</output>;
}

/** Grey bars in rows of the real height, under the real head. Shown between 150 ms and a second. */
export function SkeletonRows({ columns, rows = 8 }: { columns: readonly ('start' | 'end')[]; rows?: number | undefined }) {
  return (
    <div className="relative">
      <div aria-hidden="true" className="ui-skeleton">
        {Array.from({ length: rows }, (_, row) => (
          <div key={`row ${String(row)}`} className="ui-row flex items-center">
            {columns.map((align, column) => (
              <span key={`column ${String(column)}`} className="ui-cell flex-1">
                <Bar width={skeletonWidth(row, column)} className={align === 'end' ? 'ml-auto max-w-14' : undefined} />
              </span>
            ))}
          </div>
        ))}
      </div>
      <StillReading />
    </div>
  );
}
