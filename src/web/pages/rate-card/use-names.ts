import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RateCard } from '../../../contract/canopy/rate-card.ts';
import { shortId } from '../../lib/format.ts';
import { allAccountsQuery, hierarchyQuery } from '../../queries/hierarchy.ts';
import type { Names } from './words.ts';

/** What organizations, accounts and lines are called; accounts are read only where an override names one, or may. */
export function useNames(card: RateCard, withAccounts: boolean): Names {
  const nodes = useQuery(hierarchyQuery()).data?.result.nodes;
  const accounts = useQuery({ ...allAccountsQuery({}), enabled: withAccounts }).data?.result.rows;
  return useMemo(() => {
    const organizationNames = new Map(nodes?.map(({ id, name }) => [id, name]));
    const accountNames = new Map(accounts?.map(({ id, name }) => [id, name ?? id]));
    const lines = new Map(card.lines.map((line) => [line.metric, line]));
    return {
      organization: (id) => organizationNames.get(id) ?? `Organization ${shortId(id)}`,
      account: (id) => accountNames.get(id) ?? `Account ${shortId(id)}`,
      line: (metric) => lines.get(metric),
      currency: card.currency,
    };
  }, [nodes, accounts, card]);
}
