import type { ReactNode } from 'react';
import { Upstream } from './Upstream.tsx';

export interface PageHeadProps {
  title: string;
  /** One line of plain facts. */
  facts?: ReactNode;
  tabs?: ReactNode;
  /** At most two buttons; the one primary button of the screen is the last. */
  children?: ReactNode;
}

/** Title of the page, one line of facts, and what can be done with all of it. */
export function PageHead({ title, facts, tabs, children }: PageHeadProps) {
  return (
    <header className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-(--gutter) py-2">
      <h1 className="max-w-full text-xl font-semibold wrap-anywhere max-sm:text-lg">
        <Upstream>{title}</Upstream>
      </h1>
      {facts && <div className="flex min-w-0 items-center gap-2.5 truncate text-muted">{facts}</div>}
      {tabs && <div className="max-w-full min-w-0 self-end sm:-mb-2 sm:ml-3">{tabs}</div>}
      {children && <div className="ml-auto flex flex-wrap items-center gap-2 max-sm:ml-0">{children}</div>}
    </header>
  );
}
