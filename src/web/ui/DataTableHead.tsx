import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { plural } from '../lib/format.ts';
import type { Sort } from '../lib/url-values.ts';
import { Checkbox } from './Checkbox.tsx';
import { classes } from './classes.ts';
import type { PlacedColumn } from './columns.ts';

export interface DataTableHeadProps<Row> {
  placed: readonly PlacedColumn<Row>[];
  sort: Sort | null;
  onSort: ((sort: Sort) => void) | undefined;
  /** The cell of the box that selects every row. */
  select: ReactNode;
  stickyLeft: string;
  /** On a phone rows have two lines and the head is only heard: nothing in it takes the keys. */
  hidden: boolean;
}

/** Turns the sorted column around; another column begins at the end people want to see first. */
export function nextSort(column: string, align: 'start' | 'end' | undefined, sort: Sort | null): Sort {
  if (sort?.column === column) return { column, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' };
  return { column, direction: align === 'end' ? 'descending' : 'ascending' };
}

export function DataTableHead<Row>({ placed, sort, onSort, select, stickyLeft, hidden }: DataTableHeadProps<Row>) {
  return (
    <thead className={hidden ? 'sr-only' : undefined}>
      <tr className="ui-head" aria-rowindex={1}>
        {select}
        {placed.map(({ column }, index) => {
          const sorted = sort?.column === column.id ? sort.direction : null;
          const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
          const words = column.head ?? column.header;
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={column.sortBy ? (sorted ?? 'none') : undefined}
              style={index === 0 ? { left: stickyLeft } : undefined}
              className={classes(
                'ui-cell sticky top-0 font-medium',
                index === 0 ? 'ui-cell-first z-20' : 'z-10',
                column.align === 'end' && 'ui-cell-end',
                sorted && 'text-ink',
              )}
            >
              {column.sortBy && onSort && !hidden ? (
                <button
                  type="button"
                  className={classes(
                    'inline-flex max-w-full items-center gap-1 rounded-xs font-[inherit] hover:text-ink',
                    sorted && 'font-semibold',
                  )}
                  onClick={() => onSort(nextSort(column.id, column.align, sort))}
                >
                  <span className="truncate">{words}</span>
                  {sorted && <Arrow className="size-3.25 text-accent-ink" />}
                </button>
              ) : (
                words
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface SelectAllProps {
  rows: number;
  /** How many of them are selected. */
  selected: number;
  width: number;
  onChange: (all: boolean) => void;
}

/** The head of the column of boxes: every row, or none. */
export function SelectAll({ rows, selected, width, onChange }: SelectAllProps) {
  const all = rows > 0 && selected === rows;
  return (
    <th scope="col" className="ui-cell sticky top-0 left-0 z-20 pr-0!" style={{ width: `${width / 16}rem` }}>
      <span className="flex items-center">
        <Checkbox
          label={`Select all ${plural(rows, 'row')}`}
          labelHidden
          checked={all}
          {...(selected > 0 && !all ? { state: 'mixed' as const } : {})}
          onChange={() => onChange(!all)}
        />
      </span>
    </th>
  );
}
