import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { SpendMeasure, SpendQuestion } from '../../../contract/canopy/spend.ts';
import { formatCount } from '../../lib/format.ts';
import { spendRatiosQuery } from '../../queries/spend-ratios.ts';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { RatioList } from './RatioList.tsx';
import { coverageWords, ratioQuestion, unitCostWords, unitsTogether } from './ratios.ts';

interface Props {
  question: SpendQuestion;
  of: Extract<SpendMeasure, { kind: 'quantity' }>;
  /** Those that there are costs in, most records first. */
  currencies: readonly string[];
}

/** What a unit of one metric costs, allowances included: by group, and of all. */
export default function UnitCost({ question, of: { metric, unit }, currencies }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const currency = chosen ?? currencies[0] ?? 'USD';
  const asked = useQuery(spendRatiosQuery(ratioQuestion(question, { kind: 'unit-cost', currency, metric, unit })));
  const ratios = asked.data?.result;
  if (asked.error && !ratios)
    return (
      <ErrorLine error={asked.error.report} title="The cost of a unit could not be read" onRetry={() => void asked.refetch()} />
    );
  if (!ratios) return <p className="py-1 text-xs text-muted">Asking…</p>;
  const together = unitsTogether(ratios.total);
  const words = (ratio: typeof ratios.total) => unitCostWords(ratio, together, currency);
  return (
    <>
      {currencies.length > 1 && (
        <SegmentedControl
          label="Currency"
          size="row"
          className="mt-1"
          value={currency}
          onChange={setChosen}
          options={currencies.map((value) => ({ value, label: value }))}
        />
      )}
      <p className="flex items-baseline justify-between gap-3 pt-1 font-semibold">
        <span>All</span>
        <span className="tabular">{words(ratios.total)}</span>
      </p>
      <RatioList label="Cost per unit by group" ratios={ratios} words={words} note={coverageWords} />
      <p className="pt-1 text-xs text-muted">
        {`${currency} per ${together === 1 ? '' : `${formatCount(together)} `}${unit || 'units'}`}, billed or estimated: all that
        was paid by all that was used, also what an allowance covered.
      </p>
    </>
  );
}
