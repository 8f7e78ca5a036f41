import type { LucideIcon } from 'lucide-react';
import { createContext, use, useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import { tip } from './tip.ts';

export type LinkProps = Omit<ComponentProps<'a'>, 'href'> & { href: string };

function plainLink({ href, children, ...rest }: LinkProps): ReactNode {
  return (
    <a href={href} {...rest}>
      {children}
    </a>
  );
}

/** Tells the kit how this application draws a link; without it links load the page. */
export const LinkContext = createContext<(props: LinkProps) => ReactNode>(plainLink);

/** An anchor that the router follows. Addresses of other origins open as plain links, with no referrer. */
export function Link({ href, children, ...rest }: LinkProps) {
  const inside = use(LinkContext);
  if (/^[a-z][a-z+.-]*:/i.test(href)) {
    return (
      <a href={href} target="_blank" rel="noreferrer" {...rest}>
        {children}
      </a>
    );
  }
  return inside({ href, children, ...rest });
}

interface TextActionBase {
  children: ReactNode;
  icon?: LucideIcon | undefined;
  size?: 'xs' | 'sm' | undefined;
  className?: string | undefined;
  disabledReason?: string | false | undefined;
}
type TextActionProps = TextActionBase & ({ href: string; onPress?: undefined } | { href?: undefined; onPress: () => void });

/** Words that act: "Open audit", "Select all 68 matching". A link where it goes somewhere, a button where it does something. */
export function TextAction({ children, icon: Icon, size = 'xs', className, disabledReason, href, onPress }: TextActionProps) {
  const reasonId = useId();
  const look = classes(
    'inline-flex items-center gap-1 whitespace-nowrap',
    disabledReason ? 'font-[550] text-disabled' : 'link',
    size === 'xs' ? 'text-xs' : 'text-sm',
    className,
  );
  const content = (
    <>
      {Icon && <Icon className="size-3" />}
      {children}
    </>
  );
  if (href !== undefined && !disabledReason) {
    return (
      <Link href={href} className={look}>
        {content}
      </Link>
    );
  }
  return (
    <>
      <button
        type="button"
        className={look}
        aria-disabled={disabledReason ? true : undefined}
        aria-describedby={disabledReason ? reasonId : undefined}
        onClick={disabledReason ? undefined : onPress}
        {...tip(disabledReason || undefined)}
      >
        {content}
      </button>
      {disabledReason && (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      )}
    </>
  );
}
