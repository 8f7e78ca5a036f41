import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Outlet, useParams } from 'react-router';
import { pathTo } from '../lib/paths.ts';
import { noteRecent, useRecent } from '../lib/recent.ts';
import { useRefreshHierarchy } from '../queries/hierarchy.ts';
import { organizationQuery } from '../queries/organizations.ts';
import { useRole } from '../queries/role.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { TextAction } from '../ui/Link.tsx';
import { Time } from '../ui/Time.tsx';
import { Upstream } from '../ui/Upstream.tsx';
import { Headed } from './Headed.tsx';
import { NoAccess, OutOfScope } from './NoAccess.tsx';
import { useRouteFacts } from './route-facts.ts';
import { useScopeTree } from './scope-tree.ts';

/** Lets a page stand only where its organization is visible and the role may see the screen. */
export function ScopeGate() {
  const { organizationId = '' } = useParams();
  const { tree } = useScopeTree();
  const { session, can } = useRole();
  const facts = useRouteFacts();
  const node = tree?.byId.get(organizationId);
  const userId = session.user.id;

  useEffect(() => {
    if (!tree || !node) return;
    const path = tree.pathOf(node.id).slice(0, -1);
    noteRecent(userId, {
      kind: 'organization',
      id: node.id,
      name: node.name,
      organizationId: node.id,
      path: path.map(({ name }) => name),
      pathIds: path.map(({ id }) => id),
      seenAt: new Date().toISOString(),
    });
  }, [tree, node, userId]);

  if (facts?.permission && !can(facts.permission))
    return <NoAccess permission={facts.permission} organizationId={organizationId} />;
  if (tree && !node) {
    return (
      <Headed>
        <MissingOrganization key={organizationId} organizationId={organizationId} />
      </Headed>
    );
  }
  return <Outlet />;
}

/** The tree does not have it: not allowed, gone, or newer than the tree. Cloudflare's own answer says which. */
function MissingOrganization({ organizationId }: { organizationId: string }) {
  const { session } = useRole();
  const { tree } = useScopeTree();
  const answer = useQuery(organizationQuery(organizationId));
  const refresh = useRefreshHierarchy();
  const last = useRecent(session.user.id).find(({ kind, id }) => kind === 'organization' && id === organizationId);
  const parent = last?.pathIds.findLast((id) => tree?.byId.has(id));
  const parentName = parent === undefined ? undefined : tree?.byId.get(parent)?.name;

  if (answer.isPending)
    return (
      <div role="status" className="p-(--gutter) text-muted">
        Looking for this organization…
      </div>
    );
  if (answer.data) {
    return (
      <EmptyState
        kind="not-synchronized"
        title={`${answer.data.result.name} is newer than the tree`}
        actions={
          <Button working={refresh.isPending && 'Reading…'} onClick={() => refresh.mutate(undefined)}>
            Read the tree again
          </Button>
        }
      >
        Cloudflare knows it; the tree that Canopy keeps was read before it was made.
      </EmptyState>
    );
  }
  const { report } = answer.error;
  if (report.code === 'out_of_scope' || report.code === 'not_allowed') return <OutOfScope error={report} />;
  return (
    <ErrorState
      error={report}
      title={last ? `${last.name} is not here` : 'This organization is not here'}
      onRetry={() => void answer.refetch()}
      lastKnown={
        last && (
          <>
            Last seen <Time at={last.seenAt} />
            {last.path.length > 0 && (
              <>
                {' '}
                in <Upstream>{last.path.join(' › ')}</Upstream>
              </>
            )}
            .
          </>
        )
      }
      actions={
        <>
          {parent !== undefined && (
            <ButtonLink size="toolbar" href={pathTo('organizations', parent)}>
              Open {parentName}
            </ButtonLink>
          )}
          <TextAction href="/" size="sm">
            Go home
          </TextAction>
        </>
      }
    />
  );
}
