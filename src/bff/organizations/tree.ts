import type { Hierarchy } from '../../contract/canopy/hierarchy.ts';
import type { Organization } from '../../contract/cloudflare/organizations.ts';

/** An organization at its place. */
export interface Placed {
  readonly organization: Organization;
  /** Null for a root, and where the parent is not among those we see. */
  readonly parent: Placed | null;
  /** True where upstream names a parent that we do not see, or one that would close a circle. */
  readonly orphan: boolean;
  /** 1 for a root. */
  readonly depth: number;
  readonly children: readonly Placed[];
}

export interface Tree {
  readonly byId: ReadonlyMap<string, Placed>;
  /** Every organization once, parents before children, siblings as upstream sent them. */
  readonly order: readonly Placed[];
  readonly shape: Hierarchy['shape'];
  /** Ids that came more than once; the first one counts. */
  readonly duplicates: readonly string[];
  /** Organizations cut loose because their parents form a circle. */
  readonly circles: readonly string[];
}

interface Node extends Placed {
  parent: Node | null;
  orphan: boolean;
  depth: number;
  children: Node[];
}

/** The parent that upstream names: by `parent`, or by the last tag but one, since tags run from the root to itself. */
export function namedParent({ id, parent, meta }: Organization): string | null {
  if (parent?.id) return parent.id;
  const tags = meta.hierarchy_tags ?? [];
  return tags.at(-1) === id ? (tags.at(-2) ?? null) : null;
}

/** Builds the tree. No organization is ever dropped: what has no place below another stands at the top. */
export function plant(organizations: readonly Organization[]): Tree {
  const byId = new Map<string, Node>();
  const duplicates: string[] = [];
  for (const organization of organizations) {
    if (byId.has(organization.id)) duplicates.push(organization.id);
    else byId.set(organization.id, { organization, parent: null, orphan: false, depth: 1, children: [] });
  }
  const tops: Node[] = [];
  for (const node of byId.values()) {
    const parentId = namedParent(node.organization);
    const parent = parentId === null ? null : (byId.get(parentId) ?? null);
    if (parent && parent !== node) {
      node.parent = parent;
      parent.children.push(node);
    } else {
      node.orphan = parentId !== null;
      tops.push(node);
    }
  }
  const order: Node[] = [];
  for (const top of tops) descend(top, order);
  const circles: string[] = [];
  if (order.length < byId.size) {
    const reached = new Set(order);
    for (const node of byId.values()) {
      if (reached.has(node)) continue;
      const cut = onCircle(node);
      cutLoose(cut);
      circles.push(cut.organization.id);
      const start = order.length;
      descend(cut, order);
      for (const one of order.slice(start)) reached.add(one);
    }
  }
  const shape = order.some((node) => namedParent(node.organization) !== null) ? 'distributor' : 'flat';
  return { byId, order, shape, duplicates, circles };
}

/** Appends a node and everything below it, without recursion. */
function descend(top: Node, order: Node[]): void {
  const open = [top];
  for (let node = open.pop(); node; node = open.pop()) {
    node.depth = (node.parent?.depth ?? 0) + 1;
    order.push(node);
    for (let index = node.children.length - 1; index >= 0; index -= 1) {
      const child = node.children[index];
      if (child) open.push(child);
    }
  }
}

/** From a node that reaches no top, upwards until one comes again: that one is on the circle. */
function onCircle(start: Node): Node {
  const passed = new Set<Node>();
  let node = start;
  while (node.parent && !passed.has(node)) {
    passed.add(node);
    node = node.parent;
  }
  return node;
}

function cutLoose(node: Node): void {
  if (node.parent) node.parent.children = node.parent.children.filter((child) => child !== node);
  node.parent = null;
  node.orphan = true;
}

/** The organization and everything below it, parents first. */
export function subtreeOf(top: Placed): readonly Placed[] {
  const found: Placed[] = [];
  const open = [top];
  for (let node = open.pop(); node; node = open.pop()) {
    found.push(node);
    open.push(...node.children.toReversed());
  }
  return found;
}

/** From the top down to and including the organization. */
export function lineOf(node: Placed): readonly Placed[] {
  const line: Placed[] = [];
  for (let at: Placed | null = node; at; at = at.parent) line.push(at);
  return line.toReversed();
}
