import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { IconButton } from '../ui/IconButton.tsx';
import { Wordmark } from '../ui/Logo.tsx';
import { Rail } from './Rail.tsx';
import { ScopeSwitch } from './ScopeSwitch.tsx';
import { closeSheet } from './sheet-state.ts';
import { useHasScopeSwitch } from './TopBar.tsx';

/** The rail where there is no room for it: a modal sheet at the left edge, gone with the next step. */
export function Drawer() {
  const dialog = useRef<HTMLDialogElement>(null);
  const hasSwitch = useHasScopeSwitch();
  const { key } = useLocation();
  const openedAt = useRef(key);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    if (key !== openedAt.current) closeSheet();
  }, [key]);
  return (
    <dialog
      ref={dialog}
      aria-label="Screens"
      className="level-2 m-0 h-dvh max-h-none w-68 max-w-[85vw] bg-sunken backdrop:bg-backdrop"
      onClose={closeSheet}
      // a press beside the sheet closes it
      closedby="any"
    >
      <div className="flex h-full flex-col">
        <Rail
          form="wide"
          head={
            <div className="flex h-11 shrink-0 items-center justify-between pl-2">
              <Wordmark />
              <IconButton icon={X} label="Close" size="page" onClick={() => dialog.current?.close()} />
            </div>
          }
        />
        {hasSwitch && (
          <div className="border-t border-line p-3">
            <ScopeSwitch />
          </div>
        )}
      </div>
    </dialog>
  );
}
