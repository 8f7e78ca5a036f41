/** Widths at which the frame changes its form, and following any media query. */
import { useCallback, useSyncExternalStore } from 'react';

/** The breakpoints of the theme. */
export const widths = {
  phone: '(width < 40rem)',
  /** Everything is drawn in full. */
  wide: '(width >= 80rem)',
  /** The rail stands in the frame; below, it is behind a button. */
  railStands: '(width >= 64rem)',
} as const;

/** Whether a media query matches now. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
