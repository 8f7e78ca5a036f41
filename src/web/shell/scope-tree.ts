/** The tree and the place in it, for everything around the page. */
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'react-router';
import type { Hierarchy } from '../../contract/canopy/hierarchy.ts';
import { indexHierarchy } from '../lib/hierarchy-index.ts';
import type { HierarchyIndex } from '../lib/hierarchy-index.ts';
import { placeOf } from '../lib/paths.ts';
import type { ScopePage } from '../lib/paths.ts';
import { hierarchyQuery } from '../queries/hierarchy.ts';
import { useRole } from '../queries/role.ts';

export interface ScopeTree {
  hierarchy: Hierarchy | null;
  tree: HierarchyIndex | null;
  /**
   * The organization in the path; the person's home where the path has none (settings) or one that is not in the tree,
   * so that the way on never leads to nowhere. Null until the tree is there.
   */
  organizationId: string | null;
  /** The screen in the path; null outside the scope. */
  page: ScopePage | null;
}

/** Where a person starts: the organization of their scope, else the root with most accounts below it. */
export function homeOf(tree: HierarchyIndex, scopeOrganizationId: string | null): string | null {
  if (scopeOrganizationId !== null && tree.byId.has(scopeOrganizationId)) return scopeOrganizationId;
  let best: { id: string; accounts: number } | null = null;
  for (const { id } of tree.roots) {
    const accounts = tree.below(id).accounts ?? 0;
    if (!best || accounts > best.accounts) best = { id, accounts };
  }
  return best?.id ?? null;
}

export function useScopeTree(): ScopeTree {
  const place = placeOf(useLocation().pathname);
  const { session } = useRole();
  const hierarchy = useQuery(hierarchyQuery()).data?.result ?? null;
  const tree = hierarchy ? indexHierarchy(hierarchy.nodes) : null;
  return {
    hierarchy,
    tree,
    organizationId: !tree
      ? (place?.organizationId ?? null)
      : place && tree.byId.has(place.organizationId)
        ? place.organizationId
        : homeOf(tree, session.scopeOrganizationId),
    page: place?.page ?? null,
  };
}
