/** What the last 30 complete UTC days cost, as billed or estimated, where anything has a cost and the person may see it. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SpendQuestion } from '../../../contract/canopy/spend.ts';
import { whyNotCompared, whyNotWhole } from '../../lib/comparison.ts';
import { addDays, daysBefore } from '../../lib/date-range.ts';
import { useRole } from '../../queries/role.ts';
import { firstCurrencyQuery, wholeSpendQuery } from '../../queries/whole-spend.ts';
import { costsByKey, costsByOrganization } from './costs.ts';
import type { Cost } from './costs.ts';
import type { OrganizationItem } from '../../tree/organization-index.ts';

export const costDays = 30;
const mostGroups = 500;

export interface TreeCosts {
  readonly currency: string;
  /** Of the whole scope; nothing is converted. */
  readonly otherCurrencies: readonly string[];
  /** First day, and the first day after the last one. */
  readonly from: string;
  readonly to: string;
  /** With descendants. */
  readonly organizations: ReadonlyMap<string, Cost>;
  readonly accounts: ReadonlyMap<string, Cost>;
  /** False where only the largest accounts are named. */
  readonly everyAccount: boolean;
  /** The last complete day stored for every organization. */
  readonly throughDay: string | null;
  /** Whether every day of the range and of the one before is stored, so that a change says something. */
  readonly isCompared: boolean;
  /** What the range is missing: no record so far is not none. Null where it is whole. */
  readonly notWhole: string | null;
}

/** What there is to show: `coming` and `none` keep the room of the columns; null where nothing may be shown, or nothing can be asked. */
export type TreeCostsOr = TreeCosts | 'coming' | 'none' | null;

export function useTreeCosts(top: OrganizationItem, descendants: boolean): TreeCostsOr {
  const { can } = useRole();
  const allowed = can('spend:read');
  const subtree = { organization: top.id, descendants };
  const metrics = useQuery({ ...firstCurrencyQuery(subtree), enabled: allowed });
  const known = metrics.data?.result;
  const currency = known?.currencies[0];
  const asked = known && currency !== undefined ? { currency, from: addDays(known.today, -costDays), to: known.today } : null;
  const question = (groupBy: 'organization' | 'account'): SpendQuestion => ({
    organization: top.id,
    descendants,
    measure: { kind: 'spend', currency: asked?.currency ?? 'USD' },
    from: asked?.from ?? '',
    to: asked?.to ?? '',
    granularity: 'day',
    groupBy,
    filters: [],
    top: mostGroups,
    compare: asked && daysBefore(asked),
  });
  const byOrganization = useQuery({ ...wholeSpendQuery(question('organization')), enabled: asked !== null });
  const organizations = byOrganization.data?.result;
  const isComing = allowed && (metrics.isLoading || byOrganization.isLoading);
  const accounts = useQuery({ ...wholeSpendQuery(question('account')), enabled: asked !== null }).data?.result;
  const costs = useMemo((): TreeCosts | null => {
    if (!organizations || organizations.unit.kind !== 'money') return null;
    const rolled = costsByOrganization(organizations, top);
    if (!rolled || rolled.size === 0) return null;
    return {
      currency: organizations.unit.currency,
      otherCurrencies: organizations.currencies.map(({ currency }) => currency).filter((other) => other !== asked?.currency),
      from: organizations.question.from,
      to: organizations.question.to,
      organizations: rolled,
      accounts: accounts ? costsByKey(accounts) : new Map<string, Cost>(),
      everyAccount: accounts !== undefined && accounts.others === null,
      throughDay: organizations.throughDay,
      isCompared: whyNotCompared(organizations) === null,
      notWhole: whyNotWhole(organizations),
    };
  }, [organizations, accounts, top, asked?.currency]);
  if (costs) return costs;
  if (isComing) return 'coming';
  return known && currency === undefined ? 'none' : null;
}
