import { useId } from 'react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';

export interface RadioOption<V extends string> {
  value: V;
  label: ReactNode;
  hint?: ReactNode;
  disabledReason?: string | false | undefined;
}

export interface RadioGroupProps<V extends string> {
  label: string;
  labelHidden?: boolean | undefined;
  name: string;
  value: V | null;
  onChange: (value: V) => void;
  options: readonly RadioOption<V>[];
  /** `cards`: each option in a box with room for facts. */
  layout?: 'stacked' | 'cards' | undefined;
}

/** One of a few, all in sight. */
export function RadioGroup<V extends string>({
  label,
  labelHidden,
  name,
  value,
  onChange,
  options,
  layout = 'stacked',
}: RadioGroupProps<V>) {
  const id = useId();
  const cards = layout === 'cards';
  return (
    <fieldset>
      <legend className={labelHidden ? 'sr-only' : 'mb-1.5 font-medium'}>{label}</legend>
      <div className={cards ? 'grid gap-2.5 sm:auto-cols-fr sm:grid-flow-col' : 'grid gap-1.5'}>
        {options.map((option) => (
          <label
            key={option.value}
            className={classes(
              'flex items-start gap-2',
              cards &&
                'rounded-md border border-line-control bg-raised p-2.5 has-checked:border-accent has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
            )}
          >
            <input
              type="radio"
              name={`${name}-${id}`}
              value={option.value}
              checked={value === option.value}
              aria-disabled={option.disabledReason ? true : undefined}
              aria-describedby={option.disabledReason || option.hint ? `${id}-${option.value}` : undefined}
              className={classes(
                'mt-0.5 size-3.75 shrink-0 appearance-none rounded-full border-[1.25px] border-line-control bg-raised checked:border-[4.5px] checked:border-accent aria-disabled:border-line aria-disabled:bg-sunken',
                cards && 'outline-none',
              )}
              onChange={() => {
                if (!option.disabledReason) onChange(option.value);
              }}
            />
            <span className="min-w-0">
              <span className={option.disabledReason ? 'text-disabled' : undefined}>{option.label}</span>
              {(option.disabledReason || option.hint) && (
                <span id={`${id}-${option.value}`} className="block text-xs text-muted">
                  {option.disabledReason || option.hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
