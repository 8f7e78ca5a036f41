import type { Column } from '../../ui/columns.ts';
import { Badge } from '../../ui/Badge.tsx';
import { MemberStatus, TwoFactor } from '../../ui/MemberStatus.tsx';
import { Age, Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { statusRank } from './people.ts';
import { longPendingDays } from '../../../contract/canopy/member-filter.ts';
import type { PersonRow } from '../../../contract/canopy/member-filter.ts';

/** The columns of the members table. `nameOf` gives the name of an organization. */
export function memberColumns(nameOf: (organizationId: string) => string): Column<PersonRow>[] {
  const organizations = ({ memberships }: PersonRow) => memberships.map(({ organizationId }) => nameOf(organizationId));
  return [
    {
      id: 'member',
      header: 'Member',
      width: 260,
      grow: 2,
      shown: 'always',
      sortBy: ({ name, email }) => name ?? email,
      cell: ({ name, email }) => (
        <>
          <span className="font-medium">
            <Upstream>{name ?? email}</Upstream>
          </span>{' '}
          {name && (
            <span className="pl-2 text-muted">
              <Upstream>{email}</Upstream>
            </span>
          )}
        </>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      width: 104,
      sortBy: ({ status, since }) => `${statusRank(status)} ${since}`,
      cell: ({ status }) => <MemberStatus status={status} />,
    },
    {
      id: 'two-factor',
      header: '2FA',
      width: 104,
      sortBy: ({ twoFactor }) => (twoFactor === null ? 1 : twoFactor ? 2 : 0),
      cell: ({ twoFactor }) => <TwoFactor enabled={twoFactor} />,
    },
    {
      id: 'organizations',
      header: 'Organizations',
      width: 190,
      grow: 1,
      leaves: 1,
      sortBy: (person) => organizations(person)[0],
      cell: (person) => {
        const [first = '', ...rest] = organizations(person);
        return (
          <>
            <Upstream>{first}</Upstream> {rest.length > 0 && <Badge>+{rest.length}</Badge>}
          </>
        );
      },
    },
    {
      id: 'since',
      header: 'Invited, joined',
      tone: 'muted',
      width: 118,
      align: 'end',
      sortBy: ({ since }) => since,
      cell: ({ status, since }) =>
        status === 'pending' ? <Age at={since} form="span" warnAfterDays={longPendingDays} /> : <Time at={since} show="date" />,
    },
    {
      id: 'updated',
      header: 'Updated',
      width: 110,
      align: 'end',
      shown: 'on-request',
      sortBy: ({ memberships }) => memberships[0]?.update_time,
      cell: ({ memberships }) => <Time at={memberships[0]?.update_time} show="date" />,
    },
  ];
}
