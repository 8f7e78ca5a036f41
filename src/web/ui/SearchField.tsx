import { Search } from 'lucide-react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { classes } from './classes.ts';
import { Kbd } from './Kbd.tsx';

export interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string | undefined;
  /** Keys that lead here, shown at the end while the field is empty: `['/']`. */
  keys?: readonly string[] | undefined;
  /** How much was found, "2 of 14": at the end while there is text. */
  hits?: ReactNode;
  size?: 'page' | 'toolbar' | undefined;
  className?: string | undefined;
  onKeyDown?: ((event: KeyboardEvent<HTMLInputElement>) => void) | undefined;
  ref?: Ref<HTMLInputElement> | undefined;
}

/** A field that searches as people type. Escape empties it first, and only then leaves. */
export function SearchField({
  label,
  value,
  onChange,
  placeholder = label,
  keys,
  hits,
  size = 'toolbar',
  className,
  onKeyDown,
  ref,
}: SearchFieldProps) {
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape' && value !== '') {
      event.stopPropagation();
      event.preventDefault();
      onChange('');
      return;
    }
    onKeyDown?.(event);
  };
  return (
    <span
      className={classes(
        'flex items-center gap-2 rounded-md border border-line-control bg-raised px-2.25 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
        size === 'page' ? 'h-(--control)' : 'h-(--control-toolbar)',
        className,
      )}
    >
      <Search className="size-3.5 text-muted" />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        className="h-full min-w-0 flex-1 bg-transparent text-sm outline-none [&::-webkit-search-cancel-button]:hidden"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={press}
      />
      {value !== '' && hits !== undefined && <output className="tabular text-xs whitespace-nowrap text-muted">{hits}</output>}
      {value === '' && keys && (
        <span className="flex gap-1 max-sm:hidden" aria-hidden="true">
          {keys.map((key) => (
            <Kbd key={key} keys={key} />
          ))}
        </span>
      )}
    </span>
  );
}
