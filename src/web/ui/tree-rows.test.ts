import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfBranch, findByPrefix, flatten, followTree, parentIndex, siblingIndexes, startTree } from './tree-rows.ts';
import type { TreeRow, TreeSource } from './tree-rows.ts';

interface Node {
  id: string;
  children: Node[] | null;
}

function sourceOf(roots: readonly Node[]): TreeSource<Node> {
  return { roots, idOf: (node) => node.id, childrenOf: (node) => node.children };
}

const leaf = (id: string): Node => ({ id, children: null });
const branch = (id: string, ...children: Node[]): Node => ({ id, children });
const everything = (nodes: readonly Node[]): string[] => nodes.flatMap((node) => [node.id, ...everything(node.children ?? [])]);

const family = [
  branch('root', branch('a', leaf('a1'), leaf('a2')), branch('b', branch('b1', leaf('b11')), leaf('b2'))),
  leaf('other'),
];

describe('rows of a tree', () => {
  it('shows only what is open', () => {
    expect(flatten(sourceOf(family), new Set()).map((row) => row.id)).toEqual(['root', 'other']);
    expect(flatten(sourceOf(family), new Set(['root', 'b'])).map((row) => row.id)).toEqual([
      'root',
      'a',
      'b',
      'b1',
      'b2',
      'other',
    ]);
  });

  it('counts level, position and siblings for each level', () => {
    const rows = flatten(sourceOf(family), new Set(everything(family)));
    expect(rows.map(({ id, level, position, setSize, expanded }) => [id, level, position, setSize, expanded])).toEqual([
      ['root', 1, 1, 2, true],
      ['a', 2, 1, 2, true],
      ['a1', 3, 1, 2, null],
      ['a2', 3, 2, 2, null],
      ['b', 2, 2, 2, true],
      ['b1', 3, 1, 2, true],
      ['b11', 4, 1, 1, null],
      ['b2', 3, 2, 2, null],
      ['other', 1, 2, 2, null],
    ]);
  });

  it('remembers which guides go on', () => {
    const guides = new Map(flatten(sourceOf(family), new Set(everything(family))).map((row) => [row.id, row.guides]));
    expect(guides.get('root')).toBe(0);
    expect(guides.get('a')).toBe(0b1);
    expect(guides.get('a1')).toBe(0b11);
    expect(guides.get('a2')).toBe(0b1);
    expect(guides.get('b')).toBe(0);
    expect(guides.get('b1')).toBe(0b10);
    expect(guides.get('b11')).toBe(0b10);
  });

  it('finds parents, siblings and the end of a branch', () => {
    const rows = flatten(sourceOf(family), new Set(everything(family)));
    const at = (id: string) => rows.findIndex((row) => row.id === id);
    expect(parentIndex(rows, at('b11'))).toBe(at('b1'));
    expect(parentIndex(rows, at('root'))).toBe(-1);
    expect(endOfBranch(rows, at('b'))).toBe(at('other'));
    expect(siblingIndexes(rows, at('b2')).map((index) => rows[index]?.id)).toEqual(['b1', 'b2']);
    expect(siblingIndexes(rows, at('other')).map((index) => rows[index]?.id)).toEqual(['root', 'other']);
  });

  it('finds names by their beginning, around the end', () => {
    const rows = flatten(sourceOf(family), new Set(everything(family)));
    const named = (node: Node) => node.id.toUpperCase();
    expect(findByPrefix(rows, 0, 'b', named)).toBe(4);
    expect(findByPrefix(rows, 4, 'b', named)).toBe(5);
    expect(findByPrefix(rows, 4, 'b1', named)).toBe(5);
    expect(findByPrefix(rows, 8, 'a', named)).toBe(1);
    expect(findByPrefix(rows, 0, 'zzz', named)).toBeNull();
  });
});

const forest = fc.letrec<{ node: Node; nodes: Node[] }>((tie) => ({
  node: fc.record({ id: fc.constant(''), children: fc.oneof(fc.constant(null), tie('nodes')) }),
  nodes: fc.array(tie('node'), { maxLength: 4, depthIdentifier: 'tree' }),
})).nodes;

function numbered(nodes: readonly Node[]): Node[] {
  let next = 0;
  const number = (node: Node): Node => ({ id: `n${(next += 1)}`, children: node.children?.map(number) ?? null });
  return nodes.map(number);
}

function shape(rows: readonly TreeRow<Node>[]) {
  return rows.map(({ id, level, position, setSize, expanded, guides }) => ({ id, level, position, setSize, expanded, guides }));
}

describe('opening and closing', () => {
  it('always gives the rows that a new walk gives', () => {
    fc.assert(
      fc.property(forest, fc.array(fc.nat(), { maxLength: 40 }), (shapeless, toggles) => {
        const nodes = numbered(shapeless);
        const ids = everything(nodes);
        const source = sourceOf(nodes);
        let state = startTree(source, new Set<string>());
        for (const toggle of toggles) {
          const id = ids[toggle % Math.max(1, ids.length)] ?? 'none';
          const open = new Set(state.open);
          if (!open.delete(id)) open.add(id);
          state = followTree(state, source, open);
          expect(shape(state.rows)).toEqual(shape(flatten(source, open)));
        }
      }),
    );
  });

  it('keeps the rows that did not change', () => {
    const source = sourceOf(family);
    const before = startTree(source, new Set(['root']));
    const after = followTree(before, source, new Set(['root', 'b']));
    expect(after.rows[1]).toBe(before.rows[1]);
    expect(after.rows.at(-1)).toBe(before.rows.at(-1));
  });

  it('walks again where several branches change at once', () => {
    const source = sourceOf(family);
    const state = followTree(startTree(source, new Set(['root'])), source, new Set(['root', 'a', 'b']));
    expect(state.rows.map((row) => row.id)).toEqual(['root', 'a', 'a1', 'a2', 'b', 'b1', 'b2', 'other']);
  });

  it('does nothing on the screen for what is hidden', () => {
    const source = sourceOf(family);
    const state = followTree(startTree(source, new Set<string>()), source, new Set(['b1']));
    expect(state.rows.map((row) => row.id)).toEqual(['root', 'other']);
    expect(followTree(state, source, new Set(['b1', 'b', 'root'])).rows.map((row) => row.id)).toContain('b11');
  });
});
