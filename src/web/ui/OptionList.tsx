import { Check } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { classes } from './classes.ts';

export interface Option {
  value: string;
  label: string;
  /** How many rows it has. */
  count?: number | undefined;
  note?: string | undefined;
}

export interface OptionListProps {
  label: string;
  options: readonly Option[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  mode?: 'one' | 'many' | undefined;
  /** Replaces the built-in search, for lists that the server searches. */
  search?: { value: string; onChange: (value: string) => void; status?: string } | undefined;
}

const searchedFrom = 8;

/** Values to choose from, one or many, with a search above eight. Arrows move, Space and Enter choose. */
export function OptionList({ label, options, selected, onChange, mode = 'many', search }: OptionListProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const shown = search ? options : options.filter((option) => option.label.toLowerCase().includes(typed.toLowerCase()));
  const at = Math.min(active, shown.length - 1);

  const choose = (value: string) => {
    if (mode === 'one') onChange([value]);
    else onChange(selected.includes(value) ? selected.filter((other) => other !== value) : [...selected, value]);
  };
  const go = (to: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const option = shown[at];
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Home' && !typing) go(0);
    else if (event.key === 'End' && !typing) go(shown.length - 1);
    else if (option && (event.key === 'Enter' || (event.key === ' ' && !typing))) choose(option.value);
    else return;
    event.preventDefault();
  };
  const searched = search !== undefined || options.length > searchedFrom;
  const activeId = shown[at] ? `${id}-${at}` : undefined;

  return (
    <div>
      {searched && (
        <input
          data-autofocus=""
          role="combobox"
          aria-label={`Search ${label}`}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={activeId}
          value={search?.value ?? typed}
          placeholder="Search"
          autoComplete="off"
          spellCheck={false}
          className="mb-1 h-(--control-toolbar) w-full rounded-md border border-line-control bg-raised px-2 text-sm"
          onChange={(event) => {
            setActive(0);
            if (search) search.onChange(event.target.value);
            else setTyped(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
      )}
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={label}
        aria-multiselectable={mode === 'many'}
        aria-activedescendant={searched ? undefined : activeId}
        tabIndex={searched ? -1 : 0}
        className="max-h-72 overflow-y-auto rounded-sm"
        onKeyDown={onKeyDown}
      >
        {shown.map((option, index) => {
          const on = selected.includes(option.value);
          return (
            <div
              key={option.value}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={on}
              className={classes('flex min-h-(--row-menu) items-center gap-2 rounded-sm px-2', index === at && 'bg-hover')}
              onClick={() => choose(option.value)}
              onKeyDown={onKeyDown}
              onPointerMove={() => setActive(index)}
            >
              <Check className={classes('size-3.75 text-accent-ink', !on && 'invisible')} />
              <span className="min-w-0 flex-1 truncate">
                {option.label}
                {option.note && <span className="text-muted"> {option.note}</span>}
              </span>
              {option.count !== undefined && <span className="tabular text-xs text-muted">{option.count}</span>}
            </div>
          );
        })}
      </div>
      {(shown.length === 0 || search?.status) && (
        <output className="block px-2 py-1.5 text-xs text-muted">
          {shown.length === 0 ? 'Nothing matches' : search?.status}
        </output>
      )}
    </div>
  );
}
