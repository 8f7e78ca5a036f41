import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { Spinner } from '../../ui/Spinner.tsx';
import { judgeName } from './names.ts';
import type { OrganizationItem } from '../../tree/organization-index.ts';
import { changeBaseQuery } from './use-modify.ts';
import type { ChangeBase } from './use-modify.ts';
import { useRenameLater } from './use-rename-later.ts';
import type { Renames } from './use-renames.ts';

export interface RenameFieldProps {
  item: OrganizationItem;
  siblings: readonly OrganizationItem[];
  /** `back`: by a key, so the focus belongs to the row again. */
  onDone: (focus: 'back' | 'elsewhere') => void;
  /** Shows the new name until the tree has it. */
  onShow: Renames['show'];
}

/** Renames in the row itself. Enter keeps the name, Escape leaves it; what is wrong is said under the field. */
export function RenameField({ item, siblings, onDone, onShow }: RenameFieldProps) {
  const [name, setName] = useState(item.node.name);
  const [kept, setKept] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const messageId = useId();
  const base = useQuery(changeBaseQuery(item.id));
  const renameLater = useRenameLater(onShow);
  const judged = judgeName(name, siblings, item.id);
  const changed = name.trim() !== item.node.name;
  const failure = base.error && `${base.error.report.message} ${base.error.report.action}`;
  const problem = failure ?? (kept ? judged.error : undefined);
  const waits = kept && judged.error === undefined && base.isFetching;
  const message = problem ?? (waits ? 'Its present state is being read.' : changed ? judged.hint : undefined);

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const finish = (read: ChangeBase) => {
    renameLater(read, name.trim());
    onDone('back');
  };
  const keep = () => {
    setKept(true);
    if (!changed) onDone('back');
    else if (base.data && !base.isFetching && judged.error === undefined) finish(base.data);
  };
  // Enter came before the answer: the name is kept as soon as it is there
  const keepWhenRead = useEffectEvent((read: ChangeBase) => {
    if (kept && changed && judged.error === undefined) finish(read);
  });
  useEffect(() => {
    if (base.data) keepWhenRead(base.data);
  }, [base.data]);

  return (
    <span className="relative -ml-1.5 flex min-w-0 flex-1 items-center gap-1.5">
      <input
        ref={field}
        aria-label={`New name of ${item.node.name}`}
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={message === undefined ? undefined : messageId}
        value={name}
        readOnly={waits}
        autoComplete="off"
        spellCheck={false}
        className="h-(--control-row) w-full max-w-80 rounded-md border border-line-control bg-raised px-1.25 font-medium -outline-offset-1"
        onChange={(event) => {
          setName(event.target.value);
          setKept(false);
        }}
        onBlur={() => {
          if (!changed) onDone('elsewhere');
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') keep();
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onDone('back');
        }}
      />
      {waits && <Spinner className="size-3.5 shrink-0 text-muted" />}
      {message !== undefined && (
        <output
          id={messageId}
          className={`level-1 absolute top-full left-0 z-20 mt-1 w-80 rounded-md bg-raised px-2 py-1.5 text-xs whitespace-normal ${problem === undefined ? 'text-muted' : 'text-danger-ink'}`}
        >
          {message}
        </output>
      )}
    </span>
  );
}
