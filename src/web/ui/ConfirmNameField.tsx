import { Check } from 'lucide-react';
import { useId } from 'react';
import { visibleLine } from '../lib/bidi.ts';
import { classes } from './classes.ts';
import { CopyButton } from './CopyId.tsx';
import { inputLook } from './Field.tsx';

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
        <label htmlFor={id} className={disabledReason ? 'text-muted' : undefined}>
          {disabledReason ? 'Then type the name' : 'Type the name'}
        </label>
        <CopyButton text={name} label="the name" className="rounded-sm bg-press px-2 py-0.75">
          <span className="font-mono text-sm break-words">{visibleLine(name)}</span>
        </CopyButton>
        {!disabledReason && <span className="text-xs text-muted">upper and lower case count</span>}
      </div>
      <div className="relative">
        <input
          id={id}
          value={value}
          readOnly={Boolean(disabledReason)}
          aria-disabled={disabledReason ? true : undefined}
          aria-describedby={disabledReason ? `${id}-why` : undefined}
          placeholder={disabledReason || undefined}
          autoComplete="off"
          spellCheck={false}
          className={classes(inputLook(false), 'h-8.5 pr-24')}
          onChange={(event) => onChange(event.target.value)}
        />
        <output className="pointer-events-none absolute inset-y-0 right-2.25 flex items-center gap-1.5 text-xs font-medium text-success-ink">
          {matches && (
            <>
              <Check className="size-3.5 text-success [stroke-width:2]" />
              Matches
            </>
          )}
        </output>
      </div>
      {disabledReason && (
        <span id={`${id}-why`} hidden>
          {disabledReason}
        </span>
      )}
    </div>
  );
}
