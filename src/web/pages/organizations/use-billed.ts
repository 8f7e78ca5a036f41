/** Billed cost of the last 30 complete UTC days, where Cloudflare sends costs and the person may see them. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SpendQuestion } from '../../../contract/canopy/spend.ts';
import { addDays, daysBefore } from '../../lib/date-range.ts';
import { useRole } from '../../queries/role.ts';
import { spendMetricsQuery, spendQuery, spendStateQuery } from '../../queries/spend.ts';
import { billedByKey, billedByOrganization } from './billed.ts';
import type { Billed } from './billed.ts';
import type { OrganizationItem } from '../../tree/organization-index.ts';

export const billedDays = 30;
const mostGroups = 500;

export interface TreeBilled {
  readonly currency: string;
  /** Of the whole scope; nothing is converted. */
  readonly otherCurrencies: readonly string[];
  /** First day, and the first day after the last one. */
  readonly from: string;
  readonly to: string;
  /** With descendants. */
  readonly organizations: ReadonlyMap<string, Billed>;
  readonly accounts: ReadonlyMap<string, Billed>;
  /** False where only the largest accounts are named. */
  readonly everyAccount: boolean;
  /** The last complete day stored for every organization. */
  readonly throughDay: string | null;
  /** Days of the range that are stored whole. */
  readonly storedDays: number;
}

/** Null until there is something to show, and where there is nothing that may be shown. */
export function useTreeBilled(top: OrganizationItem, descendants: boolean): TreeBilled | null {
  const { can } = useRole();
  const allowed = can('spend:read');
  const subtree = { organization: top.id, descendants };
  const currency = useQuery({ ...spendMetricsQuery(subtree), enabled: allowed }).data?.result.currencies[0];
  const state = useQuery({ ...spendStateQuery(subtree), enabled: allowed && currency !== undefined }).data?.result;
  const asked = state && currency !== undefined ? { currency, from: addDays(state.today, -billedDays), to: state.today } : null;
  const question = (groupBy: 'organization' | 'account'): SpendQuestion => ({
    organization: top.id,
    descendants,
    measure: { kind: 'cost', column: 'BilledCost', currency: asked?.currency ?? 'USD' },
    from: asked?.from ?? '',
    to: asked?.to ?? '',
    granularity: 'day',
    groupBy,
    filters: [],
    top: mostGroups,
    compare: asked && daysBefore(asked),
  });
  const organizations = useQuery({ ...spendQuery(question('organization')), enabled: asked !== null }).data?.result;
  const accounts = useQuery({ ...spendQuery(question('account')), enabled: asked !== null }).data?.result;
  return useMemo(() => {
    if (!organizations || organizations.unit.kind !== 'money') return null;
    const rolled = billedByOrganization(organizations, top);
    if (!rolled || rolled.size === 0) return null;
    return {
      currency: organizations.unit.currency,
      otherCurrencies: organizations.currencies.map(({ currency }) => currency).filter((other) => other !== asked?.currency),
      from: organizations.question.from,
      to: organizations.question.to,
      organizations: rolled,
      accounts: accounts ? billedByKey(accounts) : new Map<string, Billed>(),
      everyAccount: accounts !== undefined && accounts.others === null,
      throughDay: organizations.throughDay,
      storedDays: organizations.days.stored,
    };
  }, [organizations, accounts, top, asked?.currency]);
}
