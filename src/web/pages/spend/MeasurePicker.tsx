import { ChevronDown } from 'lucide-react';
import type { SpendMeasure, SpendMetric } from '../../../contract/canopy/spend.ts';
import { OptionList } from '../../ui/OptionList.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { measureLabels, moneyKinds, writeMeasure } from './question.ts';

interface Props {
  /** What the chart shows: "Cost per day". */
  title: string;
  measure: SpendMeasure;
  store: { metrics: readonly SpendMetric[]; currencies: readonly string[] };
  onChange: (value: string) => void;
}

/** The title of the chart is the choice of what it measures: money first, then one metric in its unit. */
export function MeasurePicker({ title, measure, store: { metrics, currencies }, onChange }: Props) {
  const money = currencies.flatMap((currency) =>
    moneyKinds.map((kind) => ({
      value: `${kind} ${currency}`,
      label: currencies.length === 1 ? measureLabels[kind] : `${measureLabels[kind]}, ${currency}`,
    })),
  );
  const quantities = metrics.map(({ metric, unit, name }) => ({
    value: writeMeasure({ kind: 'quantity', metric, unit }),
    label: name,
    note: unit,
  }));
  return (
    <h2 className="max-w-full font-semibold">
      <Popover
        label="Measure"
        width={320}
        className="p-1"
        trigger={(props) => (
          <button
            type="button"
            className="-ml-1.5 inline-flex h-(--control-row) max-w-80 items-center gap-1.5 rounded-md px-1.5 hover:bg-hover"
            {...props}
          >
            <span className="truncate">{title}</span>
            <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
          </button>
        )}
      >
        {(close) => (
          <OptionList
            label="Measure"
            mode="one"
            options={[...money, ...quantities]}
            selected={[writeMeasure(measure)]}
            onChange={([value]) => {
              close();
              if (value !== undefined) onChange(value);
            }}
          />
        )}
      </Popover>
    </h2>
  );
}
