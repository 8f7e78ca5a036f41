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
  // functions and icons change identity with every render; only a change of words lists the actions anew
  const words = JSON.stringify(mine.map(({ icon: _icon, run, ...rest }) => ({ ...rest, runs: run !== undefined })));
  useEffect(() => {
    const listed = JSON.parse(words) as readonly (PageAction & { runs: boolean })[]; // written the line above
    const added = listed.map(({ runs, ...action }, index): PageAction =>
      Object.assign(action, {
        icon: latest.current[index]?.icon,
        run: runs ? () => latest.current.find(({ id }) => id === action.id)?.run?.() : undefined,
      }),
    );
    actions = [...actions, ...added];
    for (const listener of listeners) listener();
    return () => {
      actions = actions.filter((action) => !added.includes(action));
      for (const listener of listeners) listener();
    };
  }, [words]);
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
