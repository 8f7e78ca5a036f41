/** Whether the session ended while somebody was working: the page stays, the shell asks to sign in again. */
import { useSyncExternalStore } from 'react';

let lost = false;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  if (lost === next) return;
  lost = next;
  for (const listener of listeners) listener();
}

export const noteSessionLost = () => set(true);
export const noteSessionFound = () => set(false);

/** True from the first answer that says nobody is signed in until somebody signs in again. */
export function useSessionLost(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => lost,
  );
}
