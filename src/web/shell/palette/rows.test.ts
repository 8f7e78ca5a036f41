import { Copy } from 'lucide-react';
import { expect, test } from 'vitest';
import { flat, matching, nextRow } from './rows.ts';
import type { Row } from './rows.ts';

const row = (id: string, title: string, detail?: string): Row => ({
  id,
  icon: { icon: Copy },
  title,
  detail,
  marks: [],
  act: { href: '/' },
});

test('actions are found by their words, and the letters are marked', () => {
  const rows = [row('a', 'Invite members'), row('b', 'Copy the URL', 'c u'), row('c', 'Export')];
  expect(matching(rows, '')).toEqual(rows);
  expect(matching(rows, 'MEMB')).toMatchObject([{ id: 'a', marks: [[7, 11]] }]);
  expect(matching(rows, 'c u').map(({ id }) => id)).toEqual(['b']);
  expect(matching(rows, 'zzz')).toEqual([]);
});

test('arrows go round, pages stop at the ends', () => {
  expect(nextRow(3, 2, 'ArrowDown')).toBe(0);
  expect(nextRow(3, 0, 'ArrowUp')).toBe(2);
  expect(nextRow(20, 3, 'PageDown')).toBe(11);
  expect(nextRow(5, 3, 'PageDown')).toBe(4);
  expect(nextRow(5, 3, 'PageUp')).toBe(0);
  expect(nextRow(0, -1, 'ArrowDown')).toBe(-1);
});

test('groups follow each other', () => {
  expect(
    flat([
      { id: 'x', title: 'X', rows: [row('a', 'A')] },
      { id: 'y', title: 'Y', rows: [row('b', 'B')] },
    ]).map(({ id }) => id),
  ).toEqual(['a', 'b']);
});
