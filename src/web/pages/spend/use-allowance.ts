import { useQuery } from '@tanstack/react-query';
import type { Allowance } from '../../../contract/canopy/forecast.ts';
import type { SpendAnswer, SpendFilter } from '../../../contract/canopy/spend.ts';
import type { Subtree } from '../../queries/hierarchy.ts';
import { allowancesQuery } from '../../queries/forecast.ts';
import { allowanceOf } from './allowance.ts';
import { onlyAccount } from './question.ts';

/**
 * What is included of the metric that is shown, where it is one account's whole use of it: an allowance is the account's,
 * once a billing cycle. Null where the page shows something else, or nothing is included.
 */
export function useAllowance(
  subtree: Subtree,
  filters: readonly SpendFilter[],
  { question: { measure } }: SpendAnswer,
): Allowance | null {
  const account = filters.length === 1 ? onlyAccount(filters) : null;
  const metric = measure.kind === 'quantity' ? measure.metric : null;
  const { data } = useQuery({
    ...allowancesQuery({ ...subtree, account: account ?? '', metric: metric ?? '', per_page: 10 }),
    enabled: account !== null && metric !== null,
  });
  return account === null ? null : allowanceOf(data?.result.rows ?? [], account, measure);
}
