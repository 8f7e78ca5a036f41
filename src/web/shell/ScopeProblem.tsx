import { useQuery } from '@tanstack/react-query';
import type { ErrorReport } from '../../contract/envelope.ts';
import { roleTitle } from '../../contract/permissions.ts';
import type { Permission } from '../../contract/permissions.ts';
import { pathTo } from '../lib/paths.ts';
import { useRecent } from '../lib/recent.ts';
import { useRefreshHierarchy } from '../queries/hierarchy.ts';
import { organizationQuery } from '../queries/organizations.ts';
import { refusalOf, useRole, whoMay } from '../queries/role.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { TextAction } from '../ui/Link.tsx';
import { Time } from '../ui/Time.tsx';
import { Upstream } from '../ui/Upstream.tsx';
import { useScopeTree } from './scope-tree.ts';

/** Why a page cannot stand here: the role may not see it, or its organization is not in the tree. */
export function ScopeProblem({ organizationId, permission }: { organizationId: string; permission: Permission | null }) {
  return permission === null ? (
    <MissingOrganization key={organizationId} organizationId={organizationId} />
  ) : (
    <NoAccess permission={permission} organizationId={organizationId} />
  );
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

/** A screen the role may not see: the rule, not an empty list. */
function NoAccess({ permission, organizationId }: { permission: Permission; organizationId: string }) {
  const { session } = useRole();
  return (
    <EmptyState
      kind="not-allowed"
      title={refusalOf(session.role, permission)}
      actions={
        <>
          {session.mode === 'sandbox' && <ButtonLink href="/sign-in">Switch identity</ButtonLink>}
          <TextAction href={pathTo('overview', organizationId)} size="sm">
            Open the overview
          </TextAction>
        </>
      }
    >
      This is a rule of Canopy, not an empty list. {whoMay(permission)}
    </EmptyState>
  );
}

/** An organization outside the person's subtree. */
function OutOfScope({ error }: { error: ErrorReport }) {
  const { session } = useRole();
  const { tree } = useScopeTree();
  const { scopeOrganizationId, role } = session;
  const scopeName = scopeOrganizationId === null ? null : (tree?.byId.get(scopeOrganizationId)?.name ?? scopeOrganizationId);
  return (
    <EmptyState
      kind="not-allowed"
      title="Outside what you may see"
      actions={
        <>
          <ButtonLink href="/">Open {scopeName ?? 'the overview'}</ButtonLink>
          {session.mode === 'sandbox' && (
            <TextAction href="/sign-in" size="sm">
              Switch identity
            </TextAction>
          )}
        </>
      }
    >
      {scopeName === null
        ? error.message
        : `${roleTitle[role]} here covers ${scopeName} and everything below it. This is a rule of Canopy, not an empty list.`}
      <span className="mono mt-1 block text-xs text-faint">Request ID {error.requestId}</span>
    </EmptyState>
  );
}
