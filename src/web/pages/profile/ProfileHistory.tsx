import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import { profileFields } from '../../../contract/cloudflare/profile.ts';
import type { ProfileField } from '../../../contract/cloudflare/profile.ts';
import { addDays } from '../../lib/date-range.ts';
import { actorOf } from '../../lib/event-words.ts';
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
export function ProfileHistory({
  organizationId,
  profile,
  opened,
  compared,
}: {
  organizationId: string;
  profile: ProfileValues | null;
  /** When the person began to edit, and when that was last held against Cloudflare; RFC 3339. */
  opened: string | null;
  compared: string | null;
}) {
  const { whyNot } = useRole();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const question = { since: addDays(today, -548), before: addDays(today, 1), resource_type: [resourceType] };
  const mayAudit = whyNot('audit:read') === false;
  const events = useQuery({ ...newestAuditEventsQuery(organizationId, question, 20), enabled: mayAudit });
  const filled = profile ? filledFields(profile) : [];

  return (
    <aside
      aria-label="Change history"
      className="shrink-0 border-line max-lg:border-t lg:w-[20.75rem] lg:overflow-y-auto lg:border-l"
    >
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
        <ErrorLine
          className="px-4 py-3"
          error={events.error.report}
          title="The history could not be read"
          onRetry={() => void events.refetch()}
        />
      ) : events.data?.result.length === 0 ? (
        <p className="px-4 py-3 text-muted">No change is recorded in the last 18 months.</p>
      ) : (
        <ol className="px-4 py-2">
          {events.data?.result.map((event, index, all) => (
            <li
              key={event.id}
              className="relative py-1.5 pl-5 before:absolute before:top-3.5 before:left-1 before:size-1.5 before:rounded-full before:bg-line-strong"
            >
              <div className="flex justify-between gap-3">
                <span className="truncate font-medium">
                  <Upstream>{actorOf(event).name}</Upstream>
                </span>
                <span className="shrink-0 text-xs text-faint">
                  <Time at={event.action?.time} show="date" />
                </span>
              </div>
              <div>{changedWords(event, all.slice(index + 1))}</div>
              {event.raw?.cf_ray_id && (
                <TextAction
                  size="xs"
                  href={pathTo('audit', organizationId, { resource_type: [resourceType], range: '18mo', event: event.id })}
                >
                  Ray ID {event.raw.cf_ray_id}
                </TextAction>
              )}
            </li>
          ))}
        </ol>
      )}
      {opened && (
        <section className="border-t border-line-soft px-4 py-3">
          <h3 className="mb-1.5 text-xs font-semibold text-muted">Your session</h3>
          <p>
            Opened <Time at={opened} show="minute" />, last compared <Time at={compared} show="minute" />.
          </p>
          <p className="text-muted">A save reads the profile again just before it sends.</p>
        </section>
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

/** What an event changed, against the last earlier one that says what stood there; upstream sends all fields on each change. */
function changedWords(event: AuditEvent, earlier: readonly AuditEvent[]): string {
  if (event.action?.result === 'failure') return 'Could not change the profile';
  if (event.action?.type === 'create') return 'Profile created';
  const sent = fieldsSent(event);
  const before = earlier.filter(({ action }) => action?.result !== 'failure').map(fieldsSent);
  const known = profileFields.filter((field) => sent[field] !== undefined && before.some((one) => one[field] !== undefined));
  if (known.length === 0) return 'Set the profile; what stood there before is not recorded';
  const changed = known.filter((field) => sent[field] !== before.find((one) => one[field] !== undefined)?.[field]);
  if (changed.length === 0) return 'Saved without a change';
  const [first = '', ...others] = changed.map((field) => fieldLabels[field].replace('Business ', ''));
  return [first.charAt(0).toUpperCase() + first.slice(1), ...others].join(', ');
}

function fieldsSent({ resource }: AuditEvent): Partial<Record<ProfileField, unknown>> {
  return typeof resource?.request === 'object' && resource.request !== null ? resource.request : {};
}
