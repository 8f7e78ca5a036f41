import { pathTo } from '../../lib/paths.ts';
import { useRole } from '../../queries/role.ts';
import { Tabs } from '../../ui/Tabs.tsx';

/** Cloudflare's events, and Canopy's own receipts beside them. */
export function AuditTabs({ organizationId, current }: { organizationId: string; current: 'events' | 'receipts' }) {
  const { can } = useRole();
  return (
    <Tabs
      label="Audit"
      current={current}
      items={[
        { id: 'events', label: 'Events', href: pathTo('audit', organizationId) },
        ...(can('receipts:read') ? [{ id: 'receipts', label: 'Receipts', href: pathTo('audit/receipts', organizationId) }] : []),
      ]}
    />
  );
}
