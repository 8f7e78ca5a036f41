import type { ReactNode } from 'react';

/** Facts in two columns: 122 and the rest. */
export function FactGrid({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[7.625rem_minmax(0,1fr)] gap-y-1.25">{children}</dl>;
}

/** One fact. `actions` appear under the pointer and the focus: Include, Exclude, Copy. */
export function Fact({ term, children, actions }: { term: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="group/fact contents">
      <dt className="text-muted">{term}</dt>
      <dd className="relative min-w-0 break-words">
        {children}
        {actions && (
          <span className="absolute -inset-y-1 -right-1.5 hidden items-center gap-0.5 bg-hover pl-2 group-focus-within/fact:flex group-hover/fact:flex pointer-coarse:static pointer-coarse:mt-1 pointer-coarse:flex pointer-coarse:bg-transparent pointer-coarse:pl-0">
            {actions}
          </span>
        )}
      </dd>
    </div>
  );
}
