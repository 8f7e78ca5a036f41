import { Check, Minus } from 'lucide-react';
import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import { tip } from './tip.ts';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'disabled'> {
  label: string;
  labelHidden?: boolean | undefined;
  /** Some of what it stands for is checked. */
  state?: 'mixed' | undefined;
  hint?: ReactNode;
  disabledReason?: string | false | undefined;
}

/** Yes or no, or partly. 15 px square; in tables its hit area is 28. */
export function Checkbox({ label, labelHidden, state, hint, disabledReason, className, ref, onClick, ...rest }: CheckboxProps) {
  const id = useId();
  const box = (
    <span className="relative inline-grid size-3.75 shrink-0 place-items-center">
      <input
        ref={(element) => {
          if (element) element.indeterminate = state === 'mixed';
          if (typeof ref === 'function') return ref(element);
          if (ref) ref.current = element;
          return undefined;
        }}
        id={id}
        type="checkbox"
        aria-label={labelHidden ? label : undefined}
        aria-disabled={disabledReason ? true : undefined}
        aria-describedby={disabledReason || hint ? `${id}-hint` : undefined}
        className="peer absolute inset-0 size-3.75 appearance-none rounded-sm border-[1.25px] border-line-control bg-raised before:absolute before:-inset-1.75 checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent aria-disabled:border-line aria-disabled:bg-sunken"
        onClick={(event) => {
          if (disabledReason) event.preventDefault();
          else onClick?.(event);
        }}
        {...tip(disabledReason || undefined)}
        {...rest}
      />
      {state === 'mixed' ? (
        <Minus className="pointer-events-none relative size-2.75 [stroke-width:3] text-on-accent peer-aria-disabled:text-disabled" />
      ) : (
        <Check className="pointer-events-none invisible relative size-2.75 [stroke-width:3] text-on-accent peer-checked:visible peer-aria-disabled:text-disabled" />
      )}
    </span>
  );
  const why = disabledReason || hint;
  if (labelHidden) {
    return (
      <span className={classes('inline-flex', className)}>
        {box}
        {why && (
          <span id={`${id}-hint`} hidden>
            {why}
          </span>
        )}
      </span>
    );
  }
  return (
    <span className={classes('flex items-start gap-2', className)}>
      <span className="mt-0.25 inline-flex">{box}</span>
      <span>
        <label htmlFor={id} className={disabledReason ? 'text-disabled' : undefined}>
          {label}
        </label>
        {why && (
          <span id={`${id}-hint`} className="block text-xs text-muted">
            {why}
          </span>
        )}
      </span>
    </span>
  );
}
