import { describe, expect, it } from 'vitest';
import type { RankedAccount, SpendRanking } from '../../../contract/canopy/spend.ts';
import { isComparable, rankedRows, searched } from './ranking.ts';

const account = (key: string | null, total: string | null, previous: string | null = null): RankedAccount => ({
  key,
  label: `Account ${key ?? 'none'}`,
  organization: 'Harbor',
  type: null,
  total,
  previous,
  previousRecords: previous === null ? 0 : 1,
  bases: [],
  expected: null,
  product: { label: 'Workers' },
  lastDay: null,
  records: 1,
});
const states = { incomplete: 0, failed: 0, missing: 0, today: 0, ahead: 0 };
const ranking: SpendRanking = {
  accounts: [
    account('a', '7.5', '5'),
    account('b', '2.5'),
    { ...account(null, null, '4'), records: 0 },
    account('c', null, '0'),
    { ...account('d', '1'), previousRecords: 2 },
  ],
  total: '10',
  previous: '9',
  expected: null,
  month: null,
  days: { ...states, stored: 2 },
  comparedDays: { ...states, stored: 2 },
  notFinal: 0,
  throughDay: null,
};
const range = { from: '2026-11-03', before: '2026-11-05' };
const compared = { from: '2026-11-01', to: '2026-11-03' };

describe('accounts by cost', () => {
  it('have a share of the whole, and a change where both ranges are known', () => {
    expect(rankedRows(ranking, true).map(({ share, change }) => [share, change?.kind])).toEqual([
      [0.75, 'changed'],
      [0.25, 'new'],
      [null, 'gone'],
      [null, undefined], // it has records, and no price
      [0.1, undefined], // it had records, and no price
    ]);
    expect(rankedRows(ranking, false).every(({ change }) => change === null)).toBe(true);
  });

  it('are not compared with days that are not stored or not priced', () => {
    expect(isComparable(ranking, range, compared)).toBe(true);
    expect(isComparable(ranking, range, null)).toBe(false);
    expect(isComparable({ ...ranking, notFinal: 1 }, range, compared)).toBe(false);
    expect(isComparable({ ...ranking, comparedDays: { ...states, missing: 1, stored: 1 } }, range, compared)).toBe(false);
  });

  it('are found by name, id, organization and product among twenty thousand', () => {
    const rows = rankedRows({ ...ranking, accounts: Array.from({ length: 20_000 }, (_, at) => account(`id${at}`, '1')) }, true);
    expect(searched(rows, 'ID19999')).toHaveLength(1);
    expect(searched(rows, 'harbor')).toHaveLength(20_000);
    expect(searched(rows, 'r2')).toHaveLength(0);
  });
});
