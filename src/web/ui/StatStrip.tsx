import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Link } from './Link.tsx';

interface StatStripProps {
  label: string;
  /** How the keys reach what is beyond the edge: by the facts, where they are links, or by the strip. */
  focus?: 'facts' | 'strip';
  children: ReactNode;
}

/** Facts of equal height parted by lines; at most five. Under 1024 it scrolls sideways. */
export function StatStrip({ label, focus = 'facts', children }: StatStripProps) {
  return (
    <section
      aria-label={label}
      // a region that scrolls and holds nothing to press takes the keys itself
      {...(focus === 'strip' ? { tabIndex: 0 } : {})}
      className="flex shrink-0 overflow-x-auto border-b border-line focus-inside max-lg:snap-x"
    >
      {children}
    </section>
  );
}

export interface StatProps {
  label: string;
  figure: ReactNode;
  /** Beside the figure: "of 20,000". */
  unit?: ReactNode;
  strip?: ReactNode;
  note?: ReactNode;
  href?: string | undefined;
  /** `tall`: figure over strip over note. `line`: figure and note in one line. */
  form?: 'tall' | 'line' | undefined;
}

/** One fact: what it is, how much, and what that means. */
export function Stat({ label, figure, unit, strip, note, href, form = 'tall' }: StatProps) {
  const look = classes(
    'flex flex-col border-line px-(--gutter) not-last:border-r max-lg:min-w-44 max-lg:shrink-0 max-lg:snap-start',
    form === 'tall' ? 'min-w-0 flex-1 gap-1.25 py-2.5' : 'pt-2 pb-1.75',
    href && 'focus-inside hover:bg-hover',
  );
  const content =
    form === 'tall' ? (
      <>
        <span className="text-xs text-muted">{label}</span>
        <span className="flex items-baseline gap-2">
          <span className="tabular text-xl font-semibold">{figure}</span>
          {unit && <span className="text-muted">{unit}</span>}
        </span>
        {strip}
        {note && <span className="truncate text-xs text-muted">{note}</span>}
      </>
    ) : (
      <>
        <span className="text-xs text-muted">{label}</span>
        <span className="flex items-baseline gap-2 whitespace-nowrap">
          <span className="tabular text-lg font-semibold">{figure}</span>
          {(unit ?? note) && <span className="text-xs text-muted">{unit ?? note}</span>}
        </span>
      </>
    );
  return href ? (
    <Link href={href} className={look}>
      {content}
    </Link>
  ) : (
    <div className={look}>{content}</div>
  );
}
