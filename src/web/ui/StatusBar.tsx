import type { ReactNode } from 'react';

/** The foot of a sheet: keys at the left, completeness and age at the right. */
export function StatusBar({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  return (
    <footer className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-4 border-t border-line bg-sunken px-3 text-xs text-muted max-sm:px-(--gutter) max-sm:py-1.5 sm:h-7 sm:flex-nowrap sm:overflow-hidden sm:whitespace-nowrap">
      {children}
      {end && <div className="ml-auto flex items-center gap-x-4 max-sm:flex-wrap">{end}</div>}
    </footer>
  );
}
