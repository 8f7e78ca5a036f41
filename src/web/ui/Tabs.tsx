import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Link } from './Link.tsx';

export interface TabItem {
  id: string;
  label: string;
  href: string;
  /** How many are behind it. */
  count?: ReactNode;
}

/** Views of one thing that have addresses of their own: a navigation of links, the current one underlined. */
export function Tabs({ label, current, items }: { label: string; current: string; items: readonly TabItem[] }) {
  return (
    <nav aria-label={label} className="flex gap-5 overflow-x-auto">
      {items.map((item) => (
        <Link
          key={item.id}
          href={item.href}
          aria-current={item.id === current ? 'page' : undefined}
          className={classes(
            'inline-flex items-baseline gap-1.5 border-b-2 pt-1.5 pb-1.75 whitespace-nowrap focus-inside',
            item.id === current
              ? 'border-accent font-semibold text-ink [scroll-initial-target:nearest]'
              : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {item.label}
          {item.count !== undefined && <span className="tabular text-xs font-normal text-muted">{item.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
