import { Trash2 } from 'lucide-react';
import { Controller, useForm, useWatch } from 'react-hook-form';
import type { Override, RateCard } from '../../../contract/canopy/rate-card.ts';
import { Button } from '../../ui/Button.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { resolverOf } from './form-errors.ts';
import { lineOptions } from './line-options.ts';
import { overrideErrors, overrideOf, overrideValues } from './override-form.ts';
import type { OverrideValues } from './override-form.ts';
import { TargetField } from './TargetField.tsx';
import { overrideFacts, priceWords } from './words.ts';
import type { Names } from './words.ts';

interface Props {
  card: RateCard;
  /** Null: a new one. */
  index: number | null;
  override: Override;
  names: Names;
  whyNot: string | false;
  onDone: (override: Override) => void;
  onRemove: () => void;
  onClose: () => void;
}

/** What differs for an organization, an account or everyone. */
export function OverridePanel(props: Props) {
  const { index, override, names, whyNot, onRemove, onClose } = props;
  return (
    <Panel
      id="rate-card-line"
      label={index === null ? 'New override' : 'Override'}
      title={index === null ? 'New override' : 'Override'}
      focus="panel"
      sheetHeight="full"
      onClose={onClose}
    >
      {whyNot ? (
        <>
          <Notice tone="plain">{whyNot}</Notice>
          <PanelSection>
            <FactGrid>
              {overrideFacts(override, names).map(([name, words]) => (
                <Fact key={name} term={name}>
                  <Upstream>{words || 'None'}</Upstream>
                </Fact>
              ))}
            </FactGrid>
          </PanelSection>
        </>
      ) : (
        <OverrideForm {...props} />
      )}
      {!whyNot && index !== null && (
        <PanelSection>
          <Button size="toolbar" icon={Trash2} onClick={onRemove}>
            Remove override
          </Button>
        </PanelSection>
      )}
    </Panel>
  );
}

function OverrideForm({ card, index, override, onDone, onClose }: Props) {
  const { register, handleSubmit, formState, control, getValues, setValue } = useForm<OverrideValues>({
    defaultValues: overrideValues(override),
    resolver: resolverOf((values) => overrideErrors(card, index, overrideOf(values))),
  });
  const { errors } = formState;
  const { metric, price, allowance } = useWatch({ control });
  const lineOf = (id: string | undefined) => card.lines.find((one) => one.metric === id);
  const line = lineOf(metric);
  // a price for a million beside one for a single unit would be a million times too high, and look right
  const priceAsLine = () => setValue('per', lineOf(getValues('metric'))?.price?.per ?? '1');
  const unit = line?.unit || 'units';
  const oneLine = !line && 'For one metric only: choose it above.';
  return (
    <form
      noValidate
      aria-label={index === null ? 'New override' : 'Override'}
      className="grid gap-3.5 px-4 py-3"
      onSubmit={(event) => void handleSubmit((values) => onDone(overrideOf(values)))(event)}
    >
      <Controller
        control={control}
        name="target"
        render={({ field }) => <TargetField value={field.value} error={errors.target?.message} onChange={field.onChange} />}
      />
      <Select
        label="Metric"
        options={[{ value: '', label: 'Every line' }, ...lineOptions(card.lines)]}
        error={errors.metric?.message}
        {...register('metric', { onChange: priceAsLine })}
      />
      <Select
        label="Price"
        options={[
          { value: 'as-listed', label: 'As the line says' },
          { value: 'own', label: 'Its own price', disabled: !line },
          { value: 'unknown', label: 'Not known: no rate' },
        ]}
        hint={
          line
            ? `${priceWords(line.price, line.unit, card.currency)} on the line. A price given here is net: it has no further discount from above.`
            : oneLine
        }
        error={errors.price?.message}
        {...register('price', { onChange: () => getValues('amount') === '' && priceAsLine() })}
      />
      {price === 'own' && (
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label={`Price in ${card.currency}`}
            inputMode="decimal"
            autoComplete="off"
            error={errors.amount?.message}
            {...register('amount')}
          />
          <TextField
            label="For how many"
            aside={unit}
            inputMode="decimal"
            autoComplete="off"
            error={errors.per?.message}
            {...register('per')}
          />
        </div>
      )}
      <TextField
        label="Discount"
        aside="percent"
        inputMode="decimal"
        autoComplete="off"
        hint="Empty for none of its own."
        error={errors.discount?.message}
        {...register('discount')}
      />
      <Select
        label="Allowance"
        options={[
          { value: 'as-listed', label: 'As the line says' },
          { value: 'own', label: 'Its own quantity', disabled: !line },
          { value: 'none', label: 'Nothing included' },
        ]}
        error={errors.allowance?.message}
        {...register('allowance')}
      />
      {allowance === 'own' && (
        <TextField
          label="Included"
          aside={unit}
          inputMode="decimal"
          autoComplete="off"
          error={errors.included?.message}
          {...register('included')}
        />
      )}
      <div className="grid grid-cols-2 gap-3">
        <TextField label="From" type="date" error={errors.from?.message} {...register('from')} />
        <TextField label="Until" type="date" hint="Not on this day." error={errors.until?.message} {...register('until')} />
      </div>
      <TextField label="Note" autoComplete="off" error={errors.note?.message} {...register('note')} />
      <div className="flex gap-2">
        <Button kind="primary" type="submit">
          {index === null ? 'Add override' : 'Change override'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
