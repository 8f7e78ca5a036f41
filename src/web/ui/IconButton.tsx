import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import type { ComponentProps, MouseEvent } from 'react';
import { buttonLook } from './Button.tsx';
import type { ButtonSize } from './Button.tsx';
import { classes } from './classes.ts';
import { tip } from './tip.ts';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'children' | 'type'> {
  icon: LucideIcon;
  /** What it does: its accessible name and its tooltip. */
  label: string;
  kind?: 'quiet' | 'plain' | undefined;
  size?: ButtonSize | undefined;
  pressed?: boolean | undefined;
  disabledReason?: string | false | undefined;
}

const sizes: Record<ButtonSize, string> = {
  page: 'w-(--control) px-0',
  toolbar: 'w-(--control-toolbar) px-0',
  row: 'w-(--control-row) px-0',
};

/** A button that is only an icon. */
export function IconButton({
  icon: Icon,
  label,
  kind = 'quiet',
  size = 'toolbar',
  pressed,
  disabledReason,
  className,
  onClick,
  ...rest
}: IconButtonProps) {
  const reasonId = useId();
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (disabledReason) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        aria-disabled={disabledReason ? true : undefined}
        aria-describedby={disabledReason ? reasonId : undefined}
        className={classes(
          buttonLook(kind, size, disabledReason ? 'disabled' : 'able'),
          sizes[size],
          pressed && 'bg-press text-ink',
          className,
        )}
        onClick={press}
        {...tip(disabledReason || label)}
        {...rest}
      >
        <Icon className="size-4" />
      </button>
      {disabledReason && (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      )}
    </>
  );
}
