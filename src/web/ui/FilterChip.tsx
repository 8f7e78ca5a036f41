import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Popover } from './Popover.tsx';

export type ChipPart = 'field' | 'operator' | 'value';

export interface FilterChipProps {
  field: string;
  /** "is", "is not", "before". */
  operator: string;
  value: string;
  onRemove: () => void;
  /** What a cell opens; without it the cells are plain text. */
  editor?: ((part: ChipPart, close: () => void) => ReactNode) | undefined;
  /** `active`: it came from a drill, or is being edited. */
  state?: 'plain' | 'active' | undefined;
}

/** A filter in three cells and a way out. Each cell opens its own part of the editor. */
export function FilterChip({ field, operator, value, onRemove, editor, state = 'plain' }: FilterChipProps) {
  const active = state === 'active';
  const negative = /^(is )?not\b|^is not/.test(operator);
  const line = active ? 'border-accent-line' : 'border-line-strong';
  const cells: { part: ChipPart; words: string; look: string }[] = [
    { part: 'field', words: field, look: active ? 'font-semibold' : 'font-medium' },
    { part: 'operator', words: operator, look: negative ? 'font-semibold text-danger-ink' : 'text-muted' },
    { part: 'value', words: value, look: 'max-w-52 truncate' },
  ];
  return (
    <span
      role="group"
      aria-label={`Filter: ${field} ${operator} ${value}`}
      className={classes(
        'inline-flex h-(--control-toolbar) max-w-full shrink-0 items-stretch rounded-md border text-xs',
        line,
        active ? 'bg-accent-soft' : 'bg-raised',
      )}
    >
      {cells.map(({ part, words, look }) => {
        const cell = classes('flex items-center border-r px-1.75', active ? 'border-accent-line' : 'border-line');
        return editor ? (
          <Popover
            key={part}
            label={`${field}: ${part}`}
            width={260}
            className="p-1"
            trigger={(props) => (
              <button type="button" {...props} className={classes(cell, 'hover:bg-hover first:rounded-l-[4px]')}>
                <span className={look}>{words}</span>
              </button>
            )}
          >
            {(close) => editor(part, close)}
          </Popover>
        ) : (
          <span key={part} className={cell}>
            <span className={look}>{words}</span>
          </span>
        );
      })}
      <button
        type="button"
        aria-label={`Remove filter ${field}`}
        className="flex w-5.5 items-center justify-center rounded-r-[4px] text-muted hover:bg-hover hover:text-ink"
        onClick={onRemove}
      >
        <X className="size-3" />
      </button>
    </span>
  );
}
