import { describe, expect, it } from 'vitest';
import { firstHidden, placeColumns } from './columns.ts';
import type { Column } from './columns.ts';

const column = (id: string, width: number, more: Partial<Column<object>> = {}): Column<object> => ({
  id,
  header: id,
  cell: () => id,
  width,
  ...more,
});
const widths = (columns: Column<object>[], room: number) =>
  placeColumns(columns, room).map(({ column, width }) => `${column.id} ${width}`);

describe('columns of a table', () => {
  it('give spare room to those that grow', () => {
    expect(widths([column('a', 100, { grow: 1 }), column('b', 100, { grow: 3 }), column('c', 100)], 700)).toEqual([
      'a 200',
      'b 400',
      'c 100',
    ]);
  });

  it('let the first grow when none asks to', () => {
    expect(widths([column('a', 100), column('b', 100)], 300)).toEqual(['a 200', 'b 100']);
  });

  it('leave by priority until the rest fits', () => {
    const all = [column('a', 100), column('b', 100, { leaves: 1 }), column('c', 100, { leaves: 2 })];
    expect(widths(all, 250)).toEqual(['a 150', 'b 100']);
    expect(widths(all, 150)).toEqual(['a 150']);
    expect(widths(all, 50)).toEqual(['a 100']);
  });

  it('all stand at their own width before anything is measured', () => {
    expect(widths([column('a', 100), column('b', 50, { leaves: 1 })], 0)).toEqual(['a 100', 'b 50']);
  });

  it('may be hidden until asked for', () => {
    expect([...firstHidden([column('a', 1), column('b', 1, { shown: 'on-request' })])]).toEqual(['b']);
  });
});
