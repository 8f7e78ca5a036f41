import { Diamond } from 'lucide-react';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { plural } from '../../lib/format.ts';
import { TextAction } from '../../ui/Link.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { drawnBudget } from './budget-line.ts';
import type { BudgetLine } from './budget-line.ts';
import { chartPoints, groupId, isAlike, othersKey, reachOf } from './chart-data.ts';
import { formatAmount, isPart } from './words.ts';

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
  const ghost = answer.buckets.some((_, index) => isAlike(answer, index));
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
      {budget && <BudgetMark answer={answer} budget={budget} />}
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

/** The line of the budget; where it would be far above the bars, what it comes to. */
function BudgetMark({ answer, budget }: { answer: SpendAnswer; budget: BudgetLine }) {
  const { highest } = reachOf(chartPoints(answer), [...answer.groups.map(groupId), othersKey]);
  const { pace, limit } = drawnBudget(budget, highest);
  const last = budget.pace.findLast((amount) => amount !== null);
  return (
    <span className="inline-flex items-center gap-1.5">
      {pace.length > 0 && <span aria-hidden className="w-3.5 border-t-[1.5px] border-dotted border-danger" />}
      <span>
        even pace of budget <Upstream>{budget.name}</Upstream>
        {budget.others > 0 && ` (${budget.others} more for the same)`}
        {pace.length === 0 && last && `, ${formatAmount(last, answer.unit)}, far above`}
        {budget.limit !== null && `, ${limit === null ? 'of' : 'line at'} ${formatAmount(budget.limit, answer.unit)}`}
      </span>
    </span>
  );
}
