import type { ReactNode } from 'react';

/** The foot of a sheet: keys at the left, completeness and age at the right. */
export function StatusBar({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  return (
    <footer className="flex h-7 shrink-0 items-center gap-4 overflow-hidden border-t border-line bg-sunken px-3 text-xs whitespace-nowrap text-muted">
      {children}
      {end && <div className="ml-auto flex items-center gap-4">{end}</div>}
    </footer>
  );
}
