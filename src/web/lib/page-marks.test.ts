import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { continues, pagesBetween, rowAt, runAround, startsOf, withPage } from './page-marks.ts';
import type { Mark } from './page-marks.ts';

const page = (cursor: string | null, ...days: [string, number][]): Mark => ({
  cursor,
  seen: { rows: days.reduce((sum, [, rows]) => sum + rows, 0), days: days.map(([day, rows]) => ({ day, rows })) },
  rows: null,
});
const marks = [
  page(null, ['mon', 3], ['sun', 2]),
  page('a', ['sun', 4]),
  page('b', ['sat', 1], ['fri', 1]),
  { cursor: 'c', seen: null, rows: null },
];
const starts = startsOf(marks);

describe('an endless list', () => {
  it('counts a heading once where a day goes on over two pages', () => {
    expect(starts).toEqual([0, 7, 11, 15, 15]);
    expect([0, 1, 2].map((index) => continues(marks, index))).toEqual([false, true, false]);
  });

  it('knows which pages lie between two lines, and that what follows is not read yet', () => {
    expect(pagesBetween(marks, starts, -5, 3)).toEqual({ first: 0, last: 0 });
    expect(pagesBetween(marks, starts, 6, 12)).toEqual({ first: 0, last: 2 });
    expect(pagesBetween(marks, starts, 12, 15)).toEqual({ first: 2, last: 2 });
    expect(pagesBetween(marks, starts, 12, 40)).toEqual({ first: 2, last: 3 });
    expect(pagesBetween([{ cursor: null, seen: null, rows: null }], [0, 0], 0, 40)).toEqual({ first: 0, last: 0 });
  });

  it('finds the row at a line over headings', () => {
    const [first, second] = marks;
    expect([0, 1, 3, 4, 5, 6].map((line) => first?.seen && rowAt(first.seen, false, line))).toEqual([0, 0, 2, 3, 3, 4]);
    expect([0, 3].map((line) => second?.seen && rowAt(second.seen, true, line))).toEqual([0, 3]);
  });

  it('shows the pages around the view that are there in one piece', () => {
    const there = (pages: string) => (index: number) => pages[index] === '#';
    expect(runAround({ first: 3, last: 3 }, there('.####.##'))).toEqual({ first: 1, last: 4 });
    expect(runAround({ first: 5, last: 6 }, there('.####.##'))).toEqual({ first: 6, last: 7 });
    const none = runAround({ first: 5, last: 5 }, there('.####.##'));
    expect(none.last).toBeLessThan(none.first);
  });

  it('gives every line to one page and one row, in order', () => {
    const days = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(days, { minLength: 1, maxLength: 6 }), (pages) => {
        const list = pages.map((its, index) => page(`c${String(index)}`, ...its.filter(([day], at) => day !== its[at - 1]?.[0])));
        const begins = startsOf(list);
        let before = -1;
        for (let line = 0; line < (begins.at(-1) ?? 0); line += 1) {
          const { first } = pagesBetween(list, begins, line, line + 1);
          const seen = list[first]?.seen;
          const place = first * 100 + (seen ? rowAt(seen, continues(list, first), line - (begins[first] ?? 0)) : 0);
          expect(place).toBeGreaterThanOrEqual(before);
          before = place;
        }
        expect(before % 100).toBe((list.at(-1)?.seen?.rows ?? 0) - 1);
      }),
    );
  });

  const seen = { rows: 1, days: [{ day: 'mon', rows: 1 }] };
  const begun = [{ cursor: null, seen: null, rows: null }];

  it('does not follow a cursor that leads back', () => {
    const read = (cursor: string | null) => ({ cursor, seen, rows: [cursor] });
    const one = withPage(begun, read(null), 'x', 9);
    expect(one).toEqual([
      { cursor: null, seen, rows: [null] },
      { cursor: 'x', seen: null, rows: null },
    ]);
    expect(withPage(one, read('x'), 'x', 9)).toHaveLength(2);
    expect(withPage(one, read(null), 'y', 9)).toHaveLength(2);
    expect(withPage(one, read('x'), null, 9)).toHaveLength(2);
  });

  it('lets go of the rows farthest from what was read last, and of no room', () => {
    let list: readonly Mark[] = begun;
    const read = (page: number) => {
      const cursor = page === 0 ? null : `c${String(page)}`;
      list = withPage(list, { cursor, seen, rows: [page] }, `c${String(page + 1)}`, 3);
      return list.map(({ rows }) => (rows ? '#' : '.')).join('');
    };
    for (const page of [0, 1, 2]) read(page);
    expect(read(3)).toBe('#.##.');
    expect(read(4)).toBe('#..##.');
    expect(read(1)).toBe('##.#..');
    expect(read(0)).toBe('##....');
    expect(startsOf(list)).toEqual(startsOf(list.map(({ cursor, seen: its }) => ({ cursor, seen: its, rows: null }))));
  });
});
