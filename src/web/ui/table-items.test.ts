import { describe, expect, it } from 'vitest';
import { drawnItems, idsBetween, nextRow, tableItems } from './table-items.ts';

const rows = [
  { id: 'a', day: 1 },
  { id: 'b', day: 1 },
  { id: 'c', day: 2 },
];
const items = tableItems(
  rows,
  (row) => row.id,
  (row) => ({ id: String(row.day), label: `Day ${row.day}` }),
);

describe('lines of a table', () => {
  it('have a heading before each group', () => {
    expect(items.map((item) => item.id)).toEqual(['group 1', 'a', 'b', 'group 2', 'c']);
  });

  it('are walked from row to row, over headings', () => {
    expect(nextRow(items, -1, 1)).toBe(1);
    expect(nextRow(items, 2, 1)).toBe(4);
    expect(nextRow(items, 4, 1)).toBe(4);
    expect(nextRow(items, 1, -1)).toBe(1);
    expect(nextRow(items, items.length, -1)).toBe(4);
  });

  it('are selected between two places, in either direction', () => {
    expect(idsBetween(items, 4, 1)).toEqual(['a', 'b', 'c']);
  });
});

describe('drawn lines', () => {
  const gaps = (first: number, end: number, active: number, count: number) => {
    const { drawn, after } = drawnItems(first, end, active);
    return [...drawn.map(({ index, skipped }) => (skipped > 0 ? `+${skipped} ${index}` : String(index))), `+${after(count)}`];
  };

  it('are the window', () => expect(gaps(4, 7, 5, 10)).toEqual(['+4 4', '5', '6', '+3']));
  it('and the active line above it', () => expect(gaps(4, 6, 1, 10)).toEqual(['+1 1', '+2 4', '5', '+4']));
  it('or below it', () => expect(gaps(0, 2, 8, 10)).toEqual(['0', '1', '+6 8', '+1']));
  it('of nothing is nothing', () => expect(gaps(0, 0, -1, 0)).toEqual(['+0']));
});
