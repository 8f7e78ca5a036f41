/** An action of a toast: it goes somewhere or does something. */
export type ToastAction = { label: string; href: string } | { label: string; onPress: () => void };

export interface ToastContent {
  /** What happened. */
  title: string;
  /** What follows from it. */
  note?: string | undefined;
  action?: ToastAction | undefined;
}

export interface Toast extends ToastContent {
  id: number;
  kind: 'success' | 'failure' | 'undo' | 'waiting';
  /** Milliseconds until it goes by itself; null stays until closed. */
  lasts: number | null;
  onUndo?: (() => void) | undefined;
  onCommit?: (() => void) | undefined;
}

const most = 3;
let list: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  list = next;
  for (const listener of listeners) listener();
}

function add(toast: Omit<Toast, 'id'>): number {
  const id = ++lastId;
  const kept = list.slice(-(most - 1));
  // an act that waits for undo is not lost because it was pushed out of sight
  for (const dropped of list.slice(0, -(most - 1))) dropped.onCommit?.();
  set([...kept, { ...toast, id }]);
  return id;
}

/**
 * Short messages about what just happened. Success goes after 6 s, undo after 8 s, a failure stays until it is closed.
 * Each call returns the id that `close` and `replace` take.
 */
export const toasts = {
  success: (content: ToastContent) => add({ ...content, kind: 'success', lasts: 6000 }),
  /** Success that somebody may have stopped waiting for: it stays until it is closed. */
  lateSuccess: (content: ToastContent) => add({ ...content, kind: 'success', lasts: null }),
  failure: (content: ToastContent) => add({ ...content, kind: 'failure', lasts: null }),
  /** Something is still being found out: "Outcome unknown, reading back". Stays until closed or replaced. */
  waiting: (content: ToastContent) => add({ ...content, kind: 'waiting', lasts: null }),
  /** `onUndo` when the person takes it back; otherwise `onCommit`, once, when the time ran out or the toast was closed. */
  undo: (content: Omit<ToastContent, 'action'> & { onUndo: () => void; onCommit?: () => void }) =>
    add({ ...content, kind: 'undo', lasts: 8000 }),
  close: (id: number) => {
    const closing = list.find((toast) => toast.id === id);
    if (!closing) return;
    set(list.filter((toast) => toast !== closing));
    closing.onCommit?.();
  },
  takeBack: (id: number) => {
    const undone = list.find((toast) => toast.id === id);
    if (!undone) return;
    set(list.filter((toast) => toast !== undone));
    undone.onUndo?.();
  },
};

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentToasts(): readonly Toast[] {
  return list;
}
