import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Organization } from '../../contract/cloudflare/organizations.ts';
import { lineOf, plant, subtreeOf } from './tree.ts';
import { cutAbove, placeIn, viewOf } from './view.ts';

function organization(id: string, parentId: string | null = null, tags?: string[]): Organization {
  return {
    id,
    name: `Organization ${id}`,
    create_time: '2026-01-01T00:00:00Z',
    meta: tags ? { hierarchy_tags: tags } : {},
    ...(parentId ? { parent: { id: parentId, name: `Organization ${parentId}` } } : {}),
  };
}
const ids = (placed: readonly { organization: Organization }[]) => placed.map((one) => one.organization.id);

describe('the tree', () => {
  test('puts parents before children', () => {
    const tree = plant([organization('c', 'b'), organization('a'), organization('b', 'a'), organization('d', 'a')]);
    expect(ids(tree.order)).toEqual(['a', 'b', 'c', 'd']);
    expect(tree.order.map((placed) => placed.depth)).toEqual([1, 2, 3, 2]);
    expect(tree.shape).toBe('distributor');
  });

  test('is flat when nothing has a parent', () => {
    expect(plant([organization('a'), organization('b', null, ['b'])]).shape).toBe('flat');
  });

  test('reads the parent from the tags where it is not named', () => {
    const tree = plant([organization('a', null, ['a']), organization('b', null, ['a', 'b'])]);
    expect(tree.byId.get('b')?.parent?.organization.id).toBe('a');
  });

  test('keeps an organization whose parent is not seen, at the top', () => {
    const tree = plant([organization('a'), organization('lost', 'unseen'), organization('below', 'lost')]);
    expect(tree.byId.get('lost')).toMatchObject({ orphan: true, parent: null, depth: 1 });
    expect(tree.byId.get('below')).toMatchObject({ orphan: false, depth: 2 });
  });

  test('cuts a circle once and keeps everyone on it', () => {
    const tree = plant([
      organization('x', 'z'),
      organization('y', 'x'),
      organization('z', 'y'),
      organization('tail', 'y'),
      organization('self', 'self'),
    ]);
    expect(ids(tree.order).toSorted()).toEqual(['self', 'tail', 'x', 'y', 'z']);
    expect(tree.circles).toHaveLength(1);
    expect(tree.byId.get('self')).toMatchObject({ orphan: true });
  });

  test('counts an id that comes twice once, and says so', () => {
    const tree = plant([organization('a'), organization('a'), organization('b', 'a')]);
    expect(ids(tree.order)).toEqual(['a', 'b']);
    expect(tree.duplicates).toEqual(['a']);
  });

  test('never drops or repeats one, whatever the parents are', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    fc.assert(
      fc.property(fc.array(fc.tuple(id, fc.option(fc.oneof(id, fc.constant('unseen'))))), (pairs) => {
        const tree = plant(pairs.map(([own, parent]) => organization(own, parent)));
        const order = ids(tree.order);
        expect(order.toSorted()).toEqual([...new Set(pairs.map(([own]) => own))].toSorted());
        for (const placed of tree.order) {
          const line = ids(lineOf(placed));
          expect(new Set(line).size).toBe(line.length);
          expect(placed.depth).toBe(line.length);
          expect(ids(subtreeOf(placed))).toContain(placed.organization.id);
          if (placed.parent)
            expect(order.indexOf(placed.parent.organization.id)).toBeLessThan(order.indexOf(placed.organization.id));
        }
      }),
    );
  });

  test('takes a chain of any length', () => {
    const chain = Array.from({ length: 25_000 }, (_, index) => organization(`n${index}`, index === 0 ? null : `n${index - 1}`));
    expect(plant(chain).order.at(-1)?.depth).toBe(25_000);
  });
});

describe('the view of a scope', () => {
  const tree = plant([
    organization('root', null, ['root']),
    organization('scope', 'root', ['root', 'scope']),
    organization('child', 'scope', ['root', 'scope', 'child']),
    organization('grandchild', 'hidden', ['root', 'scope', 'hidden', 'grandchild']),
    organization('below', 'grandchild', ['root', 'scope', 'hidden', 'grandchild', 'below']),
    organization('sibling', 'root', ['root', 'sibling']),
    organization('moved', 'sibling', ['root', 'scope', 'moved']),
  ]);
  const view = viewOf(tree, 'scope');

  test('holds the subtree, and by their tags those whose parent is hidden', () => {
    expect(ids(view.visible)).toEqual(['scope', 'child', 'grandchild', 'below']);
  });

  test('goes by the parent where that is seen, not by old tags', () => {
    expect(view.ids.has('moved')).toBe(false);
  });

  test('begins at the scope', () => {
    const placed = (id: string) => {
      const node = tree.byId.get(id);
      return node && placeIn(view, node);
    };
    expect(placed('scope')).toEqual({ parentId: null, depth: 1, orphan: false });
    expect(placed('child')).toEqual({ parentId: 'scope', depth: 2, orphan: false });
    expect(placed('below')).toEqual({ parentId: 'grandchild', depth: 2, orphan: false });
  });

  test('names nothing above itself', () => {
    for (const placed of view.visible) {
      const text = JSON.stringify(cutAbove(placed.organization, 'scope'));
      expect(text).not.toContain('root');
      expect(text).toContain(placed.organization.id);
    }
    const managed = (id: string, by: string) => {
      const one = organization(id, 'parent', ['root', 'scope', 'parent', id]);
      return cutAbove({ ...one, meta: { ...one.meta, managed_by: by } }, 'scope').meta.managed_by;
    };
    expect(managed('scope', 'Organization parent')).toBeNull();
    expect(managed('child', 'Organization parent')).toBe('Organization parent');
    expect(managed('child', 'Organization root')).toBeNull();
  });

  test('is empty for a scope that does not exist', () => {
    expect(viewOf(tree, 'nowhere').visible).toEqual([]);
  });
});
