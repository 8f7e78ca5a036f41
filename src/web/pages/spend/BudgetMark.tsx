import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import { drawnBudget } from './budget-line.ts';
import type { BudgetLine } from './budget-line.ts';
import { chartPoints, groupId, othersKey, reachOf } from './chart-data.ts';
import { formatAmount } from './words.ts';

/** The line of the budget; where it would be far above the bars, what it comes to. Loaded where there is one. */
export default function BudgetMark({ answer, budget }: { answer: SpendAnswer; budget: BudgetLine }) {
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
