import { Outlet, useParams } from 'react-router';
import { useRole } from '../queries/role.ts';
import { Headed } from './Headed.tsx';
import { ScopeProblem } from './load-layers.ts';
import { useRouteFacts } from './route-facts.ts';
import { useScopeTree } from './scope-tree.ts';

/** Lets a page stand only where its organization is visible and the role may see the screen. */
export function ScopeGate() {
  const { organizationId = '' } = useParams();
  const { tree } = useScopeTree();
  const { can } = useRole();
  const facts = useRouteFacts();
  const node = tree?.byId.get(organizationId);
  const refused = facts?.permission && !can(facts.permission) ? facts.permission : null;
  if (refused !== null || (tree && !node)) {
    return (
      <Headed>
        <ScopeProblem.Part organizationId={organizationId} permission={refused} />
      </Headed>
    );
  }
  return <Outlet />;
}
