import type { PersonRow } from '../../../contract/canopy/member-filter.ts';
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
  people,
  error,
  nameOf,
  href,
  onRetry,
}: {
  /** Null until they are read. */
  people: readonly PersonRow[] | null;
  error: ErrorReport | null;
  nameOf: (organizationId: string) => string;
  href: string;
  onRetry: () => void;
}) {
  const off = (people ?? []).filter(({ twoFactor }) => twoFactor === false).sort((a, b) => a.since.localeCompare(b.since));
  return (
    <section aria-label="Active members with two-factor authentication off" className={places.twoFactor}>
      <SectionHead
        title="Active members with 2FA off"
        edge="page"
        note={people === null ? undefined : off.length > shown ? `${shown} of ${off.length}` : String(off.length)}
      >
        <TextAction href={href}>Open list</TextAction>
      </SectionHead>
      {people === null ? (
        error ? (
          <ErrorLine className="px-(--gutter) py-3" error={error} title="The members could not be read" onRetry={onRetry} />
        ) : (
          <SkeletonRows columns={['start', 'start', 'end']} rows={shown} />
        )
      ) : off.length === 0 ? (
        <p className="px-(--gutter) py-3 text-muted">Nobody. Members whose second factor is unknown are not counted here.</p>
      ) : (
        <ul>
          {off.slice(0, shown).map((person) => (
            <PersonLine key={person.id} person={person} nameOf={nameOf} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PersonLine({ person, nameOf }: { person: PersonRow; nameOf: (organizationId: string) => string }) {
  // the row is known by the oldest membership
  const oldest = person.memberships.find(({ id }) => id === person.id);
  const more = person.memberships.length - 1;
  return (
    <li className="ui-row grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6.5rem] items-center gap-4 px-(--gutter)">
      <Link
        href={pathTo('members', oldest?.organizationId ?? '', { member: person.id })}
        className="truncate font-medium hover:underline"
      >
        <Upstream>{person.name || person.email}</Upstream>
      </Link>
      <span className="truncate text-muted">
        <Upstream>{nameOf(oldest?.organizationId ?? '')}</Upstream>
        {more > 0 && ` and ${more} more`}
      </span>
      <span className="text-right text-muted">
        <Time at={person.since} show="date" />
      </span>
    </li>
  );
}
