import type { Organization } from '../../contract/cloudflare/organizations.ts';
import type { Scope } from '../services.ts';
import { lineOf, subtreeOf } from './tree.ts';
import type { Placed, Tree } from './tree.ts';

/** The part of a tree that a scope allows. */
export interface View {
  readonly tree: Tree;
  readonly scope: Scope;
  /** Parents first. */
  readonly visible: readonly Placed[];
  readonly ids: ReadonlySet<string>;
}

/**
 * What a scope shows. An organization is in it when its line of parents leads to the scope; where that line breaks
 * off, because a parent between the two is not visible to our credential, `hierarchy_tags` decide.
 */
export function viewOf(tree: Tree, scope: Scope): View {
  const visible = scope === null ? tree.order : scopedOrganizations(tree, scope);
  return { tree, scope, visible, ids: new Set(visible.map(({ organization }) => organization.id)) };
}

function scopedOrganizations(tree: Tree, scope: string): readonly Placed[] {
  const top = tree.byId.get(scope);
  const below = top ? subtreeOf(top) : [];
  const tagged = tree.order.filter(({ orphan, organization }) => orphan && isTaggedBelow(organization, scope));
  const found = new Set([...below, ...tagged.flatMap(subtreeOf)]);
  return [...found];
}

function isTaggedBelow({ id, meta }: Organization, scope: string): boolean {
  return id !== scope && (meta.hierarchy_tags ?? []).includes(scope);
}

/** Parent, depth and orphanhood as the person sees them: their scope is the top. */
export function placeIn(view: View, node: Placed): { parentId: string | null; depth: number; orphan: boolean } {
  const line = lineOf(node).filter(({ organization }) => view.ids.has(organization.id));
  const isTop = node.organization.id === view.scope;
  const parent = node.parent && !isTop && view.ids.has(node.parent.organization.id) ? node.parent : null;
  return {
    parentId: parent?.organization.id ?? null,
    depth: isTop ? 1 : line.length,
    orphan: !isTop && node.orphan,
  };
}

/** An organization with nothing in it that names what stands above the scope. */
export function cutAbove(organization: Organization, scope: Scope): Organization {
  if (scope === null) return organization;
  const { parent, meta, ...rest } = organization;
  const isTop = organization.id === scope;
  const tags = meta.hierarchy_tags;
  const from = tags?.indexOf(scope) ?? -1;
  // who manages it may stand anywhere above; the parent, which the person sees, is the one name that is certainly theirs
  const managedByParent = !isTop && parent && (meta.managed_by === parent.id || meta.managed_by === parent.name);
  return {
    ...rest,
    meta: {
      ...meta,
      ...(tags ? { hierarchy_tags: from < 0 ? [organization.id] : tags.slice(from) } : {}),
      ...(meta.managed_by ? { managed_by: managedByParent ? meta.managed_by : null } : {}),
    },
    ...(parent && !isTop ? { parent } : {}),
  };
}
