import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { longestBudgetName } from '../../../contract/canopy/budgets.ts';
import type { Budget, BudgetPart } from '../../../contract/canopy/budgets.ts';
import { isTagDimension, tagDimension, tagKeyOf } from '../../../contract/canopy/tag-key.ts';
import { useChangeBudget, useCreateBudget } from '../../queries/budgets.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { spendMetricsQuery } from '../../queries/spend.ts';
import { spendValuesQuery } from '../../queries/spend-values.ts';
import { tagsQuery } from '../../queries/tags.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toasts } from '../../ui/toasts.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { partTitle, termsOf, valuesOf } from './form.ts';
import type { BudgetValues, FieldErrors } from './form.ts';

export interface WrittenBudget {
  values: Partial<BudgetValues>;
  /** What its value is called. */
  label: string;
}

interface Props {
  /** Null: a new one. */
  budget: Budget | null;
  organizationId: string;
  /** What was filled in of a new one before the dialog was closed. */
  written: WrittenBudget | null;
  onWritten: (written: WrittenBudget) => void;
  onSaved: (id: string) => void;
  onClose: () => void;
}

const shownOptions = 50;

/** What a month may cost, and for what. */
export function BudgetDialog({ budget, organizationId, written, onWritten, onSaved, onClose }: Props) {
  const { currencies = [], today } =
    useQuery(spendMetricsQuery({ organization: organizationId, descendants: true })).data?.result ?? {};
  const [opened] = useState(() => new Date().toISOString().slice(0, 7));
  const [edited, setEdited] = useState<Partial<BudgetValues>>(budget ? {} : (written?.values ?? {}));
  const [valueLabel, setValueLabel] = useState(budget ? (budget.partName?.replace(/^\S+ /, '') ?? '') : (written?.label ?? ''));
  const [sought, setSought] = useState('');
  const [errors, setErrors] = useState<FieldErrors>({});
  const first = { organizationId, currency: currencies[0] ?? 'USD', month: today?.slice(0, 7) ?? opened };
  const values = { ...valuesOf(budget, first), ...edited };
  const set = (patch: Partial<BudgetValues>, label = valueLabel) => {
    const next = { ...edited, ...patch };
    setEdited(next);
    setValueLabel(label);
    if (!budget) onWritten({ values: next, label });
    setErrors(Object.fromEntries(Object.entries(errors).filter(([name]) => !(name in patch))));
  };
  const create = useCreateBudget();
  const change = useChangeBudget();
  const failed = budget ? change.error : create.error;
  const isSaving = create.isPending || change.isPending;
  const nodes = useQuery(hierarchyQuery()).data?.result.nodes ?? [];
  const organizations = nodes
    .filter(({ id, name }) => name.toLowerCase().includes(sought.trim().toLowerCase()) || id.includes(sought))
    .map(({ id, name }) => ({ value: id, label: name }));
  const subtree = { organization: values.organizationId, descendants: true };
  const tags = useQuery(tagsQuery(subtree)).data?.result.keys ?? [];
  const parts = [
    { value: '', label: 'All of its spend' },
    { value: 'account', label: 'One account' },
    { value: 'family', label: 'One product family' },
    ...tags.map(({ key }) => ({ value: tagDimension(key), label: `Accounts by tag ${key}` })),
  ];
  if (isTagDimension(values.part) && !parts.some(({ value }) => value === values.part))
    parts.push({ value: values.part, label: `Accounts by tag ${tagKeyOf(values.part)}` });

  const save = () => {
    const read = termsOf(values);
    if ('errors' in read) return setErrors(read.errors);
    const onSuccess = ({ result }: { result: Budget }) => {
      toasts.success({ title: budget ? `${result.name} is changed` : `${result.name} is set` });
      onSaved(result.id);
    };
    if (budget)
      change.mutate({ params: { budgetId: budget.id }, body: { base: budget.version, terms: read.terms } }, { onSuccess });
    else create.mutate({ body: read.terms }, { onSuccess });
  };

  return (
    <Dialog
      title={budget ? `Change ${budget.name}` : 'New budget'}
      size="preflight"
      consequence="It caps nothing and sends no alert. Everybody who may see the organization’s spend sees it."
      onClose={onClose}
      act={
        <Button kind="primary" working={isSaving && 'Saving…'} onClick={save}>
          {budget ? 'Change budget' : 'Set budget'}
        </Button>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <DialogSection>
          <TextField
            label="Name"
            data-autofocus=""
            autoComplete="off"
            maxLength={longestBudgetName}
            value={values.name}
            error={errors.name}
            onChange={(event) => set({ name: event.target.value })}
          />
          <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
            <ChoiceField
              label="Organization"
              hint="With everything below it."
              value={values.organizationId}
              shown={nodes.find(({ id }) => id === values.organizationId)?.name ?? values.organizationId}
              error={errors.organizationId}
              sought={sought}
              onSought={setSought}
              found={{ options: organizations.slice(0, shownOptions), total: organizations.length }}
              onChange={(chosen) => set({ organizationId: chosen })}
            />
            <Select
              label="For"
              value={values.part}
              error={errors.part}
              options={parts}
              onChange={(event) => {
                set({ part: event.target.value as BudgetValues['part'], value: '' }, ''); // one of the options above
              }}
            />
          </div>
          {values.part !== '' && (
            <ValueField
              key={values.part}
              dimension={values.part}
              subtree={subtree}
              value={values.value}
              shown={valueLabel || values.value}
              error={errors.value}
              onChange={(value, label) => set({ value }, label)}
            />
          )}
        </DialogSection>
        <DialogSection>
          <div className="grid grid-cols-[minmax(0,1fr)_7rem_9rem] gap-3 max-sm:grid-cols-2">
            <TextField
              label="Amount a month"
              inputMode="decimal"
              autoComplete="off"
              value={values.amount}
              error={errors.amount}
              onChange={(event) => set({ amount: event.target.value })}
            />
            <Select
              label="Currency"
              value={values.currency}
              error={errors.currency}
              options={[...new Set([...currencies, values.currency])].map((value) => ({ value, label: value }))}
              onChange={(event) => set({ currency: event.target.value })}
            />
            <TextField
              label="First month"
              autoComplete="off"
              placeholder="YYYY-MM"
              value={values.from}
              error={errors.from}
              onChange={(event) => set({ from: event.target.value })}
            />
          </div>
          <TextField
            label="Thresholds"
            aside="percent"
            autoComplete="off"
            hint="The days they are passed, or expected to be, stand beside the chart."
            value={values.thresholds}
            error={errors.thresholds}
            onChange={(event) => set({ thresholds: event.target.value })}
          />
          <TextArea
            label="Months with another amount"
            rows={2}
            font="mono"
            hint="A line for each: 2026-12 1500"
            value={values.months}
            error={errors.months}
            onChange={(event) => set({ months: event.target.value })}
          />
          {failed && <ErrorLine error={failed.report} title="The budget was not saved" />}
          <button type="submit" className="hidden" aria-hidden="true" tabIndex={-1} />
        </DialogSection>
      </form>
    </Dialog>
  );
}

interface ValueProps {
  dimension: BudgetPart['dimension'];
  subtree: { organization: string; descendants: boolean };
  value: string;
  shown: string;
  error: string | undefined;
  onChange: (value: string, label: string) => void;
}

/** An account, a family or a tag's value, as records carry them. */
function ValueField({ dimension, subtree, value, shown, error, onChange }: ValueProps) {
  const [sought, setSought] = useState('');
  const found = useQuery(spendValuesQuery(dimension, subtree, sought)).data?.result;
  const options = found?.values.flatMap(({ key, label }) => (key === null ? [] : [{ value: key, label }])) ?? [];
  return (
    <ChoiceField
      label={partTitle(dimension)}
      value={value}
      shown={shown}
      error={error}
      sought={sought}
      onSought={setSought}
      found={found ? { options, total: found.total - (found.values.length - options.length) } : null}
      onChange={onChange}
    />
  );
}
