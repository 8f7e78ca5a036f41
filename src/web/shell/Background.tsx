import { useEffect } from 'react';
import { noteRecent } from '../lib/recent.ts';
import { useRole } from '../queries/role.ts';
import { GlobalKeys } from './GlobalKeys.tsx';
import { SessionEnd } from './SessionEnd.tsx';
import { useScopeTree } from './scope-tree.ts';

/** What the frame does beside drawing: it listens to keys and remembers where somebody was. */
export function Background() {
  const { tree, organizationId, page } = useScopeTree();
  const userId = useRole().session.user.id;
  useEffect(() => {
    const path = tree && organizationId !== null && page !== null ? tree.pathOf(organizationId) : [];
    const node = path.at(-1);
    if (!node) return;
    const above = path.slice(0, -1);
    noteRecent(userId, {
      kind: 'organization',
      id: node.id,
      name: node.name,
      organizationId: node.id,
      path: above.map(({ name }) => name),
      pathIds: above.map(({ id }) => id),
      seenAt: new Date().toISOString(),
    });
  }, [tree, organizationId, page, userId]);
  return (
    <>
      <GlobalKeys />
      <SessionEnd />
    </>
  );
}
