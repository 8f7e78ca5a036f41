import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { judgeName } from './CreateDialog.tsx';
import type { OrganizationItem } from './organization-index.ts';
import { changeBaseQuery } from './use-modify.ts';
import type { ChangeBase } from './use-modify.ts';

interface Props {
  item: OrganizationItem;
  siblings: readonly OrganizationItem[];
  onDone: () => void;
  onRename: (base: ChangeBase, name: string) => void;
}

/** Renames in the row itself. Enter keeps the name, Escape leaves it; what is wrong is said under the field. */
export function RenameField({ item, siblings, onDone, onRename }: Props) {
  const [name, setName] = useState(item.node.name);
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const base = useQuery(changeBaseQuery(item.id));
  const judged = judgeName(name, siblings, item.id);
  const changed = name.trim() !== item.node.name;
  const problem = base.error
    ? `${base.error.report.message} ${base.error.report.action}`
    : tried && !base.data
      ? 'Its present state is still being read.'
      : judged.error;
  const message = problem ?? judged.hint;

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const keep = () => {
    setTried(true);
    if (!changed) onDone();
    else if (base.data && judged.error === undefined) onRename(base.data, name.trim());
  };
  return (
    <span className="relative min-w-0 flex-1">
      <input
        ref={field}
        aria-label={`New name of ${item.node.name}`}
        aria-invalid={problem !== undefined && (tried || base.error !== null) ? true : undefined}
        aria-describedby={message === undefined ? undefined : 'rename-message'}
        value={name}
        autoComplete="off"
        spellCheck={false}
        className="h-(--control-row) w-full max-w-80 rounded-md border border-line-control bg-raised px-2 font-medium"
        onChange={(event) => setName(event.target.value)}
        onBlur={() => {
          if (!changed) onDone();
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') keep();
          if (event.key === 'Escape') {
            event.preventDefault();
            onDone();
          }
        }}
      />
      {message !== undefined && (changed || base.error) && (
        <span
          id="rename-message"
          role="status"
          className={`level-1 absolute top-full left-0 z-20 mt-1 w-80 rounded-md bg-raised px-2 py-1.5 text-xs whitespace-normal ${problem === undefined ? 'text-muted' : 'text-danger-ink'}`}
        >
          {message}
        </span>
      )}
    </span>
  );
}
