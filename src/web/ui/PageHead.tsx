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
    <header className="ui-page-head">
      <h1>
        <Upstream>{title}</Upstream>
      </h1>
      {facts && <div className="ui-facts">{facts}</div>}
      {tabs && <div className="ui-tabs">{tabs}</div>}
      {children && <div className="ui-acts">{children}</div>}
    </header>
  );
}
