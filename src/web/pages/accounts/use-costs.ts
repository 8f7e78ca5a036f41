import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { addDays } from '../../lib/date-range.ts';
import { spendMetricsQuery, spendQuery } from '../../queries/spend.ts';
import type { CostByAccount } from './columns.tsx';

/** More groups than this are not asked for at once. */
const mostGroups = 500;

/** What 30 complete days cost for each account, as billed or estimated, in the currency of most records; `coming` keeps its place. */
export function useCosts(
  subtree: { organization: string; descendants: boolean },
  now: number,
  allowed: boolean,
): CostByAccount | 'coming' | null {
  const metrics = useQuery({ ...spendMetricsQuery(subtree), enabled: allowed });
  const currency = metrics.data?.result.currencies[0];
  const today = new Date(now).toISOString().slice(0, 10);
  const asked = useQuery({
    ...spendQuery({
      ...subtree,
      measure: { kind: 'spend', currency: currency ?? 'USD' },
      from: addDays(today, -30),
      to: today,
      granularity: 'day',
      groupBy: 'account',
      filters: [],
      top: mostGroups,
      compare: null,
    }),
    enabled: allowed && currency !== undefined,
  });
  const answer = asked.data?.result;
  const costs = useMemo(
    () =>
      answer && currency !== undefined
        ? {
            currency,
            groups: new Map(answer.groups.flatMap((group) => (group.key === null ? [] : [[group.key, group] as const]))),
          }
        : null,
    [answer, currency],
  );
  return costs ?? (metrics.isLoading || asked.isLoading ? 'coming' : null);
}
