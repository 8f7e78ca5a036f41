/** Looking things up in the tree: by id, upwards and downwards. Built once for each snapshot. */
import type { HierarchyNode } from '../../contract/canopy/hierarchy.ts';
import { compareNaturally } from './natural-sort.ts';

/** Counts of an organization and everything below it; null as soon as a part of them is not known. */
export interface Below {
  organizations: number;
  accounts: number | null;
  members: number | null;
}

export interface HierarchyIndex {
  /** As the snapshot has them. */
  nodes: readonly HierarchyNode[];
  byId: ReadonlyMap<string, HierarchyNode>;
  /** Organizations without a visible parent, by name. */
  roots: readonly HierarchyNode[];
  /** Direct sub-organizations, by name. */
  childrenOf(id: string): readonly HierarchyNode[];
  /** Organizations with the same parent, itself among them, by name. */
  siblingsOf(id: string): readonly HierarchyNode[];
  /** From the root down to the organization itself; empty for an unknown id. */
  pathOf(id: string): readonly HierarchyNode[];
  /** Names of the ancestors, root first, without itself. */
  ancestorNames(id: string): readonly string[];
  /** True for the organization itself and everything below it. */
  isWithin(id: string, ancestorId: string): boolean;
  /** The organization and everything below it, parents first. */
  subtreeOf(id: string): readonly HierarchyNode[];
  /** Counts of the organization with its descendants. */
  below(id: string): Below;
}

/** Longer chains than this are a loop in the data. */
const deepest = 64;
const indexes = new WeakMap<readonly HierarchyNode[], HierarchyIndex>();

const plus = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
const membersOf = (node: HierarchyNode) =>
  node.members ? Object.values(node.members).reduce((sum, count) => sum + count, 0) : null;

/** The index of a snapshot's nodes; the same array gives the same index. */
export function indexHierarchy(nodes: readonly HierarchyNode[]): HierarchyIndex {
  const known = indexes.get(nodes);
  if (known) return known;
  const made = build(nodes);
  indexes.set(nodes, made);
  return made;
}

function build(nodes: readonly HierarchyNode[]): HierarchyIndex {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const roots: HierarchyNode[] = [];
  const children = new Map<string, HierarchyNode[]>();
  const sorted = new Set<HierarchyNode[]>();
  for (const node of nodes) {
    const parent = node.parentId === null ? undefined : byId.get(node.parentId);
    if (!parent) roots.push(node);
    else {
      const list = children.get(parent.id);
      if (list) list.push(node);
      else children.set(parent.id, [node]);
    }
  }
  /** Sorting 5,000 siblings costs milliseconds, so a list is sorted when it is first asked for. */
  const byName = (list: HierarchyNode[]) => {
    if (!sorted.has(list)) sorted.add(list.sort((a, b) => compareNaturally(a.name, b.name)));
    return list;
  };
  const childrenOf = (id: string): readonly HierarchyNode[] => {
    const list = children.get(id);
    return list ? byName(list) : [];
  };
  const pathOf = (id: string): HierarchyNode[] => {
    const path: HierarchyNode[] = [];
    let node = byId.get(id);
    while (node && path.length < deepest) {
      path.push(node);
      node = node.parentId === null ? undefined : byId.get(node.parentId);
    }
    return path.reverse();
  };
  const subtreeOf = (id: string): HierarchyNode[] => {
    const top = byId.get(id);
    const found = top ? [top] : [];
    for (let index = 0; index < found.length && found.length <= nodes.length; index++)
      found.push(...(children.get(found[index]?.id ?? '') ?? []));
    return found;
  };
  const totals = new Map<string, Below>();
  const below = (id: string): Below => {
    const known = totals.get(id);
    if (known) return known;
    let sum: Below = { organizations: 0, accounts: 0, members: 0 };
    for (const node of subtreeOf(id))
      sum = {
        organizations: sum.organizations + 1,
        accounts: plus(sum.accounts, node.accounts),
        members: plus(sum.members, membersOf(node)),
      };
    totals.set(id, sum);
    return sum;
  };
  return {
    nodes,
    byId,
    get roots() {
      return byName(roots);
    },
    childrenOf,
    siblingsOf: (id) => {
      const parentId = byId.get(id)?.parentId ?? null;
      return parentId !== null && byId.has(parentId) ? childrenOf(parentId) : byName(roots);
    },
    pathOf,
    ancestorNames: (id) =>
      pathOf(id)
        .slice(0, -1)
        .map(({ name }) => name),
    isWithin: (id, ancestorId) => pathOf(id).some((node) => node.id === ancestorId),
    subtreeOf,
    below,
  };
}
