/** Renames that wait for their undo: shown at once, sent when the time is over or the window is closed. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Failure } from '../../queries/client.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { toasts } from '../../ui/toasts.ts';
import { useModify } from './use-modify.ts';
import type { ChangeBase } from './use-modify.ts';

const none: ReadonlyMap<string, string> = new Map();

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

export interface Renames {
  /** Names as the person changed them, until the tree has them. */
  readonly names: ReadonlyMap<string, string>;
  readonly rename: (base: ChangeBase, name: string) => void;
}

/** Eight seconds to take a rename back; nothing is sent before. */
export function useRenames(): Renames {
  const [names, setNames] = useState(none);
  const client = useQueryClient();
  const { modify } = useModify();

  const forget = (organizationId: string) =>
    setNames((before) => {
      const next = new Map(before);
      next.delete(organizationId);
      return next;
    });
  const send = async (base: ChangeBase, name: string) => {
    const { id, name: before } = base.organization;
    try {
      await modify(base, { name });
      // the name stays ours until the tree, which is being read again, has it
      await client.invalidateQueries({ queryKey: hierarchyQuery().queryKey }, { cancelRefetch: false });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      toasts.failure({ title: `${before} was not renamed`, note: `${error.report.message} ${error.report.action}` });
    } finally {
      forget(id);
    }
  };
  const rename = (base: ChangeBase, name: string) => {
    const { id } = base.organization;
    setNames((before) => new Map(before).set(id, name));
    sendBeforeLeaving();
    const toast = toasts.undo({
      title: `Renamed to ${name}`,
      note: 'Sent in 8 s unless you undo.',
      onUndo: () => {
        waiting.delete(toast);
        forget(id);
      },
      onCommit: () => {
        waiting.delete(toast);
        void send(base, name);
      },
    });
    waiting.add(toast);
  };
  return { names, rename };
}
