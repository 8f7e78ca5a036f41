import { expect, test } from 'vitest';
import type { HierarchyNode } from '../../contract/canopy/hierarchy.ts';
import { siblingsFor, siblingsShown } from './siblings.ts';

const facts = { parentId: null, orphan: false, depth: 1, createTime: '', managedBy: null, flags: {}, accounts: 0, members: null };
const nodes: HierarchyNode[] = Array.from({ length: 200 }, (_, number) => ({
  ...facts,
  id: `o${number}`,
  name: `Branch ${number}`,
}));

test('at most fifty, and the current one among them', () => {
  const { shown, matches } = siblingsFor(nodes, 'o180', '');
  expect(matches).toBe(200);
  expect(shown).toHaveLength(siblingsShown);
  expect(shown[0]?.id).toBe('o180');
});

test('typing finds the others', () => {
  expect(siblingsFor(nodes, 'o1', 'branch 19').shown.map(({ name }) => name)).toContain('Branch 199');
  expect(siblingsFor(nodes, 'o1', 'nothing')).toEqual({ shown: [], matches: 0 });
});
