import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dimensionTitle, withoutValue } from '../../../contract/canopy/dimension-words.ts';
import type { SpendDimension, SpendFilter } from '../../../contract/canopy/spend.ts';
import type { Subtree } from '../../queries/hierarchy.ts';
import { spendValuesQuery } from '../../queries/spend-values.ts';
import { FilterChip } from '../../ui/FilterChip.tsx';
import { FilterMenu } from '../../ui/FilterMenu.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { LeastAmount } from './LeastAmount.tsx';
import type { Least } from './LeastAmount.tsx';
import { formatAmount, valuesWords } from './words.ts';
import { goOnFromTitle } from './go-on-from-title.ts';
import { withFilter, withoutFilter } from './question.ts';

interface Props {
  filters: readonly SpendFilter[];
  subtree: Subtree;
  onChange: (filters: SpendFilter[]) => void;
}

const leastField = 'Least amount';

/** Conditions on any dimension, as chips; all figures of the page change together. */
export function SpendFilters({
  filters,
  dimensions,
  subtree,
  least,
  onChange,
}: Props & { dimensions: readonly SpendDimension[]; least?: Least | undefined }) {
  return (
    <>
      {filters.map((filter) => (
        <Chip
          key={`${filter.dimension} ${filter.operator}`}
          filter={filter}
          filters={filters}
          subtree={subtree}
          onChange={onChange}
        />
      ))}
      {least?.amount && (
        <FilterChip
          field={leastField}
          operator="is"
          value={least.unit ? formatAmount(least.amount, least.unit) : least.amount}
          onRemove={() => least.onChange(null)}
          editor={(_, close) => <LeastAmount least={least} close={close} />}
        />
      )}
      <FilterMenu
        fields={[
          ...(least
            ? [{ id: 'least', label: leastField, editor: (close: () => void) => <LeastAmount least={least} close={close} /> }]
            : []),
          ...dimensions.map((dimension) => ({
            id: dimension,
            label: dimensionTitle(dimension),
            editor: () => (
              <Values
                filter={filters.find((one) => one.dimension === dimension) ?? { dimension, operator: 'is', values: [] }}
                filters={filters}
                subtree={subtree}
                onChange={onChange}
              />
            ),
          })),
        ]}
      />
    </>
  );
}

function Chip({ filter, filters, subtree, onChange }: Props & { filter: SpendFilter }) {
  // the first value is looked up by its key: it need not be among the first fifty
  const first = filter.values[0] ?? '';
  const some = useLabels(filter, subtree, filter.values.length === 1 ? first : '');
  const labels = new Map([...some, ...useLabels(filter, subtree, first)]);
  return (
    <FilterChip
      field={dimensionTitle(filter.dimension)}
      operator={filter.operator === 'is' ? 'is' : 'is not'}
      value={valuesWords(filter, labels)}
      onRemove={() => {
        goOnFromTitle();
        onChange(withoutFilter(filters, filter));
      }}
      editor={() => <Values filter={filter} filters={filters} subtree={subtree} onChange={onChange} />}
    />
  );
}

function useLabels(
  { dimension }: { dimension: SpendDimension },
  subtree: Subtree,
  contains = '',
): ReadonlyMap<string | null, string> {
  const found = useQuery(spendValuesQuery(dimension, subtree, contains)).data?.result.values ?? [];
  return new Map(found.map(({ key, label }) => [key, label]));
}

/** Fifty values at a time; the server searches among the rest. */
function Values({ filter, filters, subtree, onChange }: Props & { filter: SpendFilter }) {
  const [contains, setContains] = useState('');
  const values = useQuery(spendValuesQuery(filter.dimension, subtree, contains));
  const found = values.data?.result;
  const none = '\u0000'; // cannot be a key: stands for records without a value
  const set = (next: SpendFilter) =>
    onChange(next.values.length === 0 ? withoutFilter(filters, filter) : withFilter(withoutFilter(filters, filter), next));
  return (
    <div className="grid gap-1">
      <SegmentedControl
        label="Keep or leave out"
        size="row"
        value={filter.operator}
        onChange={(operator) => set({ ...filter, operator })}
        options={[
          { value: 'is', label: 'is' },
          { value: 'is-not', label: 'is not' },
        ]}
      />
      <OptionList
        label={dimensionTitle(filter.dimension)}
        mode="many"
        search={{
          value: contains,
          onChange: setContains,
          status: found ? `${found.values.length} of ${found.total}` : 'Searching…',
        }}
        options={(found?.values ?? []).map(({ key, label }) => ({
          value: key ?? none,
          label: key === null ? withoutValue(filter.dimension) : label,
        }))}
        selected={filter.values.map((value) => value ?? none)}
        onChange={(chosen) => set({ ...filter, values: chosen.map((value) => (value === none ? null : value)) })}
      />
    </div>
  );
}
