/** Which of the shell's own layers is open; at most one. Any part of the shell may open one. */
import { useSyncExternalStore } from 'react';

/** `switch` is the palette showing organizations only. */
export type Sheet = 'palette' | 'switch' | 'shortcuts' | 'drawer';

let open: Sheet | null = null;
const listeners = new Set<() => void>();

function set(next: Sheet | null): void {
  open = next;
  for (const listener of listeners) listener();
}

export const openSheet = (sheet: Sheet) => set(sheet);
export const closeSheet = () => set(null);

export function useOpenSheet(): Sheet | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
