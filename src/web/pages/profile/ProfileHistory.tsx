import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import { profileFields } from '../../../contract/cloudflare/profile.ts';
import { addDays } from '../../lib/date-range.ts';
import { pathTo } from '../../lib/paths.ts';
import { newestAuditEventsQuery } from '../../queries/audit.ts';
import { useRole } from '../../queries/role.ts';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { StripWithWords } from '../../ui/Strip.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { fieldLabels, filledFields } from './fields.ts';
import type { ProfileValues } from './merge.ts';

const resourceType = 'organization_profile';

/** Who changed the profile and when, from the audit log, and how complete it is. */
export function ProfileHistory({ organizationId, profile }: { organizationId: string; profile: ProfileValues | null }) {
  const { whyNot } = useRole();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const question = { since: addDays(today, -548), before: addDays(today, 1), resource_type: [resourceType] };
  const mayAudit = whyNot('audit:read') === false;
  const events = useQuery({ ...newestAuditEventsQuery(organizationId, question, 20), enabled: mayAudit });
  const filled = profile ? filledFields(profile) : [];

  return (
    <aside aria-label="Change history" className="border-t border-line lg:w-[20.75rem] lg:shrink-0 lg:border-t-0 lg:border-l">
      <SectionHead title="Change history" note="18 months">
        <TextAction
          href={pathTo('audit', organizationId, { resource_type: [resourceType], range: '18mo' })}
          disabledReason={whyNot('audit:read') || undefined}
        >
          Open in audit
        </TextAction>
      </SectionHead>
      {!mayAudit ? (
        <p className="px-4 py-3 text-muted">{whyNot('audit:read')}</p>
      ) : events.error ? (
        <ErrorLine error={events.error.report} title="The history could not be read" onRetry={() => void events.refetch()} />
      ) : events.data?.result.length === 0 ? (
        <p className="px-4 py-3 text-muted">No change is recorded in the last 18 months.</p>
      ) : (
        <ol className="px-4 py-2">
          {events.data?.result.map((event) => (
            <li
              key={event.id}
              className="relative py-1.5 pl-5 before:absolute before:top-3.5 before:left-1 before:size-1.5 before:rounded-full before:bg-line-strong"
            >
              <div className="flex justify-between gap-3">
                <span className="truncate font-medium">
                  <Upstream>{actorOf(event)}</Upstream>
                </span>
                <span className="shrink-0 text-xs text-faint">
                  <Time at={event.action?.time} show="date" />
                </span>
              </div>
              <div>{changedWords(event)}</div>
              {event.raw?.cf_ray_id && <div className="text-xs text-muted">Ray ID {event.raw.cf_ray_id}</div>}
            </li>
          ))}
        </ol>
      )}
      {profile && (
        <section className="border-t border-line-soft px-4 py-3">
          <h3 className="mb-1.5 text-xs font-semibold text-muted">Complete</h3>
          <StripWithWords
            cells={profileFields.map((field) => ({ state: filled.includes(field) ? 'done' : 'waiting' }))}
            label={`${filled.length} of ${profileFields.length} fields filled`}
            height={5}
            width="w-24"
            words={`${filled.length} of ${profileFields.length} fields`}
          />
          {filled.length < profileFields.length && (
            <p className="mt-1.5 text-xs text-muted">
              Missing:{' '}
              {profileFields
                .filter((field) => !filled.includes(field))
                .map((field) => fieldLabels[field].toLowerCase())
                .join(', ')}
              .
            </p>
          )}
        </section>
      )}
    </aside>
  );
}

function actorOf({ actor }: AuditEvent): string {
  return actor?.token_name ?? actor?.email ?? actor?.id ?? 'Unknown actor';
}

/** The fields an event names in its request; upstream sends the whole profile on each change. */
function changedWords({ action, resource }: AuditEvent): string {
  if (action?.result === 'failure') return 'Could not change the profile';
  if (action?.type === 'create') return 'Profile created';
  const request = resource?.request;
  const named = typeof request === 'object' && request !== null ? profileFields.filter((field) => field in request) : [];
  return named.length === 0 || named.length === profileFields.length
    ? 'Changed the profile'
    : named.map((field) => fieldLabels[field]).join(', ');
}
