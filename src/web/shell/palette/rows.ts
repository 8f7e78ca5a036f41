/** What stands in the palette, as data: groups of rows, and what choosing one does. */
import type { LucideIcon } from 'lucide-react';
import type { Kind } from './search-index.ts';

export type RowIcon = { kind: Kind } | { icon: LucideIcon };

export interface Row {
  /** Unique in the list; the option's element id is made of it. */
  id: string;
  icon: RowIcon;
  title: string;
  marks: readonly (readonly [number, number])[];
  /** After the title: the ancestor path, an e-mail address, what an action acts on. */
  detail?: string | undefined;
  /** At the right: one fact. */
  fact?: string | undefined;
  tone?: 'plain' | 'warning';
  keys?: string | undefined;
  disabledReason?: string | false | undefined;
  act: { href: string } | { run: () => void };
  /** What Tab offers for it. */
  more?: readonly Row[];
  /** Called when it is chosen, whatever it does. */
  onChosen?: () => void;
}

export interface Group {
  id: string;
  title: string;
  /** "3 of 320". */
  count?: string | undefined;
  rows: readonly Row[];
}

/** Rows in the order of the arrows. */
export const flat = (groups: readonly Group[]): readonly Row[] => groups.flatMap(({ rows }) => rows);

/** Rows of actions and screens whose words contain what was typed, with the letters marked. */
export function matching(rows: readonly Row[], query: string): readonly Row[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return rows;
  return rows.flatMap((row) => {
    const at = row.title.toLowerCase().indexOf(wanted);
    if (at >= 0) return [{ ...row, marks: [[at, at + wanted.length] as const] }];
    return row.detail?.toLowerCase().includes(wanted) === true ? [row] : [];
  });
}

/** The row that an arrow leads to; both ends meet. */
export function nextRow(count: number, at: number, key: 'ArrowDown' | 'ArrowUp' | 'PageDown' | 'PageUp'): number {
  if (count === 0) return -1;
  if (key === 'PageDown') return Math.min(at + 8, count - 1);
  if (key === 'PageUp') return Math.max(at - 8, 0);
  return (at + (key === 'ArrowDown' ? 1 : -1) + count) % count;
}
