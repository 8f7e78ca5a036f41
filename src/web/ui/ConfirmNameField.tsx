import { CircleCheck } from 'lucide-react';
import { useId } from 'react';
import { visibleLine } from '../lib/bidi.ts';
import { CopyButton } from './CopyId.tsx';
import { TextField } from './TextField.tsx';

/** Letter by letter; spaces at the ends are forgiven because nobody sees them. */
export function matchesName(name: string, typed: string): boolean {
  return typed.trim() === name.trim() && name.trim() !== '';
}

export interface ConfirmNameFieldProps {
  /** The name of what will be destroyed. */
  name: string;
  value: string;
  onChange: (value: string) => void;
  /** Closed until something else is done: "Opens when all checks are clear". */
  disabledReason?: string | false | undefined;
}

/** The last step before something is destroyed: its exact name, typed. That it matches is said in words. */
export function ConfirmNameField({ name, value, onChange, disabledReason }: ConfirmNameFieldProps) {
  const id = useId();
  const matches = matchesName(name, value);
  return (
    <div>
      <div className="mb-1.5 flex flex-wrap items-center gap-2">
        <label htmlFor={id} className="text-muted">
          {disabledReason ? 'Then type the name' : 'Type the name'}
        </label>
        <CopyButton text={name} label="the name" className="rounded-sm bg-press px-1.5 py-0.5">
          <span className="font-mono text-sm">{visibleLine(name)}</span>
        </CopyButton>
        <output className="ml-auto flex items-center gap-1 text-xs text-success-ink">
          {matches && (
            <>
              <CircleCheck className="size-3.5 text-success" />
              matches
            </>
          )}
        </output>
      </div>
      <TextField
        id={id}
        label="Name"
        labelHidden
        font="mono"
        autoComplete="off"
        spellCheck={false}
        value={value}
        disabledReason={disabledReason}
        placeholder={disabledReason || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
