import { SquareSlash } from 'lucide-react';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { plural } from '../../lib/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { TextAction } from '../../ui/Link.tsx';

/** Records answer the question, and none of them has an amount: there is no bar to draw, which is not a bar of nothing. */
export function NoAmount({
  answer: { total, unpriced, unit, question, withoutCost },
  onMetric,
}: {
  answer: SpendAnswer;
  onMetric: (metric: string, unit: string) => void;
}) {
  const [metric] = withoutCost.metrics;
  const currency = unit.kind === 'money' ? unit.currency : '';
  const why = {
    spend: `None is billed in ${currency}, and the rate card has no price for any.`,
    estimate: 'The rate card has no price for any.',
    cost: `None is billed in ${currency}.`,
    quantity: 'None carries a quantity.',
  }[question.measure.kind];
  return (
    <EmptyState
      icon={SquareSlash}
      title={`${plural(total.records, 'record')} without an amount`}
      actions={
        metric && <TextAction onPress={() => onMetric(metric.metric, metric.unit)}>Show the quantity of {metric.name}</TextAction>
      }
    >
      {unpriced > 0 ? 'They are not priced yet.' : why} What they come to is not known, which is not zero.
    </EmptyState>
  );
}
