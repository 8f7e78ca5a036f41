import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Ref } from 'react';
import type { Sort } from '../lib/url-values.ts';
import { classes } from './classes.ts';
import type { TreeColumn } from './tree-columns.ts';

export interface TreeGridHeadProps<T> {
  nameHeader: string;
  columns: readonly TreeColumn<T>[];
  sort: Sort | null;
  onSort: ((sort: Sort) => void) | undefined;
  ref: Ref<HTMLDivElement>;
}

/** The sticky head: each sortable column is a button that turns the order around. */
export function TreeGridHead<T>({ nameHeader, columns, sort, onSort, ref }: TreeGridHeadProps<T>) {
  const cells = [{ id: 'name', header: nameHeader, align: 'start', sortable: true } as const, ...columns];
  return (
    <div ref={ref} role="rowgroup" className="sticky top-0 z-10">
      <div role="row" aria-rowindex={1} className="ui-head grid" style={{ gridTemplateColumns: 'var(--tree-columns)' }}>
        {cells.map(({ id, header, align, sortable }, at) => {
          const direction = sort?.column === id ? sort.direction : null;
          const look = classes('ui-cell flex items-center', align === 'end' && 'justify-end', at === 0 && 'pl-3!');
          if (!sortable || !onSort) {
            return (
              <div key={id} role="columnheader" aria-colindex={at + 1} className={look}>
                {header}
              </div>
            );
          }
          const Arrow = direction === 'descending' ? ArrowDown : ArrowUp;
          return (
            <div key={id} role="columnheader" aria-colindex={at + 1} aria-sort={direction ?? 'none'} className={look}>
              <button
                type="button"
                className={classes('flex h-full min-w-6 items-center gap-1 focus-inside hover:text-ink', direction && 'text-ink')}
                onClick={() => onSort({ column: id, direction: direction === 'ascending' ? 'descending' : 'ascending' })}
              >
                {header}
                {direction && <Arrow className="size-3 text-accent-ink" />}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
