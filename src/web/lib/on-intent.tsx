/** Parts that come after the first paint: when somebody is about to use them, or once the page stands. */
import { useEffect, useState } from 'react';
import type { ComponentType, ReactNode } from 'react';

export interface OnIntent<P extends object> {
  /** Starts fetching: on a pointer over the button, or focus on it. */
  preload: () => void;
  /** The same as properties of whatever opens the part. */
  intent: { readonly onPointerEnter: () => void; readonly onFocus: () => void };
  /** Draws the part; until it has come, what stands in its place. */
  Part: (props: P) => ReactNode;
}

/** What stands in place of a part that has not come. */
export interface InPlace<P extends object> {
  /** What the part will be drawn with. */
  of: P;
  /** It could not be fetched: a newer version has replaced it, or the connection is gone. */
  missing: boolean;
  /** Tries again. */
  onRetry: () => void;
}

interface Meanwhile<P extends object> {
  /** Told once that the part could not be fetched; the next time it is drawn tries again. */
  onMissing?: () => void;
  /** Nothing stands there without it. */
  InPlace?: (props: InPlace<P>) => ReactNode;
}

/**
 * Unlike `React.lazy` a part that has come is drawn in the same render, so that a popover can be measured and its
 * first field focused when it opens; and one that does not come never takes the page down.
 */
export function onIntent<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { onMissing, InPlace }: Meanwhile<P> = {},
): OnIntent<P> {
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
  const preload = () => void fetchPart().catch(() => undefined);
  function Part(props: P) {
    // the box keeps React from taking a component for an updater
    const [box, setBox] = useState({ part: come, missing: false });
    useEffect(() => {
      if (box.part || box.missing) return undefined;
      let wanted = true;
      fetchPart().then(
        (part) => wanted && setBox({ part, missing: false }),
        () => {
          if (!wanted) return;
          setBox({ part: null, missing: true });
          onMissing?.();
        },
      );
      return () => {
        wanted = false;
      };
    }, [box]);
    if (box.part) return <box.part {...props} />;
    if (!InPlace) return null;
    return <InPlace of={props} missing={box.missing} onRetry={() => setBox({ part: come, missing: false })} />;
  }
  return { preload, intent: { onPointerEnter: preload, onFocus: preload }, Part };
}
