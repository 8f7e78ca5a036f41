import { useId } from 'react';
import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { describedBy, Field, inputLook } from './Field.tsx';
import type { FieldWords } from './Field.tsx';

export interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'disabled'>, FieldWords {
  font?: 'sans' | 'mono' | undefined;
  disabledReason?: string | false | undefined;
}

/** Several lines of text with a label. */
export function TextArea({
  label,
  labelHidden,
  upstreamName,
  hint,
  error,
  aside,
  count,
  layout,
  font = 'sans',
  disabledReason,
  className,
  id: givenId,
  rows = 3,
  'aria-describedby': own,
  readOnly,
  ...rest
}: TextAreaProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const words = { label, labelHidden, upstreamName, hint: disabledReason || hint, error, aside, count, layout };
  return (
    <Field id={id} words={words} className={className}>
      <textarea
        id={id}
        rows={rows}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, words, own)}
        aria-disabled={disabledReason ? true : undefined}
        readOnly={Boolean(disabledReason) || readOnly}
        className={classes(inputLook(Boolean(error), font), 'resize-y py-1.5')}
        {...rest}
      />
    </Field>
  );
}
