import { useQuery } from '@tanstack/react-query';
import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import { actorOf, sentenceOf } from '../../lib/event-words.ts';
import { pathTo } from '../../lib/paths.ts';
import { newestAuditEventsQuery } from '../../queries/audit.ts';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Link, TextAction } from '../../ui/Link.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Time } from '../../ui/Time.tsx';
import { tipWhenClipped } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import { places } from './places.ts';

const shown = 9;
const hour = 3_600_000;

/** The newest events of this organization's own log. */
export function NewestEvents({ organizationId, now, refused }: { organizationId: string; now: number; refused: string | false }) {
  const before = new Date(Math.ceil(now / hour) * hour).toISOString();
  const since = new Date(Math.ceil(now / hour) * hour - 90 * 24 * hour).toISOString();
  const events = useQuery({ ...newestAuditEventsQuery(organizationId, { since, before }, shown), enabled: !refused });
  return (
    <section aria-label="Newest events" className={places.events}>
      <SectionHead title="Newest events">
        {!refused && <TextAction href={pathTo('audit', organizationId)}>Open audit</TextAction>}
      </SectionHead>
      {refused ? (
        <p className="px-4 py-3 text-muted">{refused}</p>
      ) : events.error ? (
        <ErrorLine
          className="px-4 py-3"
          error={events.error.report}
          title="The audit log could not be read"
          onRetry={() => void events.refetch()}
        />
      ) : events.data?.result.length === 0 ? (
        <p className="px-4 py-3 text-muted">No event in the last 90 days. Reads and refused calls are not recorded.</p>
      ) : events.isPending ? (
        <SkeletonRows columns={['start']} rows={shown} />
      ) : (
        <ul>
          {events.data.result.map((event) => (
            <li key={event.id} className="ui-row flex items-center gap-2 px-4">
              <span className="w-17 shrink-0 text-xs text-muted">
                <Time at={event.action?.time} show={isToday(event, now) ? 'minute' : 'day'} />
              </span>
              <Link
                href={pathTo('audit', organizationId, { range: '90d', event: event.id })}
                className="min-w-0 flex-1 truncate hover:underline"
                {...tipWhenClipped()}
              >
                <span className="font-medium">
                  <Upstream>{actorOf(event).name}</Upstream>
                </span>{' '}
                <Upstream>{`${sentenceOf(event).act} ${sentenceOf(event).object}${sentenceOf(event).tail}`}</Upstream>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function isToday({ action }: AuditEvent, now: number): boolean {
  return action?.time?.slice(0, 10) === new Date(now).toISOString().slice(0, 10);
}
