import { describe, expect, it } from 'vitest';
import type { Column } from './columns.ts';
import { inOrder } from './table-model.ts';

interface Row {
  name: string;
  amount: number | null;
}
const column: Column<Row> = {
  id: 'amount',
  header: 'Amount',
  width: 10,
  cell: ({ amount }) => amount,
  sortBy: ({ amount }) => amount,
};
const rows: Row[] = [
  { name: 'b', amount: 2 },
  { name: 'none', amount: null },
  { name: 'c', amount: 3 },
  { name: 'a', amount: 1 },
];
const names = (sorted: readonly Row[]) => sorted.map(({ name }) => name).join(' ');

describe('rows under a row', () => {
  it('have the order of the table, and nothing stands last whichever way', () => {
    expect(names(inOrder(rows, column, { column: 'amount', direction: 'ascending' }))).toBe('a b c none');
    expect(names(inOrder(rows, column, { column: 'amount', direction: 'descending' }))).toBe('c b a none');
  });

  it('stay as they are where the table has no order', () => {
    expect(names(inOrder(rows, column, null))).toBe('b none c a');
    expect(names(inOrder(rows, { ...column, sortBy: undefined }, { column: 'amount', direction: 'ascending' }))).toBe(
      'b none c a',
    );
  });
});
