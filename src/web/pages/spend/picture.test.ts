import fc from 'fast-check';
import { expect, test } from 'vitest';
import { framed, movedPath, rectangle, svgOf } from './picture.ts';
import type { Mark } from './picture.ts';

test.each([
  ['M 0 0 L 5 5', 'M 10 20 L 15 25'],
  ['M0 0h10v5h-10z', 'M 10 20 h 10 v 5 h -10 z'],
  ['M1,2H5V6Z', 'M 11 22 H 15 V 26 Z'],
  ['M0 0A5 5 0 1 0 9 9', 'M 10 20 A 5 5 0 1 0 19 29'],
  ['m1 1l2 2', 'M 11 21 l 2 2'],
  ['M1e1.5 .5-2', 'M 20 20.5 10.5 18'],
  ['M0 0C1 1 2 2 3 3', 'M 10 20 C 11 21 12 22 13 23'],
])('%s stands elsewhere as %s', (path, elsewhere) => expect(movedPath(path, 10, 20)).toBe(elsewhere));

test('a path that is moved and moved back is the path', () => {
  const point = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }));
  fc.assert(
    fc.property(fc.array(point, { minLength: 1 }), point, (points, [x, y]) => {
      const path = movedPath(`M${points.map((one) => one.join(' ')).join('L')}`, 0, 0);
      expect(movedPath(movedPath(path, x, y), -x, -y)).toBe(path);
    }),
  );
});

const bar: Mark = { kind: 'path', d: rectangle(5, 5, 10, 20), fill: '#ff0000', stroke: null, width: 0, dash: [] };
const caption = {
  title: 'Cost per day',
  facts: ['$1 in total'],
  legend: [
    { paint: '#ff0000', label: 'A & <b> "c"' },
    { paint: '#00ff00', label: 'Second' },
  ],
  note: 'Made today',
};
const inks = { ink: '#111111', muted: '#777777', ground: '#ffffff' };
const picture = framed({ width: 300, height: 100, marks: [bar] }, caption, inks, 'Font "x"', () => 380);

test('a picture has its title above, its legend below, and room for both', () => {
  const texts = picture.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
  expect(texts).toEqual(['Cost per day', '$1 in total', 'A & <b> "c"', 'Second', 'Made today']);
  const places = picture.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.y] : []));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(Math.max(...places)).toBeLessThan(picture.height);
  expect(picture.width).toBeGreaterThanOrEqual(348);
});

test('an SVG stands alone, and no name in it becomes markup', () => {
  const svg = svgOf(picture);
  expect(svg).toContain('A &amp; &lt;b&gt; &quot;c&quot;');
  expect(svg).toContain('font-family="Font &quot;x&quot;"');
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/http|style=|class=|var\(/);
});
