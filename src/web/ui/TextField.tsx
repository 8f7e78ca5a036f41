import { useId } from 'react';
import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { describedBy, Field, inputLook } from './Field.tsx';
import type { FieldWords } from './Field.tsx';

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'size' | 'disabled'>, FieldWords {
  size?: 'page' | 'toolbar' | undefined;
  /** Mono for what is compared letter by letter. */
  font?: 'sans' | 'mono' | undefined;
  /** Why it cannot be typed into; said beside it. */
  disabledReason?: string | false | undefined;
}

/** One line of text with its label, and room for what is wrong with it. Spread `register('name')` of a form on it. */
export function TextField({
  label,
  labelHidden,
  upstreamName,
  hint,
  error,
  aside,
  count,
  layout,
  size = 'page',
  font = 'sans',
  disabledReason,
  className,
  id: givenId,
  type = 'text',
  'aria-describedby': own,
  readOnly,
  ...rest
}: TextFieldProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const words = { label, labelHidden, upstreamName, hint: disabledReason || hint, error, aside, count, layout };
  return (
    <Field id={id} words={words} className={className}>
      <input
        id={id}
        type={type}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, words, own)}
        aria-disabled={disabledReason ? true : undefined}
        readOnly={Boolean(disabledReason) || readOnly}
        className={classes(inputLook(Boolean(error), font), size === 'toolbar' ? 'h-(--control-toolbar)' : 'h-(--control)')}
        {...rest}
      />
    </Field>
  );
}
