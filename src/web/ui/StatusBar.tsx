import type { ReactNode } from 'react';

/** The foot of a sheet: keys at the left, completeness and age at the right. */
export function StatusBar({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  return (
    <footer className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-4 border-t border-line bg-sunken px-3 text-xs text-muted max-lg:py-1.5 max-sm:px-(--gutter) lg:h-7 lg:flex-nowrap lg:overflow-hidden lg:whitespace-nowrap">
      {children}
      {end && <div className="ml-auto flex items-center gap-x-4 max-sm:flex-wrap">{end}</div>}
    </footer>
  );
}
