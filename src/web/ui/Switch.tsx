import { useId } from 'react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { tip } from './tip.ts';

export interface SwitchProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  labelHidden?: boolean | undefined;
  /** The label stands before or after the switch. */
  labelAt?: 'start' | 'end' | undefined;
  hint?: ReactNode;
  disabledReason?: string | false | undefined;
}

/** On or off, at once. */
export function Switch({ label, checked, onChange, labelHidden, labelAt = 'end', hint, disabledReason }: SwitchProps) {
  const id = useId();
  const why = disabledReason || hint;
  return (
    <span className={classes('inline-flex items-start gap-2', labelAt === 'start' && 'flex-row-reverse')}>
      <button
        type="button"
        role="switch"
        id={`${id}-switch`}
        aria-checked={checked}
        aria-labelledby={id}
        aria-describedby={why ? `${id}-hint` : undefined}
        aria-disabled={disabledReason ? true : undefined}
        className={classes(
          'relative mt-px h-4 w-7 shrink-0 rounded-full transition-colors duration-90 before:absolute before:-inset-1.5',
          disabledReason ? 'bg-line' : checked ? 'bg-accent' : 'bg-line-control',
        )}
        onClick={() => {
          if (!disabledReason) onChange(!checked);
        }}
        {...tip(disabledReason || undefined)}
      >
        <span
          className={classes(
            'absolute top-0.5 left-0.5 size-3 rounded-full bg-raised transition-transform duration-90',
            checked && 'translate-x-3',
          )}
        />
      </button>
      <span className={labelHidden ? 'sr-only' : undefined}>
        <label id={id} htmlFor={`${id}-switch`} className={disabledReason ? 'text-disabled' : undefined}>
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
