import { pathTo } from '../lib/paths.ts';
import { Tabs } from './Tabs.tsx';

/** Usage and its cost, all accounts by it, what it may be, what accounts are tagged as, the card that estimates are made with, and the sources of it all. */
export function SpendTabs({
  organizationId,
  current,
  search,
}: {
  organizationId: string;
  /** What is shown, for the pages that can show the same. */
  search?: Readonly<Record<string, string | readonly string[]>>;
  current: 'spend' | 'accounts' | 'budgets' | 'tags' | 'rate-card' | 'sources';
}) {
  return (
    <Tabs
      label="Usage & cost"
      current={current}
      items={[
        { id: 'spend', label: 'Usage & cost', href: pathTo('spend', organizationId, search) },
        { id: 'accounts', label: 'By account', href: pathTo('spend/accounts', organizationId, search) },
        { id: 'budgets', label: 'Budgets', href: pathTo('spend/budgets', organizationId) },
        { id: 'tags', label: 'Account tags', href: pathTo('spend/tags', organizationId) },
        { id: 'rate-card', label: 'Rate card', href: pathTo('spend/rate-card', organizationId) },
        { id: 'sources', label: 'Sources', href: pathTo('spend/sources', organizationId) },
      ]}
    />
  );
}
