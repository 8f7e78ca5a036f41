import { useId, useState } from 'react';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { ungrouped } from '../../lib/decimal.ts';
import { Button } from '../../ui/Button.tsx';
import { leastOf } from './question.ts';

export interface Least {
  /** Null for no bound. */
  amount: string | null;
  unit: SpendAnswer['unit'] | undefined;
  onChange: (amount: string | null) => void;
}

/** Below which amount a group is among the others. */
export function LeastAmount({ least, close }: { least: Least; close: () => void }) {
  const [typed, setTyped] = useState(least.amount ?? '');
  const [isRefused, setRefused] = useState(false);
  const id = useId();
  const text = ungrouped(typed);
  const unit = least.unit?.kind === 'money' ? least.unit.currency : least.unit?.unit;
  return (
    <form
      className="grid gap-1.5 p-2 text-xs"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== '' && leastOf(text) === null) return setRefused(true);
        least.onChange(text === '' ? null : text);
        close();
      }}
    >
      <label className="grid gap-1 text-muted">
        Groups of at least{unit && `, in ${unit}`}
        <input
          data-autofocus=""
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          aria-invalid={isRefused || undefined}
          aria-describedby={id}
          className="h-(--control-toolbar) w-full rounded-md border border-line-control bg-raised px-2 text-sm text-ink"
          onChange={(event) => {
            setTyped(event.target.value);
            setRefused(false);
          }}
        />
      </label>
      <p id={id} className={isRefused ? 'text-danger-ink' : 'text-muted'}>
        {isRefused ? 'Must be an amount such as 100 or 0.50.' : 'Smaller ones are added up in Others. Nothing is left out.'}
      </p>
      <Button type="submit" size="toolbar">
        Apply
      </Button>
    </form>
  );
}
