import { UserMinus, X } from 'lucide-react';
import { useState } from 'react';
import type { PlacedMember } from '../../../contract/canopy/hierarchy.ts';
import { plural } from '../../lib/format.ts';
import type { HierarchyIndex } from '../../lib/hierarchy-index.ts';
import { pathTo } from '../../lib/paths.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton, CopyId } from '../../ui/CopyId.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { Link, TextAction } from '../../ui/Link.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { MemberStatus, TwoFactor } from '../../ui/MemberStatus.tsx';
import { Age, Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { RemoveMemberDialog } from './RemoveMemberDialog.tsx';
import { removalRefusal } from './people.ts';
import type { PersonRow } from '../../../contract/canopy/member-filter.ts';

interface Props {
  person: PersonRow;
  members: readonly PlacedMember[];
  tree: HierarchyIndex;
  me: { email: string | null };
  onClose: () => void;
}

/** One person: what they control, and ending it. */
export function MemberPanel({ person, members, tree, me, onClose }: Props) {
  const { whyNot } = useRole();
  const [removing, setRemoving] = useState<PlacedMember | null>(null);
  const everywhere = members.filter(({ user }) => user.email.toLowerCase() === person.email.toLowerCase());
  const controls = everywhere.filter(({ status }) => status === 'active').map(({ organizationId }) => tree.below(organizationId));
  const accounts = controls.reduce<number | null>(
    (sum, below) => (sum === null || below.accounts === null ? null : sum + below.accounts),
    0,
  );
  const user = person.memberships[0]?.user;
  return (
    <Panel
      id="member"
      label={`Member ${person.name ?? person.email}`}
      title={<Upstream>{person.name ?? person.email}</Upstream>}
      onClose={onClose}
    >
      <PanelSection>
        <FactGrid>
          <Fact term="E-mail">
            <Upstream>{person.email}</Upstream> <CopyButton text={person.email} label="e-mail address" />
          </Fact>
          <Fact term="Status">
            <MemberStatus status={person.status} />
          </Fact>
          <Fact term="Two-factor">
            <TwoFactor enabled={person.twoFactor} note />
          </Fact>
          <Fact term={person.status === 'pending' ? 'Invited' : 'Since'}>
            <Time at={person.since} />{' '}
            <span className="text-muted">
              <Age at={person.since} />
            </span>
          </Fact>
          {user?.id && (
            <Fact term="User ID">
              <CopyId id={user.id} label="user ID" />
            </Fact>
          )}
          {everywhere.some(({ status }) => status === 'active') && (
            <Fact term="Full control of">
              {accounts === null ? 'a number of accounts not known yet' : plural(accounts, 'account')} in{' '}
              {plural(
                controls.reduce((sum, { organizations }) => sum + organizations, 0),
                'organization',
              )}
            </Fact>
          )}
        </FactGrid>
      </PanelSection>
      <PanelSection
        title={plural(everywhere.length, 'organization')}
        action={
          <TextAction
            href={pathTo('audit', person.memberships[0]?.organizationId ?? '', { actor_email: [person.email], range: '90d' })}
            disabledReason={whyNot('audit:read') || undefined}
          >
            What they did
          </TextAction>
        }
      >
        <ul className="grid gap-3">
          {everywhere.map((member) => {
            const refusal = whyNot('members:write') || removalRefusal(member, members, me);
            const ends = member.status === 'active' || member.status === 'pending';
            return (
              <li
                key={`${member.organizationId} ${member.id}`}
                className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3"
              >
                <div className="min-w-0">
                  <Link
                    href={pathTo('organizations', member.organizationId, { focus: member.organizationId })}
                    className="link font-medium"
                  >
                    <Upstream>{tree.byId.get(member.organizationId)?.name ?? member.organizationId}</Upstream>
                  </Link>
                  <div className="flex flex-wrap items-center gap-x-1 text-xs text-muted">
                    <MemberStatus status={member.status} /> since <Time at={member.create_time} show="date" />
                  </div>
                </div>
                {ends && (
                  <Button
                    size="row"
                    icon={member.status === 'pending' ? X : UserMinus}
                    disabledReason={refusal ?? false}
                    onClick={() => setRemoving(member)}
                  >
                    {member.status === 'pending' ? 'Cancel invitation' : 'Remove'}
                  </Button>
                )}
                {ends && refusal && <p className="col-span-2 mt-1 text-xs text-muted">{refusal}</p>}
              </li>
            );
          })}
        </ul>
      </PanelSection>
      {person.status === 'pending' && (
        <PanelSection title="Before they can accept">
          <p>
            Two-factor authentication or single sign-on must be on for their Cloudflare user. After they accept, access takes up
            to five minutes to spread.
          </p>
        </PanelSection>
      )}
      {removing && (
        <RemoveMemberDialog
          member={removing}
          organization={tree.byId.get(removing.organizationId)?.name ?? removing.organizationId}
          reach={tree.below(removing.organizationId)}
          onClose={(done) => {
            setRemoving(null);
            if (done && everywhere.length === 1) onClose();
          }}
        />
      )}
    </Panel>
  );
}
