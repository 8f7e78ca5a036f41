import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import { plural } from '../../lib/format.ts';
import { resourceHistoryQuery } from '../../queries/audit.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { DiffSection } from '../../ui/Diff.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PanelSection } from '../../ui/Panel.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { EventSentence } from './columns.tsx';
import { actorOf } from '../../lib/event-words.ts';
import { firstReach, historyAround, stateAfter } from './history.ts';

const quality: Readonly<Record<string, { word: string; meaning: string | null }>> = {
  exact: { word: 'Exact', meaning: null },
  approximate: {
    word: 'Approximate',
    meaning: 'Cloudflare matched by product and type only: some entries may be of another resource.',
  },
  unavailable: { word: 'Unavailable', meaning: 'Cloudflare has no history for this kind of resource.' },
};

/** The resource over time around one event, and the difference of any two entries. */
export function EventHistory({ event, organizationId }: { event: AuditEvent; organizationId: string }) {
  const [reach, setReach] = useState(firstReach);
  const [pair, setPair] = useState<readonly string[]>([]);
  const around = historyAround(event, reach);
  const history = useQuery({
    ...resourceHistoryQuery(organizationId, event.id, around ?? { action_time: '', since: '', before: '' }),
    enabled: around !== null,
    placeholderData: keepPreviousData,
  });
  if (around === null) return <EmptyState kind="nothing" title="The event carries no time, so its history cannot be asked for" />;
  if (history.error)
    return (
      <ErrorState error={history.error.report} title="The history could not be read" onRetry={() => void history.refetch()} />
    );
  if (!history.data) return <SkeletonRows columns={['start', 'end']} rows={4} />;

  const status = history.data.info?.history_status ?? 'unavailable';
  const words = quality[status] ?? { word: status, meaning: 'This is a quality we do not know.' };
  const entries = history.data.result;
  const [one, other] = pair
    .map((id) => entries.find((entry) => entry.id === id))
    .filter((entry) => entry !== undefined)
    .sort((a, b) => (a.action?.time ?? '').localeCompare(b.action?.time ?? ''));
  const pick = (id: string) => setPair(pair.includes(id) ? pair.filter((chosen) => chosen !== id) : [...pair, id].slice(-2));

  return (
    <>
      {words.meaning && <Notice tone="warning">{words.meaning}</Notice>}
      <PanelSection
        title={`${plural(entries.length, 'entry', 'entries')}, ${reach} days each way`}
        action={<Badge>{words.word} history</Badge>}
      >
        {entries.length === 0 ? (
          <p className="text-muted">No other entry of this resource lies in the range.</p>
        ) : (
          <>
            <p className="mb-2 text-xs text-muted">Choose two entries to see what differs.</p>
            <ul className="grid gap-1">
              {entries.map((entry) => (
                <li key={entry.id}>
                  <label
                    className={`flex gap-2 rounded-sm px-1 py-0.5 hover:bg-hover ${entry.id === event.id ? 'bg-selected' : ''}`}
                  >
                    <input
                      type="checkbox"
                      className="mt-1 accent-accent"
                      checked={pair.includes(entry.id)}
                      onChange={() => pick(entry.id)}
                      aria-label={`Compare ${entry.action?.time ?? entry.id}`}
                    />
                    <span className="min-w-0 flex-1">
                      <span className="font-medium">
                        <Upstream>{actorOf(entry).name}</Upstream>
                      </span>{' '}
                      <EventSentence event={entry} />
                      <span className="block text-xs text-muted">
                        <Time at={entry.action?.time} />
                      </span>
                    </span>
                  </label>
                </li>
              ))}
            </ul>
          </>
        )}
        {reach < 540 && (
          <Button
            size="toolbar"
            className="mt-3"
            working={history.isPlaceholderData && 'Looking further…'}
            onClick={() => setReach(reach < 180 ? 180 : 540)}
          >
            Look further, {reach < 180 ? 180 : 540} days each way
          </Button>
        )}
      </PanelSection>
      {one && other && (
        <PanelSection>
          <DiffSection title="What differs" before={stateAfter(one)} after={stateAfter(other)} />
        </PanelSection>
      )}
    </>
  );
}
