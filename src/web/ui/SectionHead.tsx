import type { ReactNode } from 'react';
import { classes } from './classes.ts';

/** The head of a region inside a sheet: its title, one plain fact, and what to do at the right. */
export function SectionHead({
  title,
  note,
  children,
  level: Level = 'h2',
  ground = 'sunken',
  edge = 'panel',
}: {
  title: string;
  note?: ReactNode;
  children?: ReactNode;
  level?: 'h2' | 'h3' | undefined;
  ground?: 'sunken' | 'canvas' | undefined;
  /** What stands under it has the padding of a panel, or the gutter of the page. */
  edge?: 'panel' | 'page' | undefined;
}) {
  return (
    <div
      className={classes(
        'flex min-h-8.75 shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line max-sm:py-1.5',
        edge === 'page' ? 'px-(--gutter)' : 'px-4',
        ground === 'sunken' && 'bg-sunken',
      )}
    >
      <Level className="text-sm font-semibold">{title}</Level>
      {note && <span className="tabular text-xs text-muted">{note}</span>}
      {children && <span className="ml-auto flex max-w-full items-center gap-2 max-sm:ml-0">{children}</span>}
    </div>
  );
}
