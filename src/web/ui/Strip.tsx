import type { ReactNode } from 'react';
import { classes } from './classes.ts';

/**
 * What a cell of a strip stands for.
 * - `done`, `failed`, `partial`, `waiting`, `running`: answers, rows of a batch, days of a gap map
 * - `missing`, `today`: days never asked, and the one that is not over
 * - `used`, `info`, `warning`, `neutral`: parts of a whole
 * - `billed`, `estimated`: the basis of a figure
 */
export type StripState =
  | 'done'
  | 'failed'
  | 'partial'
  | 'waiting'
  | 'running'
  | 'missing'
  | 'today'
  | 'used'
  | 'used-soft'
  | 'info'
  | 'warning'
  | 'neutral'
  | 'billed'
  | 'estimated';

export interface StripCell {
  state: StripState;
  /** How many things the cell stands for; one if not given. */
  count?: number | undefined;
}

export interface StripProps {
  cells: readonly StripCell[];
  /** 4 quota, 5 to 6 coverage and batch, 8 gap map, 10 basis. */
  height?: 4 | 5 | 6 | 8 | 10 | undefined;
  /** The whole strip in words, since colour alone says nothing. */
  label: string;
  className?: string | undefined;
}

const looks: Record<StripState, string> = {
  done: 'bg-success/80',
  failed: 'bg-danger',
  partial: 'hatch text-warning shadow-[inset_0_0_0_1px_var(--color-warning)]',
  waiting: 'bg-press',
  running: 'bg-accent-line',
  missing: 'shadow-[inset_0_0_0_1px_var(--color-line-strong)]',
  today: 'hatch text-muted shadow-[inset_0_0_0_1px_var(--color-line-strong)]',
  used: 'bg-accent',
  'used-soft': 'bg-accent-line',
  info: 'bg-info',
  warning: 'bg-warning',
  neutral: 'bg-line-strong',
  billed: 'bg-ink',
  estimated: 'hatch text-ink shadow-[inset_0_0_0_1px_var(--color-ink)]',
};

const heights = { 4: 'h-1', 5: 'h-1.25', 6: 'h-1.5', 8: 'h-2', 10: 'h-2.5' };
const oneEach = 60;

/** Cells one by one up to sixty; above that, runs of the same state take the room their number deserves. */
export function drawnCells(cells: readonly StripCell[]): { state: StripState; share: number; at: number }[] {
  const things = cells.reduce((sum, cell) => sum + (cell.count ?? 1), 0);
  const drawn: { state: StripState; share: number; at: number }[] = [];
  for (const [index, cell] of cells.entries()) {
    const last = drawn.at(-1);
    const share = cell.count ?? 1;
    if (share <= 0) continue;
    if (things > oneEach && last?.state === cell.state) last.share += share;
    else drawn.push({ state: cell.state, share, at: index });
  }
  return drawn;
}

/** The segmented strip: one cell for each organization, day or row, in the state it is in. Put its number beside it in words. */
export function Strip({ cells, height = 5, label, className }: StripProps) {
  return (
    <span className={classes('flex gap-px overflow-hidden rounded-xs', heights[height], className)}>
      <span className="sr-only">{label}</span>
      {drawnCells(cells).map(({ state, share, at }) => (
        <span
          key={at}
          className={classes('h-full min-w-0.5 transition-colors duration-200 [--hatch-step:4px]', looks[state])}
          style={{ flexGrow: share, flexBasis: 0 }}
        />
      ))}
    </span>
  );
}

/** A strip and what it says. */
export function StripWithWords({
  words,
  width = 'w-24',
  ...strip
}: StripProps & { words: ReactNode; width?: string | undefined }) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <Strip {...strip} className={classes(width, strip.className)} />
      <span className="tabular text-xs text-muted">{words}</span>
    </span>
  );
}
