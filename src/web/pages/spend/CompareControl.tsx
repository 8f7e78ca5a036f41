import { daysBefore } from '../../lib/date-range.ts';
import type { DateRange } from '../../lib/date-range.ts';
import { DateRangePicker } from '../../ui/DateRangePicker.tsx';
import { Select } from '../../ui/Select.tsx';
import { comparisonLabel, comparisons } from './compare.ts';
import type { Comparison } from './compare.ts';

interface Props {
  comparison: Comparison;
  range: DateRange;
  /** The range compared with now: where other days are chosen, the choice starts from it. */
  compared: { from: string; to: string } | null;
  today: string;
  earliest: string | undefined;
  /** Of the choice. */
  className?: string | undefined;
  onChange: (comparison: Comparison, custom: DateRange | null) => void;
}

/** What the range is compared with: in the chart, the table, the headline and the changes alike. */
export function CompareControl({ comparison, range, compared, today, earliest, className, onChange }: Props) {
  return (
    <>
      <Select
        label="Compare with"
        labelHidden
        prefix="Compare"
        size="toolbar"
        className={className}
        value={comparison}
        onChange={(event) => {
          const next = comparisons.find((one) => one === event.target.value) ?? 'before';
          const start = compared ?? daysBefore({ from: range.from, to: range.before });
          onChange(next, next === 'custom' ? { from: start.from, before: start.to } : null);
        }}
        options={comparisons.map((value) => ({ value, label: comparisonLabel(value, range) }))}
      />
      {comparison === 'custom' && compared && (
        <DateRangePicker
          from={compared.from}
          before={compared.to}
          today={today}
          earliest={earliest}
          steps="hidden"
          onChange={(custom) => onChange('custom', custom)}
        />
      )}
    </>
  );
}
