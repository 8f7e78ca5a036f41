import type { PlacedMember } from '../../../contract/canopy/hierarchy.ts';
import type { ErrorReport } from '../../../contract/envelope.ts';
import { pathTo } from '../../lib/paths.ts';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Link, TextAction } from '../../ui/Link.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { places } from './places.ts';

const shown = 5;

/** Active members without a second factor, longest first. */
export function TwoFactorOff({
  members,
  error,
  nameOf,
  href,
  onRetry,
}: {
  /** Null until they are read. */
  members: readonly PlacedMember[] | null;
  error: ErrorReport | null;
  nameOf: (organizationId: string) => string;
  href: string;
  onRetry: () => void;
}) {
  const off = (members ?? [])
    .filter(({ user }) => user.two_factor_authentication_enabled === false)
    .sort((a, b) => a.create_time.localeCompare(b.create_time));
  return (
    <section aria-label="Active members with two-factor authentication off" className={places.twoFactor}>
      <SectionHead
        title="Active members with 2FA off"
        edge="page"
        note={members === null ? undefined : off.length > shown ? `${shown} of ${off.length}` : String(off.length)}
      >
        <TextAction href={href}>Open list</TextAction>
      </SectionHead>
      {members === null ? (
        error ? (
          <ErrorLine className="px-(--gutter) py-3" error={error} title="The members could not be read" onRetry={onRetry} />
        ) : (
          <SkeletonRows columns={['start', 'start', 'end']} rows={shown} />
        )
      ) : off.length === 0 ? (
        <p className="px-(--gutter) py-3 text-muted">Nobody. Members whose second factor is unknown are not counted here.</p>
      ) : (
        <ul>
          {off.slice(0, shown).map((member) => (
            <li
              key={`${member.organizationId} ${member.id}`}
              className="ui-row grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6.5rem] items-center gap-4 px-(--gutter)"
            >
              <Link
                href={pathTo('members', member.organizationId, { member: member.id })}
                className="truncate font-medium hover:underline"
              >
                <Upstream>{member.user.name || member.user.email}</Upstream>
              </Link>
              <span className="truncate text-muted">
                <Upstream>{nameOf(member.organizationId)}</Upstream>
              </span>
              <span className="text-right text-muted">
                <Time at={member.create_time} show="date" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
