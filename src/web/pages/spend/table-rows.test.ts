import { describe, expect, it } from 'vitest';
import type { InnerGroup, SpendAnswer, SpendGroup } from '../../../contract/canopy/spend.ts';
import { othersKey } from './chart-data.ts';
import { tableRows } from './table-rows.ts';

const inner = (key: string | null, total: string): InnerGroup => ({
  key,
  label: `Name of ${key ?? 'none'}`,
  detail: null,
  values: [total],
  total,
  previous: null,
  records: 1,
  previousRecords: 0,
  recordsWithCost: 1,
  bases: [],
  accounts: 1,
});
const group = (key: string | null, total: string, within: SpendGroup['inner'] = null): SpendGroup => ({
  ...inner(key, total),
  previousValues: [],
  inner: within,
});

describe('rows of the table', () => {
  const within = { groups: [inner('r2', '6'), inner(null, '1')], others: { ...inner(null, '1'), groups: 4 } };
  // only what rows are made of
  const answer = {
    question: { groupBy: 'account', inner: { groupBy: 'family', top: 10 } },
    unit: { kind: 'money', currency: 'USD' },
    groups: [group('a', '8', within), group(null, '1')],
    others: { ...group(null, '1'), groups: 3 },
    total: group(null, '10'),
  } as unknown as SpendAnswer;
  const rows = tableRows({
    answer,
    colours: new Map([['key a', 1]]),
    charted: new Set(['key a', 'none', othersKey]),
    isCompared: true,
    forecasts: new Map([['key a', '20']]),
  });

  it('hold the groups of the second dimension under those of the first, with the path that leads to each', () => {
    expect(rows.map(({ kind, path, share, forecast, children }) => [kind, path, share, forecast, children.length])).toEqual([
      ['group', ['a'], 0.8, '20', 3],
      ['group', [null], 0.1, null, 0],
      ['others', null, 0.1, null, 0],
    ]);
    expect(rows[0]?.children.map(({ kind, path, share, label }) => [kind, path, share, label])).toEqual([
      ['group', ['a', 'r2'], 0.6, 'Name of r2'],
      ['group', ['a', null], 0.1, 'Name of none'],
      ['others', null, 0.1, 'Others (4)'],
    ]);
  });

  it('have filters that leave just what is in them', () => {
    const [first, , others] = rows;
    const ofA = { dimension: 'account', operator: 'is', values: ['a'] };
    expect(first?.where).toEqual([ofA]);
    expect(others?.where).toEqual([{ dimension: 'account', operator: 'is-not', values: ['a', null] }]);
    expect(first?.children.map(({ where }) => where)).toEqual([
      [ofA, { dimension: 'family', operator: 'is', values: ['r2'] }],
      [ofA, { dimension: 'family', operator: 'is', values: [null] }],
      [ofA, { dimension: 'family', operator: 'is-not', values: ['r2', null] }],
    ]);
  });

  it('have ids of their own', () => {
    const ids = [...rows, ...rows.flatMap(({ children }) => children)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
