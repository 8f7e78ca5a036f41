import { describe, expect, test } from 'vitest';
import type { HierarchyNode } from '../../contract/canopy/hierarchy.ts';
import { indexHierarchy } from './hierarchy-index.ts';

export function node(id: string, parentId: string | null, more: Partial<HierarchyNode> = {}): HierarchyNode {
  const facts = { name: id, orphan: false, depth: 1, createTime: '2026-01-01T00:00:00Z', managedBy: null, flags: {} };
  return { id, parentId, ...facts, accounts: 1, members: { active: 2, pending: 1 }, ...more };
}

const nodes = [
  node('root', null),
  node('b10', 'root', { name: 'Branch 10' }),
  node('b9', 'root', { name: 'Branch 9', accounts: 5 }),
  node('leaf', 'b9', { members: null }),
  node('lost', 'not-visible', { orphan: true }),
];
const index = indexHierarchy(nodes);

describe('looking things up in the tree', () => {
  test('children and siblings stand by name, numbers in order', () => {
    expect(index.childrenOf('root').map(({ id }) => id)).toEqual(['b9', 'b10']);
    expect(index.siblingsOf('b10').map(({ id }) => id)).toEqual(['b9', 'b10']);
    expect(index.childrenOf('leaf')).toEqual([]);
  });

  test('an organization whose parent is not visible is a root', () => {
    expect(index.roots.map(({ id }) => id)).toEqual(['lost', 'root']);
    expect(index.siblingsOf('lost').map(({ id }) => id)).toEqual(['lost', 'root']);
  });

  test('paths lead from the root', () => {
    expect(index.pathOf('leaf').map(({ id }) => id)).toEqual(['root', 'b9', 'leaf']);
    expect(index.ancestorNames('leaf')).toEqual(['root', 'Branch 9']);
    expect(index.pathOf('nobody')).toEqual([]);
    expect(index.isWithin('leaf', 'root')).toBe(true);
    expect(index.isWithin('root', 'leaf')).toBe(false);
  });

  test('counts below say when a part of them is not known', () => {
    expect(index.below('root')).toEqual({ organizations: 4, accounts: 8, members: null });
    expect(index.below('b10')).toEqual({ organizations: 1, accounts: 1, members: 3 });
  });

  test('a loop in the data ends', () => {
    const loop = indexHierarchy([node('a', 'b'), node('b', 'a')]);
    expect(loop.pathOf('a').length).toBeLessThanOrEqual(64);
    expect(loop.subtreeOf('a').length).toBeLessThanOrEqual(4);
  });

  test('a snapshot is indexed once', () => {
    expect(indexHierarchy(nodes)).toBe(index);
  });
});
