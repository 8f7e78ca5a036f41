import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawHierarchy, idsWithin, reach } from './layout.ts';
import type { DrawnNode } from './layout.ts';

const node = (id: string, parentId: string | null, accounts: number): DrawnNode => ({
  id,
  parentId,
  name: `Organization ${id}`,
  accounts,
});
const larkfield = [
  node('root', null, 4),
  node('emea', 'root', 2),
  node('brightwater', 'emea', 31),
  node('public', 'brightwater', 18),
  node('calder', 'public', 9),
  node('retail', 'brightwater', 22),
  node('apac', 'root', 0),
  node('kowhai', 'apac', 17),
];

describe('the hierarchy from above', () => {
  test('one dot an account, each organization a mark, each parent a line', () => {
    const drawing = drawHierarchy(larkfield);
    expect(drawing.accountsPerDot).toBe(1);
    expect(Object.fromEntries(drawing.sectors.map(({ id, dots }) => [id, dots.length]))).toEqual({
      root: 4,
      emea: 2,
      brightwater: 31,
      public: 18,
      calder: 9,
      retail: 22,
      kowhai: 17,
    });
    expect(drawing.marks).toHaveLength(larkfield.length);
    expect(drawing.links).toHaveLength(larkfield.length - 1);
  });

  test('no dot stands on another', () => {
    const dots = drawHierarchy(larkfield).sectors.flatMap((sector) => sector.dots);
    for (const [index, a] of dots.entries())
      for (const b of dots.slice(index + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(6);
  });

  test('one flat organization is a full ring', () => {
    const drawing = drawHierarchy([node('only', null, 60)]);
    expect(drawing.sectors[0]?.dots).toHaveLength(60);
    expect(drawing.labels.map(({ id }) => id)).toEqual(['only']);
  });

  test('with many accounts a dot stands for several', () => {
    const drawing = drawHierarchy([node('root', null, 0), node('a', 'root', 20_000), node('b', 'root', 300)]);
    const dots = drawing.sectors.flatMap((sector) => sector.dots).length;
    expect(drawing.accountsPerDot).toBeGreaterThan(1);
    expect(dots).toBeLessThan(1_000);
  });

  test('any tree is drawn inside its frame, without a label over another', () => {
    const trees = fc
      .array(fc.record({ parent: fc.nat(), accounts: fc.nat({ max: 120 }) }), { minLength: 1, maxLength: 60 })
      .map((rows) =>
        rows.map(({ parent, accounts }, index) => node(`n${index}`, index === 0 ? null : `n${parent % index}`, accounts)),
      );
    fc.assert(
      fc.property(trees, (nodes) => {
        const drawing = drawHierarchy(nodes);
        for (const { x, y } of [...drawing.marks, ...drawing.sectors.flatMap((sector) => sector.dots)]) {
          expect(Math.abs(x)).toBeLessThan(reach.x);
          expect(Math.abs(y)).toBeLessThan(reach.y);
        }
        const places = drawing.labels.map(({ x, y }) => `${x},${y}`);
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  test('what an identity sees is its organization and everything below', () => {
    expect([...idsWithin(larkfield, 'brightwater')]).toEqual(['brightwater', 'public', 'calder', 'retail']);
    expect(idsWithin(larkfield, null).size).toBe(larkfield.length);
  });
});
