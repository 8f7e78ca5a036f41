import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { visibleLine } from '../lib/bidi.ts';
import { useRouteFacts } from './route-facts.ts';
import { useScopeTree } from './scope-tree.ts';

/** How long a page may take to draw its heading before the focus stays where it is. */
const patience = 5_000;

/**
 * A change of screen as a screen reader hears it: the document's title is renewed and announced, and the focus goes
 * to the heading. Not at the first page, not when a panel opens (the path stays), not while the focus is on a tab.
 */
export function RouteAnnouncer() {
  const facts = useRouteFacts();
  const { pathname } = useLocation();
  const { tree, organizationId, page } = useScopeTree();
  const name = page !== null && organizationId !== null ? tree?.byId.get(organizationId)?.name : undefined;
  const title = [facts?.title, name && visibleLine(name), 'Canopy'].filter(Boolean).join(' · ');
  const [announced, setAnnounced] = useState('');
  const shown = useRef(pathname);
  const latest = useRef(title);

  useEffect(() => {
    latest.current = title;
  });

  useEffect(() => {
    if (shown.current === pathname) return undefined;
    shown.current = pathname;
    setAnnounced(latest.current);
    if (document.activeElement?.closest('[role="tablist"], [data-tabs], header nav')) return undefined;
    return whenHeadingStands((heading) => {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    });
  }, [pathname]);

  return (
    <>
      <title>{title}</title>
      <p role="status" className="sr-only">
        {announced}
      </p>
    </>
  );
}

/** Calls back with the page's heading: now, or once it is drawn. */
function whenHeadingStands(then: (heading: HTMLElement) => void): () => void {
  const main = document.querySelector('main');
  const find = () => main?.querySelector<HTMLElement>('h1') ?? null;
  const heading = find();
  if (heading) then(heading);
  if (heading || !main) return () => undefined;
  const observer = new MutationObserver(() => {
    const late = find();
    if (!late) return;
    stop();
    then(late);
  });
  const timer = setTimeout(() => stop(), patience);
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
  };
  observer.observe(main, { childList: true, subtree: true });
  return stop;
}
