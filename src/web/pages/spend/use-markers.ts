import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SpendAnswer, SpendFilter } from '../../../contract/canopy/spend.ts';
import { anomaliesQuery } from '../../queries/anomalies.ts';
import type { Subtree } from '../../queries/hierarchy.ts';
import { chartMarkers } from './markers.ts';
import { onlyAccount } from './question.ts';

/** Marks for the bars of an answer about cost. Without an answer about anomalies there are none: the list says why. */
export function useMarkers(subtree: Subtree, filters: readonly SpendFilter[], { question, buckets, total, unit }: SpendAnswer) {
  const account = onlyAccount(filters);
  const { data } = useQuery({
    ...anomaliesQuery({ ...subtree, ...(account === null ? {} : { account }), show: 'open' }),
    enabled: question.measure.kind === 'spend',
  });
  const currency = question.measure.kind === 'spend' && unit.kind === 'money' ? unit.currency : null;
  const rows = data?.result.rows;
  return useMemo(() => {
    // one that cost another currency is in none of these bars
    const here = (rows ?? []).filter((row) => row.currency === currency);
    return chartMarkers(buckets, Number(total.total ?? 0), here, filters);
  }, [buckets, total, rows, currency, filters]);
}
