import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SpendAnswer, SpendFilter } from '../../../contract/canopy/spend.ts';
import { anomaliesQuery } from '../../queries/anomalies.ts';
import type { Subtree } from '../../queries/hierarchy.ts';
import { chartMarkers } from './markers.ts';
import { onlyAccount } from './question.ts';

/** Marks for the bars of an answer about cost. Without an answer about anomalies there are none: the list says why. */
export function useMarkers(subtree: Subtree, filters: readonly SpendFilter[], { question, buckets, total }: SpendAnswer) {
  const account = onlyAccount(filters);
  const { data } = useQuery({
    ...anomaliesQuery({ ...subtree, ...(account === null ? {} : { account }), show: 'open' }),
    enabled: question.measure.kind === 'spend',
  });
  const rows = question.measure.kind === 'spend' ? data?.result.rows : undefined;
  return useMemo(() => chartMarkers(buckets, Number(total.total ?? 0), rows ?? [], filters), [buckets, total, rows, filters]);
}
