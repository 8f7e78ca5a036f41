import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Link } from './Link.tsx';
import type { LinkProps } from './Link.tsx';
import { Spinner } from './Spinner.tsx';
import { tip } from './tip.ts';

export type ButtonKind = 'plain' | 'primary' | 'quiet' | 'danger';
export type ButtonSize = 'page' | 'toolbar' | 'row';

interface Look {
  /** `primary` at most once on a screen; `danger` only where a destructive act is confirmed. */
  kind?: ButtonKind | undefined;
  /** 30 in the page, 26 in toolbars, 24 inside rows. */
  size?: ButtonSize | undefined;
  icon?: LucideIcon | undefined;
  trailingIcon?: LucideIcon | undefined;
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'type'>, Look {
  type?: 'button' | 'submit' | undefined;
  /** The act under way, "Moving…": replaces the label while the width stays. */
  working?: string | false | undefined;
  /** Why it cannot be pressed. It stays focusable and says so; a grey button without a reason does not exist. */
  disabledReason?: string | false | undefined;
  /** For a button that is on or off. */
  pressed?: boolean | undefined;
}

const sizes: Record<ButtonSize, string> = {
  page: 'h-(--control) px-2.75 text-sm',
  toolbar: 'h-(--control-toolbar) px-2.25 text-xs',
  row: 'h-(--control-row) px-1.75 text-xs',
};

const kinds: Record<ButtonKind, string> = {
  plain: 'border border-line-strong bg-raised font-medium text-ink hover:bg-hover active:bg-press',
  primary:
    'border border-transparent bg-accent font-[550] text-on-accent hover:bg-accent-hover active:ui-inset active:bg-accent-hover',
  quiet: 'border border-transparent font-medium text-muted hover:bg-hover hover:text-ink active:bg-press',
  danger:
    'border border-transparent bg-danger font-[550] text-on-danger hover:bg-danger-hover active:ui-inset active:bg-danger-hover',
};

const disabledLook: Record<ButtonKind, string> = {
  plain: 'border border-line bg-sunken font-medium text-disabled',
  primary: 'border border-line bg-sunken font-medium text-disabled',
  quiet: 'border border-transparent font-medium text-disabled',
  danger: 'border border-line bg-sunken font-medium text-disabled',
};

/** The classes of a button, for what must look like one and is something else. */
export function buttonLook(kind: ButtonKind = 'plain', size: ButtonSize = 'page', state: 'able' | 'disabled' = 'able'): string {
  return classes(
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md transition-colors duration-90',
    sizes[size],
    state === 'able' ? kinds[kind] : disabledLook[kind],
  );
}

function Content({ icon: Icon, trailingIcon: Trailing, size, children }: Look & { children: ReactNode }) {
  const iconSize = size === 'row' ? 'size-3.25' : 'size-3.5';
  return (
    <>
      {Icon && <Icon className={iconSize} />}
      {children}
      {Trailing && <Trailing className={classes(iconSize, 'text-faint')} />}
    </>
  );
}

/** A verb and a noun that do something: "Move account". */
export function Button({
  kind = 'plain',
  size = 'page',
  icon,
  trailingIcon,
  working,
  disabledReason,
  pressed,
  className,
  children,
  type = 'button',
  onClick,
  'aria-describedby': describedBy,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const held = Boolean(working) || Boolean(disabledReason);
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (held) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <>
      <button
        type={type === 'submit' ? 'submit' : 'button'}
        aria-disabled={held || undefined}
        aria-pressed={pressed}
        aria-describedby={classes(describedBy, disabledReason && reasonId) || undefined}
        className={classes(buttonLook(kind, size, disabledReason ? 'disabled' : 'able'), pressed && 'bg-press', className)}
        onClick={press}
        {...tip(disabledReason || undefined)}
        {...rest}
      >
        {working ? (
          <span className="inline-grid">
            <span aria-hidden="true" className="invisible col-start-1 row-start-1 inline-flex items-center gap-1.5">
              <Content icon={icon} trailingIcon={trailingIcon} size={size}>
                {children}
              </Content>
            </span>
            <span className="col-start-1 row-start-1 inline-flex items-center justify-center gap-1.5">
              <Spinner className={size === 'row' ? 'size-3.25' : 'size-3.5'} />
              {working}
            </span>
          </span>
        ) : (
          <Content icon={icon} trailingIcon={trailingIcon} size={size}>
            {children}
          </Content>
        )}
      </button>
      {disabledReason && (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      )}
    </>
  );
}

/** A button's look on something that goes somewhere. */
export function ButtonLink({ kind, size, icon, trailingIcon, className, children, ...rest }: LinkProps & Look) {
  return (
    <Link className={classes(buttonLook(kind, size), className)} {...rest}>
      <Content icon={icon} trailingIcon={trailingIcon} size={size}>
        {children}
      </Content>
    </Link>
  );
}
