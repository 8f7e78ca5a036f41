import { describe, expect, test } from 'vitest';
import { filterRows, rowsOf } from './rows.ts';
import { cardWith, metricOf, testLine } from './test-card.ts';

const card = {
  ...cardWith(
    testLine('reads'),
    testLine('zone_reads', { family: 'Zones', certainty: 'uncertain' }),
    testLine('writes', { price: null, status: 'contract-only', certainty: 'no-public-price' }),
  ),
  overrides: [{ metric: 'reads', discount: '5' }, { discount: '1' }],
  mappings: [{ metric: 'old_reads', line: 'reads' }],
};
const stored = [metricOf('reads'), metricOf('old_reads'), metricOf('nobody_knows'), metricOf('writes', { unit: 'GB' })];
const rows = rowsOf(card, stored);
const ids = (show: Parameters<typeof filterRows>[1]['show'], q = '') => filterRows(rows, { show, q }).map(({ id }) => id);

describe('the rows of a card', () => {
  test('begin with stored usage that has no rate, with the reason', () => {
    expect(rows.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'unknown nobody_knows Requests',
      'unknown writes GB',
      'line reads',
      'line writes',
      'line zone_reads',
    ]);
    expect(rows.flatMap((row) => (row.kind === 'unknown' ? [row.otherUnit?.metric ?? null] : []))).toEqual([null, 'writes']);
  });

  test('say what is used, by name and by mapping, and what is overridden', () => {
    expect(ids('used')).toEqual(['nobody_knows Requests', 'writes GB', 'reads']);
    expect(ids('overridden')).toEqual(['reads']);
    expect(ids('uncertain')).toEqual(['zone_reads']);
    expect(ids('no-price')).toEqual(['nobody_knows Requests', 'writes GB', 'writes']);
    expect(ids('own')).toEqual(['reads']);
  });

  test('are found by name, id and family', () => {
    expect(ids('all', 'ZONES')).toEqual(['zone_reads']);
    expect(ids('all', 'nobody')).toEqual(['nobody_knows Requests']);
    expect(ids('all', 'nothing like it')).toEqual([]);
  });
});
