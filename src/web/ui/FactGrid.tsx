import { useState } from 'react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';

/** Facts in two columns: 122 and the rest. */
export function FactGrid({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[7.625rem_minmax(0,1fr)] gap-y-1.25">{children}</dl>;
}

/** One fact. `actions` appear under the pointer, and when the value is pressed: Include, Exclude, Copy. */
export function Fact({ term, children, actions }: { term: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="group/fact contents">
      <dt className="text-muted">{term}</dt>
      <dd className="relative min-w-0 break-words">
        {actions ? <ActedValue actions={actions}>{children}</ActedValue> : children}
      </dd>
    </div>
  );
}

function ActedValue({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        className="max-w-full rounded-xs text-left break-words select-text"
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      <span
        className={classes(
          'absolute -inset-y-1 -right-1.5 items-center gap-0.5 bg-hover pl-2 group-hover/fact:flex pointer-coarse:static pointer-coarse:my-1 pointer-coarse:bg-transparent pointer-coarse:pl-0',
          open ? 'flex' : 'hidden',
        )}
      >
        {actions}
      </span>
    </>
  );
}
