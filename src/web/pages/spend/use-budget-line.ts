import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { plannedBudgetsQuery } from '../../queries/budgets.ts';
import { budgetLine } from './budget-line.ts';
import type { BudgetLine } from './budget-line.ts';

/** The budget that is for what the page shows. A chart narrowed to some groups shows something else. */
export function useBudgetLine(
  organizationId: string,
  answer: SpendAnswer | undefined,
  view: { addedUp: boolean; narrowed: boolean },
): BudgetLine | null {
  const { addedUp, narrowed } = view;
  const { data } = useQuery({
    ...plannedBudgetsQuery(organizationId),
    enabled: answer?.question.measure.kind === 'spend',
  });
  return useMemo(
    () => (answer && data && !narrowed ? budgetLine(answer, data.result, addedUp) : null),
    [answer, data, narrowed, addedUp],
  );
}
