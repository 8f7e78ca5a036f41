import { pathTo } from '../lib/paths.ts';
import { Tabs } from './Tabs.tsx';

/** Usage and its cost, and the card that estimates are made with. */
export function SpendTabs({ organizationId, current }: { organizationId: string; current: 'spend' | 'rate-card' }) {
  return (
    <Tabs
      label="Usage & cost"
      current={current}
      items={[
        { id: 'spend', label: 'Usage & cost', href: pathTo('spend', organizationId) },
        { id: 'rate-card', label: 'Rate card', href: pathTo('spend/rate-card', organizationId) },
      ]}
    />
  );
}
