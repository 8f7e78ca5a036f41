import type { HierarchyIndex } from '../../lib/hierarchy-index.ts';
import { fold } from './search-index.ts';

/** Names from the root to an organization as text to search; each is put together once. */
export function pathTextOf(tree: HierarchyIndex | null): (organizationId: string | null) => string {
  const known = new Map<string, string>();
  return (organizationId) => {
    if (!tree || organizationId === null) return '';
    const text =
      known.get(organizationId) ??
      fold(
        tree
          .pathOf(organizationId)
          .map(({ name }) => name)
          .join('\n'),
      );
    known.set(organizationId, text);
    return text;
  };
}
