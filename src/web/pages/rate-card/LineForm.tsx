import { useId } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import type { Line, RateCard } from '../../../contract/canopy/rate-card.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { resolverOf } from './form-errors.ts';
import { lineErrors, lineOf, lineValues } from './line-form.ts';
import type { LineValues } from './line-form.ts';
import { allowanceWords, includedWords, priceWords, roundingNames, statusWords } from './words.ts';

interface Props {
  card: RateCard;
  line: Line;
  /** What the button says: "Change line", "Add line". */
  act: string;
  onDone: (line: Line) => void;
  onCancel: () => void;
}

const optionsOf = <T extends string>(words: Readonly<Record<T, string>>) =>
  (Object.entries(words) as [T, string][]).map(([value, label]) => ({ value, label })); // the record's own keys

const statuses = optionsOf(statusWords).filter(({ value }) => value !== 'contract-only');
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const allowances = optionsOf(allowanceWords).map(({ value, label }) => ({
  value,
  label: value === 'none' ? 'Nothing is included' : capital(label),
}));

/** Price, allowance, rounding and dates of one line. */
export function LineForm({ card, line, act, onDone, onCancel }: Props) {
  const id = useId();
  const { register, handleSubmit, formState, control } = useForm<LineValues>({
    defaultValues: lineValues(line),
    resolver: resolverOf((values) => lineErrors(card, lineOf(line, values))),
  });
  const { errors } = formState;
  const reads = lineOf(line, { ...lineValues(line), ...useWatch({ control }) });
  const { pool } = line.included;
  const sharing = pool === null ? [] : card.lines.filter((one) => one.included.pool === pool && one.metric !== line.metric);
  return (
    <form
      noValidate
      aria-label={act}
      className="grid gap-3.5 px-4 py-3"
      onSubmit={(event) => void handleSubmit((values) => onDone(lineOf(line, values)))(event)}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={`Price in ${card.currency}`}
          inputMode="decimal"
          autoComplete="off"
          data-autofocus=""
          hint="Empty where there is no list price."
          error={errors.amount?.message}
          {...register('amount')}
        />
        <TextField
          label="For how many"
          aside={line.unit || 'units'}
          inputMode="decimal"
          autoComplete="off"
          error={errors.per?.message}
          {...register('per')}
        />
      </div>
      <Select label="Rounding" options={optionsOf(roundingNames)} error={errors.rounding?.message} {...register('rounding')} />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Included"
          aside={line.unit || 'units'}
          inputMode="decimal"
          autoComplete="off"
          error={errors.quantity?.message}
          {...register('quantity')}
        />
        <Select label="Allowance" options={allowances} error={errors.allowance?.message} {...register('allowance')} />
      </div>
      {sharing.length > 0 && (
        <p className="-mt-2 text-xs text-muted">
          Used up together with {sharing.map(({ name }) => name).join(', ')}: the quantity changes there too.
        </p>
      )}
      <Select label="Status" options={statuses} error={errors.status?.message} {...register('status')} />
      <div className="grid grid-cols-2 gap-3">
        <TextField label="Billed from" type="date" hint="Free before." error={errors.from?.message} {...register('from')} />
        <TextField
          label="Until"
          type="date"
          hint="No rate from this day on."
          error={errors.until?.message}
          {...register('until')}
        />
      </div>
      <TextField label="Where it was read" type="url" autoComplete="off" error={errors.url?.message} {...register('url')} />
      <TextArea label="Note" rows={2} error={errors.note?.message} {...register('note')} />
      <p aria-live="polite" id={`${id}-reads`} className="rounded-md bg-sunken px-2.5 py-2 text-muted">
        Reads: <span className="font-medium text-ink">{priceWords(reads.price, line.unit, card.currency)}</span>, included:{' '}
        {includedWords(reads).replace(/^N/, 'n')}.
      </p>
      <div className="flex gap-2">
        <Button kind="primary" type="submit">
          {act}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
