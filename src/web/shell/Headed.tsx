import type { ReactNode } from 'react';
import { useRouteFacts } from './route-facts.ts';

/** What stands in a page's place has the page's heading too: for the outline, and for the focus to land on. */
export function Headed({ children }: { children: ReactNode }) {
  const facts = useRouteFacts();
  return (
    <>
      <h1 className="sr-only">{facts?.title ?? 'Canopy'}</h1>
      {children}
    </>
  );
}
