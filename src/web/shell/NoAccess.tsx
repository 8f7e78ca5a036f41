import type { ErrorReport } from '../../contract/envelope.ts';
import { roleTitle } from '../../contract/permissions.ts';
import type { Permission } from '../../contract/permissions.ts';
import { pathTo } from '../lib/paths.ts';
import { refusalOf, useRole, whoMay } from '../queries/role.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { TextAction } from '../ui/Link.tsx';
import { Headed } from './Headed.tsx';
import { useScopeTree } from './scope-tree.ts';

/** A screen the role may not see: the rule, not an empty list. */
export function NoAccess({ permission, organizationId }: { permission: Permission; organizationId: string }) {
  const { session } = useRole();
  return (
    <Headed>
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
    </Headed>
  );
}

/** An organization outside the person's subtree. */
export function OutOfScope({ error }: { error: ErrorReport }) {
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
