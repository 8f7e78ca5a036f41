import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '../lib/format.ts';
import { IconButton } from './IconButton.tsx';
import { Kbd } from './Kbd.tsx';
import { TextAction } from './Link.tsx';

export interface BulkBarProps {
  count: number;
  /** All rows that match, when more than what is selected. */
  matching?: number | undefined;
  onSelectAll?: (() => void) | undefined;
  onClear: () => void;
  /** Buttons of size `toolbar`. One that cannot be used is disabled, not hidden. */
  children: ReactNode;
  /** Why something here cannot be done. */
  note?: ReactNode;
}

/** What can be done with the selected rows. It takes the place of the status bar, so that rows do not move. */
export function BulkBar({ count, matching, onSelectAll, onClear, children, note }: BulkBarProps) {
  return (
    <section
      aria-label="Selected rows"
      className="flex min-h-11.5 shrink-0 flex-wrap items-center gap-2 border-t border-accent-line bg-selected px-(--gutter) py-1.5"
    >
      <output className="tabular font-semibold">{formatCount(count)} selected</output>
      {onSelectAll && matching !== undefined && matching > count && (
        <TextAction onPress={onSelectAll} size="sm">
          Select all {formatCount(matching)} matching
        </TextAction>
      )}
      <span aria-hidden="true" className="mx-1 h-5 w-px bg-accent-line" />
      {children}
      {note && <span className="text-xs text-muted">{note}</span>}
      <span className="ml-auto flex items-center gap-1.5 text-xs text-muted">
        <span className="flex items-center gap-1.5 max-sm:hidden">
          <Kbd keys="Esc" /> clear
        </span>
        <IconButton icon={X} label="Clear the selection" onClick={onClear} />
      </span>
    </section>
  );
}
