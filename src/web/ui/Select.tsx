import { ChevronsUpDown } from 'lucide-react';
import { useId } from 'react';
import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { describedBy, Field } from './Field.tsx';
import type { FieldWords } from './Field.tsx';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean | undefined;
}

export interface SelectProps extends Omit<ComponentProps<'select'>, 'size' | 'disabled' | 'prefix'>, FieldWords {
  options: readonly SelectOption[];
  size?: 'page' | 'toolbar' | undefined;
  /** Words inside the control before the choice: "Group by". The label is then hidden. */
  prefix?: string | undefined;
  disabledReason?: string | false | undefined;
}

/** One of a list. The list itself is the system's: type-ahead, keyboard and touch are its own. */
export function Select({
  label,
  labelHidden,
  upstreamName,
  hint,
  error,
  aside,
  count,
  layout,
  options,
  size = 'page',
  prefix,
  disabledReason,
  className,
  id: givenId,
  'aria-describedby': own,
  ...rest
}: SelectProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const hidden = labelHidden ?? prefix !== undefined;
  const words = { label, labelHidden: hidden, upstreamName, hint: disabledReason || hint, error, aside, count, layout };
  return (
    <Field id={id} words={words} className={className}>
      <span
        className={classes(
          'relative flex w-full items-center rounded-md border bg-raised hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
          error ? 'border-danger' : prefix === undefined ? 'border-line-control' : 'border-line-strong',
          size === 'toolbar' ? 'h-(--control-toolbar)' : 'h-(--control)',
        )}
      >
        {prefix !== undefined && (
          <span aria-hidden="true" className="pointer-events-none pl-2.25 whitespace-nowrap text-muted">
            {prefix}
          </span>
        )}
        <select
          id={id}
          disabled={Boolean(disabledReason)}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, words, own)}
          className={classes(
            'h-full w-full min-w-0 appearance-none truncate bg-transparent pr-7 text-sm outline-none disabled:text-disabled [&>option]:bg-raised [&>option]:text-ink',
            prefix === undefined ? 'pl-2.25' : 'pl-1.25 font-medium',
          )}
          {...rest}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronsUpDown className="pointer-events-none absolute right-2.25 size-3.5 text-muted" />
      </span>
    </Field>
  );
}
