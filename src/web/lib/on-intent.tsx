/** Parts that come after the first paint: when somebody is about to use them, or once the page stands. */
import { useEffect, useState } from 'react';
import type { ComponentType, ReactNode } from 'react';

export interface OnIntent<P extends object> {
  /** Starts fetching: on a pointer over the button, or focus on it. */
  preload: () => void;
  /** Draws the part; nothing until it has come. */
  Part: (props: P) => ReactNode;
}

/**
 * Unlike `React.lazy` a part that has come is drawn in the same render, so that a popover can be measured and its
 * first field focused when it opens; and one that does not come never takes the page down: `onMissing` is told, and
 * the next time tries again.
 */
export function onIntent<P extends object>(load: () => Promise<ComponentType<P>>, onMissing: () => void): OnIntent<P> {
  let come: ComponentType<P> | null = null;
  let coming: Promise<ComponentType<P>> | null = null;
  const fetchPart = () => {
    coming ??= load().then(
      (part) => (come = part),
      (error: unknown) => {
        coming = null;
        throw error;
      },
    );
    return coming;
  };
  function Part(props: P) {
    // the box keeps React from taking a component for an updater
    const [box, setBox] = useState({ part: come });
    useEffect(() => {
      if (box.part) return undefined;
      let wanted = true;
      fetchPart().then(
        (part) => wanted && setBox({ part }),
        () => wanted && onMissing(),
      );
      return () => {
        wanted = false;
      };
    }, [box.part]);
    return box.part ? <box.part {...props} /> : null;
  }
  return { preload: () => void fetchPart().catch(() => undefined), Part };
}
