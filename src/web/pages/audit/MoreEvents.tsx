import { useEffect, useEffectEvent, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';

/** Asks for older events when the end of the list comes near; the button does the same by hand. */
export function MoreEvents({ loading, onMore }: { loading: boolean; onMore: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  const ask = useEffectEvent(() => {
    if (!loading) onMore();
  });
  // only the browser knows when this comes into view
  useEffect(() => {
    const element = mark.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && ask(), {
      // the margin counts only around the root, and what scrolls is the table around the mark
      root: element.parentElement,
      rootMargin: '600px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={mark} className="px-5 py-3">
      <Button size="toolbar" working={loading && 'Reading older events…'} onClick={onMore}>
        Older events
      </Button>
    </div>
  );
}
