import { lazy, Suspense } from 'react';
import { Diamond } from 'lucide-react';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { plural } from '../../lib/format.ts';
import { TextAction } from '../../ui/Link.tsx';
import type { BudgetLine } from './budget-line.ts';
import { isAlike } from './chart-data.ts';
import { isPart } from './words.ts';

const BudgetMark = lazy(() => import('./BudgetMark.tsx'));

interface Props {
  /** As it is drawn. */
  answer: SpendAnswer;
  /** Whether days are marked as unusual. */
  marked: boolean;
  compared: string | null;
  budget: BudgetLine | null;
  /** Groups that the chart is narrowed to; none for all. */
  only: number;
  onAll: () => void;
}

/** The marks of the chart that are no group; the table below is the legend of those. */
export function Legend({ answer, marked, compared, budget, only, onAll }: Props) {
  const ghost = answer.total.previousValues.some((amount, index) => amount !== null && isAlike(answer, index));
  const hatched = answer.buckets.some((bucket) => isPart(bucket, answer.question.granularity));
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-xs text-muted">
      {only > 0 && (
        <span>
          Only {plural(only, 'group')}. <TextAction onPress={onAll}>Show all</TextAction>
        </span>
      )}
      {compared !== null && ghost && (
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="w-3.5 border-t-[1.5px] border-dashed border-chart-ghost" />
          {compared}
        </span>
      )}
      {budget && (
        <Suspense>
          <BudgetMark answer={answer} budget={budget} />
        </Suspense>
      )}
      {marked && (
        <span className="inline-flex items-center gap-1">
          <Diamond aria-hidden className="size-3 text-warning" />
          anomaly
        </span>
      )}
      {hatched && (
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="hatch size-2.5 rounded-xs text-muted shadow-[inset_0_0_0_1px_var(--color-line-strong)]" />
          incomplete
        </span>
      )}
    </span>
  );
}
