import type { ReactNode } from 'react';

/** Search, view and filters on the left; counts and columns on the right. */
export function Toolbar({ label, children, end }: { label: string; children: ReactNode; end?: ReactNode }) {
  return (
    <fieldset
      aria-label={label}
      className="flex min-w-0 min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line px-(--gutter) py-2 max-sm:*:first:min-w-40 max-sm:*:first:flex-1"
    >
      {children}
      {end && <div className="ml-auto flex items-center gap-2.5">{end}</div>}
    </fieldset>
  );
}
