import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HierarchyNode } from '../../contract/canopy/hierarchy.ts';
import { ancestorsOf, branchOf, deepestLevel, fold, indexOrganizations, isWithin, topOf } from './organization-index.ts';
import { family, node } from './test-hierarchy.ts';

const larkfield = family([
  node('root', null, { accounts: 4, members: { active: 12, pending: 2 } }),
  node('apac', 'root', { accounts: 0, members: { active: 4 } }),
  node('kowhai', 'apac', { accounts: 17, members: { active: 1, pending: 1 } }),
  node('sunda', 'apac', { accounts: null, members: null }),
  node('emea', 'root', { accounts: 2, members: { active: 7, canceled: 2 } }),
]);

describe('the tree of a snapshot', () => {
  it('rolls counts up and says how many organizations did not answer', () => {
    const { byId } = indexOrganizations(larkfield);
    expect(byId.get('root')?.accounts).toEqual({ here: 4, within: 23, missing: 1 });
    expect(byId.get('apac')?.accounts).toEqual({ here: 0, within: 17, missing: 1 });
    expect(byId.get('sunda')?.accounts).toEqual({ here: null, within: 0, missing: 1 });
    expect(byId.get('emea')?.accounts).toEqual({ here: 2, within: 2, missing: 0 });
    expect(byId.get('root')?.members).toEqual({ here: 14, within: 29, missing: 1 });
  });

  it('counts what is below and how deep it goes', () => {
    const { byId } = indexOrganizations(larkfield);
    const root = byId.get('root');
    const kowhai = byId.get('kowhai');
    if (!root || !kowhai) throw new Error('not in the index');
    expect(root.below).toBe(4);
    expect(root.height).toBe(3);
    expect(deepestLevel(root)).toBe(3);
    expect(kowhai.depth).toBe(3);
    expect(ancestorsOf(kowhai).map(({ id }) => id)).toEqual(['root', 'apac']);
    expect(topOf(kowhai)).toBe(root);
    expect(isWithin(kowhai, root)).toBe(true);
    expect(isWithin(root, kowhai)).toBe(false);
    expect(branchOf(root)).toHaveLength(5);
  });

  it('keeps organizations whose parent is not visible', () => {
    const { roots, orphans } = indexOrganizations([
      node('top', null, { depth: 3 }),
      node('lost', null, { orphan: true }),
      node('unseen', 'elsewhere'),
    ]);
    expect(roots.map(({ id }) => id)).toEqual(['top']);
    expect(orphans.map(({ id }) => id)).toEqual(['lost', 'unseen']);
  });

  it('cuts circles of parents and leaves out repeated ids', () => {
    const index = indexOrganizations([
      node('a', 'c'),
      node('b', 'a'),
      node('c', 'b'),
      node('d', 'b'),
      node('d', 'a'),
      node('self', 'self'),
    ]);
    expect(index.duplicates).toBe(1);
    expect(index.roots).toHaveLength(0);
    expect(index.orphans.map(({ id }) => id).toSorted()).toEqual(['a', 'self']);
    expect(index.orphans.flatMap((top) => branchOf(top))).toHaveLength(5);
  });

  it('shows every organization exactly once, whatever upstream says about parents', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    const anyNode = fc.record({ id, parentId: fc.option(id), accounts: fc.option(fc.nat(100)) });
    fc.assert(
      fc.property(fc.array(anyNode, { maxLength: 12 }), (given) => {
        const nodes: HierarchyNode[] = given.map(({ id, parentId, accounts }) => node(id, parentId, { accounts }));
        const { byId, roots, orphans, duplicates } = indexOrganizations(nodes);
        const shown = [...roots, ...orphans].flatMap((top) => branchOf(top).map((item) => item.id));
        expect(shown.toSorted()).toEqual([...new Set(given.map((one) => one.id))].toSorted());
        expect(duplicates).toBe(given.length - byId.size);
        for (const top of [...roots, ...orphans]) {
          const branch = branchOf(top);
          expect(top.accounts.missing).toBe(branch.filter((item) => item.node.accounts === null).length);
          expect(top.accounts.within).toBe(branch.reduce((sum, item) => sum + (item.node.accounts ?? 0), 0));
        }
      }),
    );
  });
});

describe('folding', () => {
  it('takes accents and case away', () => {
    expect(fold('Kōwhai Online')).toBe('kowhai online');
    expect(fold('Réseau 10')).toBe('reseau 10');
  });
});
