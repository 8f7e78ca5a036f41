/** Keys that are in force now: the shell's and those of the page, in one list that the shortcut sheet shows too. */
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** One key or a sequence: `n`, `g o`, `Mod+k`, `Escape`. */
  keys: string;
  /** What it does, for the sheet. */
  label: string;
  run: () => void;
}

export interface ShortcutGroup {
  title: string;
  shortcuts: readonly Shortcut[];
}

let groups: readonly ShortcutGroup[] = [];
const listeners = new Set<() => void>();

function change(next: readonly ShortcutGroup[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

/**
 * Puts keys in force while the component is on the page, listed under a title. They are off inside fields, while
 * a dialog is open, and when the person has switched single keys off. The newest group wins over older ones.
 */
export function useShortcuts(shortcuts: readonly Shortcut[], title: string): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const shape = shortcuts.map(({ keys, label }) => `${keys}\t${label}`).join('\n');
  useEffect(() => {
    if (shape === '') return undefined;
    const group: ShortcutGroup = {
      title,
      shortcuts: shape.split('\n').map((line, index) => {
        const [keys = '', label = ''] = line.split('\t');
        return { keys, label, run: () => latest.current[index]?.run() };
      }),
    };
    change([...groups, group]);
    return () => change(groups.filter((one) => one !== group));
  }, [shape, title]);
}

/** Every group in force, oldest first. */
export const shortcutGroups = (): readonly ShortcutGroup[] => groups;

export function useShortcutGroups(): readonly ShortcutGroup[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, shortcutGroups);
}
