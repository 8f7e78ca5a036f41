import { formatCount } from '../../lib/count.ts';
import { pathTo } from '../../lib/paths.ts';
import { Stat, StatStrip } from '../../ui/StatStrip.tsx';
import { Age } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import type { PersonRow } from '../../../contract/canopy/member-filter.ts';

interface Props {
  people: readonly PersonRow[];
  /** Organizations whose only active member would be missed. */
  alone: ReadonlySet<string>;
  nameOf: (organizationId: string) => string;
  organizationId: string;
  descendants: boolean;
  /** Organizations are still to be read, or did not answer: there may be more. */
  partly: boolean;
}

/** The counts that need somebody; each is a link to its rows. */
export function MembersGlance({ people, alone, nameOf, organizationId, descendants, partly }: Props) {
  const atLeast = (count: number) => `${formatCount(count)}${partly ? '+' : ''}`;
  const of = (status: string) => people.filter((person) => person.status === status);
  const active = of('active');
  const pending = of('pending');
  const withoutTwoFactor = active.filter(({ twoFactor }) => twoFactor === false).length;
  const show = (state: Record<string, string | string[]>) =>
    pathTo('members', organizationId, descendants ? state : { ...state, descendants: 'false' });
  return (
    <StatStrip label="Members at a glance">
      <Stat
        form="line"
        label="Active"
        href={show({ status: ['active'] })}
        figure={atLeast(active.length)}
        note={withoutTwoFactor === 0 ? 'none with 2FA off' : `${atLeast(withoutTwoFactor)} with 2FA off`}
      />
      <Stat
        form="line"
        label="Pending"
        href={show({ status: ['pending'] })}
        figure={atLeast(pending.length)}
        note={
          pending[0] ? (
            <>
              oldest <Age at={pending[0].since} />
            </>
          ) : (
            'no invitation waits'
          )
        }
      />
      <Stat
        form="line"
        label="Rejected, canceled"
        href={show({ status: ['rejected', 'canceled'] })}
        figure={atLeast(of('rejected').length + of('canceled').length)}
      />
      <Stat
        form="line"
        label="One administrator"
        href={show({ alone: 'true' })}
        figure={formatCount(alone.size)}
        note={
          alone.size === 0 ? (
            'every organization has two or more'
          ) : (
            <Upstream>
              {[...alone].slice(0, 2).map(nameOf).join(', ') + (alone.size > 2 ? ` and ${alone.size - 2} more` : '')}
            </Upstream>
          )
        }
      />
    </StatStrip>
  );
}
