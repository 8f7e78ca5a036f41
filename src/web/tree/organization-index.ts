/** The organizations of a snapshot as a tree: parents found, oddities kept, counts rolled up. No sorting here. */
import type { HierarchyNode } from '../../contract/canopy/hierarchy.ts';

/** A count here, and its sum with descendants, of which some organizations may not have said theirs. */
export interface RollUp {
  /** Null where it is not known, which is not zero. */
  readonly here: number | null;
  /** The sum of what is known, here and below. */
  readonly within: number;
  /** Organizations here and below whose count is not known. */
  readonly missing: number;
}

export interface OrganizationItem {
  readonly kind: 'organization';
  readonly id: string;
  readonly node: HierarchyNode;
  /** Null at the top of what is visible. */
  readonly parent: OrganizationItem | null;
  readonly children: readonly OrganizationItem[];
  /** 1 for a root; counted by Cloudflare's hierarchy, so a top that is not a root has a larger one. */
  readonly depth: number;
  /** Levels of this branch: 1 without sub-organizations. */
  readonly height: number;
  /** Sub-organizations on all levels below. */
  readonly below: number;
  readonly accounts: RollUp;
  readonly members: RollUp;
  /** The name as search compares it. */
  readonly folded: string;
}

export interface OrganizationIndex {
  readonly byId: ReadonlyMap<string, OrganizationItem>;
  /** Real roots, and the top of a scope that begins lower. */
  readonly roots: readonly OrganizationItem[];
  /** Tops whose parent this credential does not see, or whose parents run in a circle. */
  readonly orphans: readonly OrganizationItem[];
  /** Rows of the snapshot left out because their id came before. */
  readonly duplicates: number;
}

type Mutable = { -readonly [K in keyof OrganizationItem]: OrganizationItem[K] } & { children: OrganizationItem[] };

/** Text as search compares it: lower case, without accents. */
export function fold(text: string): string {
  const plain = /[^\p{ASCII}]/u.test(text) ? text.normalize('NFD').replace(/\p{M}+/gu, '') : text;
  return plain.toLowerCase();
}

/** How many members there are, of every status. */
function memberCount(members: HierarchyNode['members']): number | null {
  return members === null ? null : Object.values(members).reduce((sum, count) => sum + count, 0);
}

/** The tree of a snapshot. Every organization is in it exactly once, whatever upstream says about parents. */
export function indexOrganizations(nodes: readonly HierarchyNode[]): OrganizationIndex {
  const byId = new Map<string, Mutable>();
  let duplicates = 0;
  for (const node of nodes) {
    if (byId.has(node.id)) duplicates += 1;
    else byId.set(node.id, startItem(node));
  }
  const roots: OrganizationItem[] = [];
  const orphans: OrganizationItem[] = [];
  const inCircle = circles(byId);
  for (const item of byId.values()) {
    const parent = item.node.parentId === null || inCircle.has(item.id) ? undefined : byId.get(item.node.parentId);
    if (parent) {
      item.parent = parent;
      parent.children.push(item);
    } else if (item.node.orphan || item.node.parentId !== null) orphans.push(item);
    else roots.push(item);
  }
  for (const top of [...roots, ...orphans]) rollUp(top as Mutable); // our own items, still being built
  return { byId, roots, orphans, duplicates };
}

function startItem(node: HierarchyNode): Mutable {
  const nothing = { here: 0, within: 0, missing: 0 };
  return {
    kind: 'organization',
    id: node.id,
    node,
    parent: null,
    children: [],
    depth: node.depth,
    height: 1,
    below: 0,
    accounts: nothing,
    members: nothing,
    folded: fold(node.name),
  };
}

/** Organizations whose chain of parents comes back to themselves; one of them is cut loose so that all stay visible. */
function circles(byId: ReadonlyMap<string, OrganizationItem>): ReadonlySet<string> {
  const cut = new Set<string>();
  const settled = new Set<string>();
  for (const start of byId.keys()) {
    const path = new Set<string>();
    let at: string | null = start;
    while (at !== null && byId.has(at) && !settled.has(at)) {
      if (path.has(at)) {
        cut.add(at);
        break;
      }
      path.add(at);
      at = byId.get(at)?.node.parentId ?? null;
    }
    for (const id of path) settled.add(id);
  }
  return cut;
}

/** Adds up children before parents, without recursion: upstream sets no depth for us to trust. */
function rollUp(top: Mutable): void {
  const order: Mutable[] = [top];
  for (const item of order) order.push(...(item.children as Mutable[])); // our own items, still being built
  for (const item of order.reverse()) {
    item.accounts = sum(item.node.accounts, item.children, 'accounts');
    item.members = sum(memberCount(item.node.members), item.children, 'members');
    for (const child of item.children) {
      item.below += child.below + 1;
      item.height = Math.max(item.height, child.height + 1);
    }
  }
}

function sum(here: number | null, children: readonly OrganizationItem[], kind: 'accounts' | 'members'): RollUp {
  let within = here ?? 0;
  let missing = here === null ? 1 : 0;
  for (const child of children) {
    within += child[kind].within;
    missing += child[kind].missing;
  }
  return { here, within, missing };
}

/** From the top down to the parent. */
export function ancestorsOf(item: OrganizationItem): readonly OrganizationItem[] {
  const path: OrganizationItem[] = [];
  for (let at = item.parent; at; at = at.parent) path.push(at);
  return path.reverse();
}

export function topOf(item: OrganizationItem): OrganizationItem {
  let top = item;
  while (top.parent) top = top.parent;
  return top;
}

export function isWithin(item: OrganizationItem, branch: OrganizationItem): boolean {
  for (let at: OrganizationItem | null = item; at; at = at.parent) if (at === branch) return true;
  return false;
}

/** The organization and everything below it. */
export function branchOf(item: OrganizationItem): readonly OrganizationItem[] {
  const branch = [item];
  for (const one of branch) branch.push(...one.children);
  return branch;
}

/** The deepest level below and including an organization. */
export function deepestLevel(item: OrganizationItem): number {
  return item.depth + item.height - 1;
}
