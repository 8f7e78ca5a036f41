/** Budgets: what a month may cost, and how it stands. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  changeBudget,
  createBudget,
  deleteBudget,
  getBudget,
  listBudgets,
  listPlannedBudgets,
} from '../../contract/canopy/budgets.ts';
import { ask, keyOf } from './client.ts';
import type { Subtree } from './hierarchy.ts';
import { useWrite } from './write.ts';

export const budgetsQuery = (subtree: Subtree) =>
  queryOptions({
    queryKey: keyOf(listBudgets, {}, subtree),
    queryFn: ({ signal }) => ask(listBudgets, { query: subtree, signal }),
    placeholderData: keepPreviousData,
  });

/** Terms of the budgets of one organization. */
export const plannedBudgetsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keyOf(listPlannedBudgets, { organizationId }),
    queryFn: ({ signal }) => ask(listPlannedBudgets, { params: { organizationId }, signal }),
  });

/** One budget with every day of the month. */
export const budgetQuery = (budgetId: string) =>
  queryOptions({
    queryKey: keyOf(getBudget, { budgetId }),
    queryFn: ({ signal }) => ask(getBudget, { params: { budgetId }, signal }),
  });

const listed = ['listBudgets', 'listPlannedBudgets'];
const touched = [...listed, 'getBudget'];

export const useCreateBudget = () => useWrite(createBudget, touched);
/** Fails with `stale_version` where somebody else changed it first. */
export const useChangeBudget = () => useWrite(changeBudget, touched);
export const useDeleteBudget = () => useWrite(deleteBudget, listed);
