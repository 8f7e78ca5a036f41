/** Made-up hierarchies for the tests of this folder. */
import type { HierarchyNode, PlacedAccount } from '../../contract/canopy/hierarchy.ts';

const allowed = { sub_org_creation: 'true', account_mobility: 'true', member_management: 'true', enterprise_capability: 'true' };

/** An organization; depth is worked out by `family`. */
export function node(id: string, parentId: string | null, change: Partial<HierarchyNode> = {}): HierarchyNode {
  return {
    id,
    name: id,
    parentId,
    orphan: false,
    depth: 1,
    createTime: '2026-01-01T00:00:00Z',
    managedBy: null,
    flags: allowed,
    accounts: 0,
    members: {},
    ...change,
  };
}

/** Gives nodes the depth that their parents have; parents come first. */
export function family(nodes: readonly HierarchyNode[]): readonly HierarchyNode[] {
  const depths = new Map<string, number>();
  return nodes.map((one) => {
    const depth = one.parentId === null ? one.depth : (depths.get(one.parentId) ?? one.depth - 1) + 1;
    depths.set(one.id, depth);
    return Object.assign(one, { depth });
  });
}

export function account(organizationId: string, id: string, name = id): PlacedAccount {
  return { id, organizationId, name, type: 'standard', created_on: '2026-01-01T00:00:00Z' };
}

const words = ['Redfern', 'Health', 'Portal', 'Kōwhai', 'Online', 'Calder', 'Valley', 'North', 'Retail', 'Ferry', 'Lane'];

/** A Distributor as large as Cloudflare allows: 5 levels, 5,000 organizations and 20,000 accounts, 5,000 of them in one. */
export function largeHierarchy(organizations = 5000, accounts = 20_000) {
  const nodes: HierarchyNode[] = [];
  const owners: PlacedAccount[] = [];
  const levels: string[][] = [[], [], [], [], []];
  const name = (seed: number) => `${words[seed % words.length]} ${words[(seed * 7 + 3) % words.length]} ${(seed * 7919) % 9973}`;
  for (let index = 0; index < organizations; index += 1) {
    const level = index === 0 ? 0 : 1 + (index % 4);
    const above = levels[level - 1] ?? [];
    const parentId = level === 0 ? null : (above[index % Math.max(1, above.length)] ?? 'organization0');
    const id = `organization${index}`;
    levels[level]?.push(id);
    nodes.push(node(id, parentId, { name: name(index), depth: 1 }));
  }
  for (let index = 0; index < accounts; index += 1) {
    const owner = index < 5000 ? 'organization1' : `organization${2 + (index % (organizations - 2))}`;
    owners.push(account(owner, `account${index}`, name(index + 17)));
  }
  const counts = new Map<string, number>();
  for (const { organizationId } of owners) counts.set(organizationId, (counts.get(organizationId) ?? 0) + 1);
  for (const one of nodes) one.accounts = counts.get(one.id) ?? 0;
  return { nodes: family(nodes), accounts: owners };
}
