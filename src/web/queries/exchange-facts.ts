/** What the latest answers said about themselves, for the rate ring; read with `useBudget`. */
import { useSyncExternalStore } from 'react';

/** The five-minute request budget as Canopy last reported it. */
export interface Budget {
  remaining: number;
  limit: number;
}

let budget: Budget | null = null;
const listeners = new Set<() => void>();

/** Reads `remaining/limit`; null for anything else. */
export function readBudget(header: string | null): Budget | null {
  const match = /^(\d+)\/(\d+)$/.exec(header ?? '');
  return match ? { remaining: Number(match[1]), limit: Number(match[2]) } : null;
}

/** Remembers the budget of one answer. */
export function noteBudget(next: Budget | null): void {
  if (!next || (next.remaining === budget?.remaining && next.limit === budget.limit)) return;
  budget = next;
  for (const listener of listeners) listener();
}

/** The latest known budget; null before the first answer that carried one. */
export function useBudget(): Budget | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => budget,
  );
}
