/** Renames that wait for their undo: shown at once, sent when the time is over or the window is closed. */
import { useQueryClient } from '@tanstack/react-query';
import { isolated } from '../../lib/bidi.ts';
import { Failure } from '../../queries/client.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { toasts } from '../../ui/toasts.ts';
import { useModify } from './use-modify.ts';
import type { ChangeBase } from './use-modify.ts';
import type { Renames } from './use-renames.ts';

/** Toasts of renames not sent yet; they outlive the page, because the toast does. */
const waiting = new Set<number>();
let listening = false;

/** A window that is closed has no later: what waits is sent now. */
function sendBeforeLeaving(): void {
  if (listening) return;
  listening = true;
  window.addEventListener('pagehide', () => {
    for (const toast of waiting) toasts.close(toast);
  });
}

/** Eight seconds to take a rename back; nothing is sent before. The field that asked may be gone by then. */
export function useRenameLater(show: Renames['show']): (base: ChangeBase, name: string) => void {
  const client = useQueryClient();
  const { modify } = useModify();

  const send = async (base: ChangeBase, name: string) => {
    const { id, name: before } = base.organization;
    try {
      await modify(base, { name });
      // the name stays ours until the tree, which is being read again, has it
      await client.invalidateQueries({ queryKey: hierarchyQuery().queryKey }, { cancelRefetch: false });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      toasts.failure({ title: `${isolated(before)} was not renamed`, note: `${error.report.message} ${error.report.action}` });
    } finally {
      show(id, null);
    }
  };
  return (base, name) => {
    const { id } = base.organization;
    show(id, name);
    sendBeforeLeaving();
    const toast = toasts.undo({
      title: `Renamed to ${isolated(name)}`,
      note: 'Sent in 8 s unless you undo.',
      onUndo: () => {
        waiting.delete(toast);
        show(id, null);
      },
      onCommit: () => {
        waiting.delete(toast);
        void send(base, name);
      },
    });
    waiting.add(toast);
  };
}
