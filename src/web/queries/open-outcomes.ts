/** Writes whose answer did not come: Canopy looks for them, and the shell says how each one ended. */
import { useSyncExternalStore } from 'react';
import type { ErrorReport } from '../../contract/envelope.ts';

export interface OpenOutcome {
  readonly receiptId: string;
  /** Rows to read again once it is known. */
  readonly touched: readonly string[];
}

let open: readonly OpenOutcome[] = [];
const listeners = new Set<() => void>();

function set(next: readonly OpenOutcome[]): void {
  open = next;
  for (const listener of listeners) listener();
}

/** A write failed: where that leaves it open what became of it, its receipt is followed. */
export function noteOpenOutcome({ code, receiptId }: ErrorReport, touched: readonly string[]): void {
  if (code !== 'outcome_unknown' || receiptId === undefined || open.some((one) => one.receiptId === receiptId)) return;
  set([...open, { receiptId, touched }]);
}

export function forgetOutcome(receiptId: string): void {
  set(open.filter((one) => one.receiptId !== receiptId));
}

export function useOpenOutcomes(): readonly OpenOutcome[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
