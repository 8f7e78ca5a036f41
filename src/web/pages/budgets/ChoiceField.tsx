import { ChevronsUpDown } from 'lucide-react';
import { useId } from 'react';
import { Field } from '../../ui/Field.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { Popover } from '../../ui/Popover.tsx';

export interface Choice {
  value: string;
  label: string;
}

interface Props {
  label: string;
  value: string;
  /** What is chosen, in words; the value where it is not known. */
  shown: string;
  hint?: string | undefined;
  error?: string | undefined;
  sought: string;
  onSought: (text: string) => void;
  /** What the text finds, and how many there are in all; null while it is looked for. */
  found: { options: readonly Choice[]; total: number } | null;
  onChange: (value: string, label: string) => void;
}

/** One of many, found by typing. */
export function ChoiceField({ label, value, shown, hint, error, sought, onSought, found, onChange }: Props) {
  const id = useId();
  return (
    <Field id={`${id}-trigger`} words={{ label, error, hint }}>
      <Popover
        label={label}
        width={340}
        className="p-1"
        trigger={({ id: _own, ...props }) => (
          <button
            type="button"
            {...props}
            id={`${id}-trigger`}
            aria-label={`${label}: ${shown || 'not chosen'}`}
            className={`flex h-(--control) w-full items-center gap-2 rounded-md border bg-raised px-2.25 text-left hover:bg-hover ${error ? 'border-danger' : 'border-line-control'}`}
          >
            <span className={`min-w-0 flex-1 truncate ${shown ? '' : 'text-muted'}`}>{shown || 'Choose'}</span>
            <ChevronsUpDown className="size-3.5 text-muted" />
          </button>
        )}
      >
        {(close) => (
          <OptionList
            label={label}
            mode="one"
            search={{ value: sought, onChange: onSought, status: statusOf(found) }}
            options={found?.options ?? []}
            selected={[value]}
            onChange={([chosen]) => {
              const option = found?.options.find((one) => one.value === chosen);
              if (option) onChange(option.value, option.label);
              close();
            }}
          />
        )}
      </Popover>
    </Field>
  );
}

function statusOf(found: Props['found']): string {
  if (!found) return 'Searching…';
  return found.total > found.options.length ? `${found.options.length} of ${found.total}: type to find more` : '';
}
