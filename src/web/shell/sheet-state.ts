/** Which of the shell's own layers is open; at most one. Any part of the shell may open one. */
import { useSyncExternalStore } from 'react';

/** `switch` is the palette showing organizations only. */
export type Sheet = 'palette' | 'switch' | 'shortcuts' | 'drawer';

let open: Sheet | null = null;
const listeners = new Set<() => void>();

/** What somebody typed into the palette while its code was on the way. */
export const typedAhead = { text: '' };

function set(next: Sheet | null): void {
  open = next;
  typedAhead.text = '';
  for (const listener of listeners) listener();
}

export const openSheet = (sheet: Sheet) => set(sheet);
export const closeSheet = () => set(null);

/** The palette was asked for and has not come yet: what is typed is meant for it. */
export const awaitsPalette = () => (open === 'palette' || open === 'switch') && !document.querySelector('dialog:modal');

export function useOpenSheet(): Sheet | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
