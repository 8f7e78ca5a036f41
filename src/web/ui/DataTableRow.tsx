import { memo } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { Checkbox } from './Checkbox.tsx';
import { classes } from './classes.ts';
import type { PlacedColumn } from './columns.ts';

/** A row on a phone: two lines and one figure. */
export interface PhoneRow {
  /** A mark before the words. */
  start?: ReactNode;
  title: ReactNode;
  detail: ReactNode;
  end?: ReactNode;
}

export interface DataTableRowProps<Row> {
  row: Row;
  index: number;
  label: string;
  placed: readonly PlacedColumn<Row>[];
  selected: boolean | null;
  open: boolean;
  /** The one row that Tab reaches; null where rows do nothing. */
  active: boolean | null;
  tone: 'plain' | 'dimmed';
  stickyLeft: string;
  phone: ((row: Row) => PhoneRow) | undefined;
  phoneLines: 2 | 3;
  onPress: ((index: number, event: MouseEvent) => void) | undefined;
  onKey: ((index: number, event: KeyboardEvent) => void) | undefined;
  onSelect: (index: number, extend: boolean) => void;
}

function DataTableRowBody<Row>({
  row,
  index,
  label,
  placed,
  selected,
  open,
  active,
  tone,
  stickyLeft,
  phone,
  phoneLines,
  onPress,
  onKey,
  onSelect,
}: DataTableRowProps<Row>) {
  const two = phone?.(row);
  return (
    <tr
      className={classes('ui-row', tone === 'dimmed' && 'text-muted', onPress && 'cursor-default')}
      aria-rowindex={index + 2}
      aria-selected={selected ?? undefined}
      aria-current={open || undefined}
      data-open={open || undefined}
      data-index={index}
      tabIndex={active === null ? undefined : active ? 0 : -1}
      onClick={onPress && ((event) => onPress(index, event))}
      onKeyDown={onKey && ((event) => onKey(index, event))}
    >
      {selected !== null && !two && (
        <td className="ui-cell sticky left-0 z-[1] pr-0!">
          <span className="flex items-center">
            <Checkbox
              label={`Select ${label}`}
              labelHidden
              checked={selected}
              tabIndex={-1}
              onClick={(event) => onSelect(index, event.shiftKey)}
              onChange={() => undefined}
            />
          </span>
        </td>
      )}
      {two ? (
        <td className="ui-cell" colSpan={placed.length}>
          <div className="flex items-center gap-3">
            {selected !== null && (
              <Checkbox
                label={`Select ${label}`}
                labelHidden
                checked={selected}
                tabIndex={-1}
                onClick={(event) => onSelect(index, event.shiftKey)}
                onChange={() => undefined}
              />
            )}
            {two.start !== undefined && <span className="shrink-0 self-start">{two.start}</span>}
            <div className="min-w-0 flex-1">
              <div className={classes('text-sm font-medium', phoneLines === 3 ? 'line-clamp-2 whitespace-normal' : 'truncate')}>
                {two.title}
              </div>
              <div className="truncate text-xs text-muted">{two.detail}</div>
            </div>
            {two.end !== undefined && <div className="tabular shrink-0 text-right text-sm">{two.end}</div>}
          </div>
        </td>
      ) : (
        placed.map(({ column }, place) => (
          <td
            key={column.id}
            style={place === 0 ? { left: stickyLeft } : undefined}
            className={classes(
              'ui-cell',
              place === 0 && 'ui-cell-first sticky z-[1]',
              place === 0 && (column.tone ?? 'ink') === 'ink' && 'font-medium',
              column.align === 'end' && 'ui-cell-end',
              column.tone === 'muted' && 'text-muted',
              column.tone === 'faint' && 'text-faint',
            )}
            data-tip-clipped=""
          >
            {column.cell(row)}
          </td>
        ))
      )}
    </tr>
  );
}

/** Drawn again only when something of this row changed, not when another one is focused. */
// memo loses the type parameter; the component it wraps is the same
export const DataTableRow = memo(DataTableRowBody) as typeof DataTableRowBody;
