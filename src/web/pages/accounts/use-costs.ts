import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { whyNotWhole } from '../../lib/comparison.ts';
import { addDays } from '../../lib/date-range.ts';
import { firstCurrencyQuery, wholeSpendQuery } from '../../queries/whole-spend.ts';
import { onlyLargest } from '../../ui/NoCost.tsx';
import type { CostByAccount } from './columns.tsx';

/** More groups than this are not asked for at once. */
const mostGroups = 500;

/**
 * What 30 complete days cost for each account, as billed or estimated, in the currency of most records. Null where it may
 * not be seen or could not be read; until it is known it keeps its room.
 */
export function useCosts(
  subtree: { organization: string; descendants: boolean },
  now: number,
  allowed: boolean,
): CostByAccount | null {
  const metrics = useQuery({ ...firstCurrencyQuery(subtree), enabled: allowed });
  const currency = metrics.data?.result.currencies[0];
  const today = new Date(now).toISOString().slice(0, 10);
  const asked = useQuery({
    ...wholeSpendQuery({
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
  const isRefused = !allowed || Boolean(metrics.error ?? asked.error);
  const isNone = metrics.data !== undefined && currency === undefined;
  return useMemo(() => {
    if (answer)
      return {
        currency,
        groups: new Map(answer.groups.flatMap((group) => (group.key === null ? [] : [[group.key, group] as const]))),
        whyNone: whyNotWhole(answer) ?? (answer.others ? onlyLargest : null),
      };
    return isRefused ? null : { groups: new Map(), whyNone: isNone ? 'no record has one yet' : '' };
  }, [answer, currency, isRefused, isNone]);
}
