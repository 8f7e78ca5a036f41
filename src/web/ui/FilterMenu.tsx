import { ChevronLeft, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { OptionList } from './OptionList.tsx';
import { Popover } from './Popover.tsx';

export interface FilterField {
  id: string;
  label: string;
  /** Chooses the value; call `close` when it is chosen. */
  editor: (close: () => void) => ReactNode;
}

/** Adds a filter: first the field, then its value, in one popover. */
export function FilterMenu({
  fields,
  label = 'Filter',
  kind = 'quiet',
}: {
  fields: readonly FilterField[];
  label?: string | undefined;
  kind?: 'quiet' | 'plain' | undefined;
}) {
  return (
    <Popover
      label="Add a filter"
      width={260}
      className="p-1"
      trigger={(props) => (
        <Button {...props} kind={kind} size="toolbar" icon={Plus}>
          {label}
        </Button>
      )}
    >
      {(close) => <FieldThenValue fields={fields} close={close} />}
    </Popover>
  );
}

/** The list of fields went away with the focus in it. */
function focusFirst(element: HTMLElement | null): void {
  const start = element?.querySelector<HTMLElement>('[data-autofocus], input, select, [tabindex="0"]');
  (start ?? element?.querySelector('button'))?.focus();
}

/** The two steps without the popover, for a page that fetches its fields when they are wanted. */
export function FieldThenValue({ fields, close }: { fields: readonly FilterField[]; close: () => void }) {
  const [fieldId, setFieldId] = useState<string | null>(null);
  const field = fields.find((candidate) => candidate.id === fieldId);
  if (!field) {
    return (
      <OptionList
        label="Fields"
        mode="one"
        options={fields.map(({ id, label }) => ({ value: id, label }))}
        selected={[]}
        onChange={([chosen]) => setFieldId(chosen ?? null)}
      />
    );
  }
  return (
    <div ref={focusFirst}>
      <button
        type="button"
        className="mb-1 flex w-full items-center gap-1.5 rounded-sm px-1.5 py-1 text-xs font-medium text-muted hover:bg-hover"
        onClick={() => setFieldId(null)}
      >
        <ChevronLeft className="size-3.5" />
        {field.label}
      </button>
      {field.editor(close)}
    </div>
  );
}
