import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import { classes } from './classes.ts';
import { tip } from './tip.ts';

export interface Segment<V extends string> {
  value: V;
  label: string;
  icon?: LucideIcon | undefined;
  /** Only the icon is drawn; the label is its name and tooltip. */
  iconOnly?: boolean | undefined;
  disabledReason?: string | false | undefined;
}

export interface SegmentedControlProps<V extends string> {
  label: string;
  value: V;
  onChange: (value: V) => void;
  options: readonly Segment<V>[];
  size?: 'toolbar' | 'row' | undefined;
  className?: string | undefined;
}

/** Two to four views of the same thing. It is a radio group: arrows move, one stop for Tab. */
export function SegmentedControl<V extends string>({
  label,
  value,
  onChange,
  options,
  size = 'toolbar',
  className,
}: SegmentedControlProps<V>) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={classes(
        'inline-flex shrink-0 rounded-[6px] bg-press p-0.5',
        size === 'toolbar' ? 'h-(--control-toolbar)' : 'h-(--control-row)',
        className,
      )}
    >
      {options.map((option) => {
        const Icon = option.icon;
        return (
          <label
            key={option.value}
            className={classes(
              'relative inline-flex h-full items-center gap-1.5 rounded-[4px] text-xs font-medium whitespace-nowrap has-checked:bg-raised has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--color-line)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
              option.iconOnly ? 'px-1.5' : 'px-2.5',
              option.disabledReason ? 'text-disabled' : 'text-muted hover:text-ink',
            )}
            {...tip(option.disabledReason || (option.iconOnly ? option.label : undefined))}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              aria-label={option.label}
              aria-disabled={option.disabledReason ? true : undefined}
              className="absolute inset-0 appearance-none opacity-0"
              onChange={() => {
                if (!option.disabledReason) onChange(option.value);
              }}
            />
            {Icon && <Icon className="size-3.5" />}
            {!option.iconOnly && option.label}
          </label>
        );
      })}
    </div>
  );
}
