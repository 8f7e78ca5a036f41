/** What the page on the screen offers to do, so that the palette can list it under "Actions on this page". */
import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface PageAction {
  id: string;
  /** Verb and noun. */
  label: string;
  /** What it acts on, or what it costs. */
  note?: string | undefined;
  icon?: LucideIcon | undefined;
  keys?: string | undefined;
  /** Why it is not possible now; the action stays listed. */
  disabledReason?: string | false | undefined;
  href?: string | undefined;
  run?: (() => void) | undefined;
}

let actions: readonly PageAction[] = [];
const listeners = new Set<() => void>();

/** Lists actions while the component is on the page. */
export function usePageActions(mine: readonly PageAction[]): void {
  const latest = useRef(mine);
  useEffect(() => {
    latest.current = mine;
  });
  const shape = JSON.stringify(
    mine.map(({ id, label, note, keys, disabledReason, href }) => [id, label, note, keys, disabledReason, href]),
  );
  useEffect(() => {
    const added = latest.current.map(({ id, label, note, icon, keys, disabledReason, href, run }): PageAction => ({
      id,
      label,
      note,
      icon,
      keys,
      disabledReason,
      href,
      run: run && (() => latest.current.find((action) => action.id === id)?.run?.()),
    }));
    actions = [...actions, ...added];
    for (const listener of listeners) listener();
    return () => {
      actions = actions.filter((action) => !added.includes(action));
      for (const listener of listeners) listener();
    };
  }, [shape]);
}

export function useListedPageActions(): readonly PageAction[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => actions,
  );
}
