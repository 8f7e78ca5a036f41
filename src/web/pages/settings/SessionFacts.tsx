import { useQuery } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import type { Session } from '../../../contract/canopy/session.ts';
import { roleTitle } from '../../../contract/permissions.ts';
import { useNow } from '../../lib/clock.ts';
import { formatSpan } from '../../lib/format-time.ts';
import { indexHierarchy } from '../../lib/hierarchy-index.ts';
import { useGoAway } from '../../lib/leaving.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { Button } from '../../ui/Button.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';

/** Who is signed in, how far that reaches, and when it ends. */
export function SessionFacts({ session }: { session: Session }) {
  const { user, role, scopeOrganizationId } = session;
  const goAway = useGoAway();
  const hierarchy = useQuery(hierarchyQuery()).data?.result;
  const scope =
    scopeOrganizationId === null ? null : hierarchy && indexHierarchy(hierarchy.nodes).byId.get(scopeOrganizationId)?.name;
  return (
    <div className="px-(--gutter) py-3">
      <FactGrid>
        <Fact term="Signed in as">
          <Upstream>{user.email === null ? user.name : `${user.name}, ${user.email}`}</Upstream>
        </Fact>
        <Fact term="Role">{roleTitle[role]}</Fact>
        <Fact term="Sees">
          {scopeOrganizationId === null ? (
            'Everything the credential sees'
          ) : (
            <Upstream>{`${scope ?? scopeOrganizationId} and below`}</Upstream>
          )}
        </Fact>
        <Fact term="Ends when idle">
          <Until at={session.idleExpiresAt} />
          <span className="text-muted">, later with everything you do</span>
        </Fact>
        <Fact term="Ends at the latest">
          <Until at={session.absoluteExpiresAt} />
        </Fact>
      </FactGrid>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="toolbar" icon={LogOut} onClick={() => goAway('everywhere')}>
          Sign out everywhere
        </Button>
        <span className="text-xs text-muted">Ends this session and every other one of yours, on whatever device.</span>
      </div>
    </div>
  );
}

function Until({ at }: { at: string }) {
  const left = Date.parse(at) - useNow();
  return (
    <>
      <Time at={at} />
      <span className="text-muted">{left > 0 ? `, in ${formatSpan(left)}` : ', now'}</span>
    </>
  );
}
