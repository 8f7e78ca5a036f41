import { useQuery } from '@tanstack/react-query';
import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import { resourceHistoryQuery } from '../../queries/audit.ts';
import { Badge } from '../../ui/Badge.tsx';
import { DiffSection } from '../../ui/Diff.tsx';
import { PanelSection } from '../../ui/Panel.tsx';
import { Time } from '../../ui/Time.tsx';
import { commonFields, historyBefore, stateAfter } from './history.ts';

/** What an update changed: the state it left beside the one that the entry before it left, where Cloudflare is sure of both. */
export function ChangedFields({ event, organizationId }: { event: AuditEvent; organizationId: string }) {
  const isUpdate = event.action?.type === 'update' && event.action.result === 'success';
  const around = historyBefore(event);
  const history = useQuery({
    ...resourceHistoryQuery(organizationId, event.id, around ?? { action_time: '', since: '', before: '' }),
    enabled: isUpdate && around !== null,
  });
  if (!isUpdate || history.data?.info?.history_status !== 'exact') return null;
  const earlier = history.data.result
    .filter(
      ({ id, action }) => id !== event.id && action?.result === 'success' && (action.time ?? '') < (event.action?.time ?? ''),
    )
    .sort((a, b) => (b.action?.time ?? '').localeCompare(a.action?.time ?? ''))
    .find((entry) => commonFields(stateAfter(entry), stateAfter(event)) !== null);
  const pair = earlier && commonFields(stateAfter(earlier), stateAfter(event));
  if (!earlier || !pair) return null;
  return (
    <PanelSection>
      <DiffSection badge={<Badge>Exact history</Badge>} before={pair.before} after={pair.after} />
      <p className="mt-1.5 text-xs text-muted">
        Against the entry before it, <Time at={earlier.action?.time} />.
      </p>
    </PanelSection>
  );
}
