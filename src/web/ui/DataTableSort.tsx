import { ArrowDown, ArrowUp } from 'lucide-react';
import { useId } from 'react';
import type { Sort } from '../lib/url-values.ts';
import type { Column } from './columns.ts';
import { nextSort } from './DataTableHead.tsx';
import { IconButton } from './IconButton.tsx';

export interface DataTableSortProps {
  /** Those that order rows. */
  columns: readonly Pick<Column<never>, 'id' | 'header' | 'align'>[];
  sort: Sort | null;
  onSort: (sort: Sort) => void;
}

/** On a phone no head is seen: which column orders the rows, and in which direction, in one quiet line. */
export function DataTableSort({ columns, sort, onSort }: DataTableSortProps) {
  const id = useId();
  const current = columns.find((column) => column.id === sort?.column);
  return (
    <div className="flex h-8 shrink-0 items-center gap-1.5 border-b border-line bg-sunken px-(--gutter) text-xs text-muted">
      <label htmlFor={id}>Sort by</label>
      <select
        id={id}
        className="h-6 min-w-0 rounded-xs bg-transparent font-medium text-ink"
        value={current?.id ?? ''}
        onChange={(event) => {
          const chosen = columns.find((column) => column.id === event.target.value);
          if (chosen) onSort(nextSort(chosen.id, chosen.align, null));
        }}
      >
        {!current && <option value="">what matters first</option>}
        {columns.map((column) => (
          <option key={column.id} value={column.id}>
            {column.header}
          </option>
        ))}
      </select>
      {sort && current && (
        <span className="ml-auto">
          <IconButton
            size="row"
            icon={sort.direction === 'descending' ? ArrowDown : ArrowUp}
            label={sort.direction === 'descending' ? 'Descending: turn around' : 'Ascending: turn around'}
            onClick={() => onSort(nextSort(current.id, current.align, sort))}
          />
        </span>
      )}
    </div>
  );
}
