import { describe, expect, it } from 'vitest';
import type { SpendAnswer, SpendGroup } from '../../../contract/canopy/spend.ts';
import { sumAmounts } from '../../lib/decimal.ts';
import { costsByOrganization } from './costs.ts';
import { indexOrganizations } from '../../tree/organization-index.ts';
import { family, node } from '../../tree/test-hierarchy.ts';

function group(key: string | null, total: string | null, values: readonly (string | null)[]): SpendGroup {
  return {
    key,
    label: key ?? '',
    detail: null,
    values,
    total,
    previous: null,
    previousRecords: 0,
    previousValues: [],
    records: 3,
    recordsWithCost: 1,
    bases: total === null ? [] : [{ basis: key === 'root' ? 'billed' : 'estimated', total, records: 1 }],
    inner: null,
    accounts: 1,
  };
}

function answer(groups: readonly SpendGroup[], others: SpendAnswer['others'] = null): SpendAnswer {
  return {
    question: {
      descendants: true,
      measure: { kind: 'spend', currency: 'USD' },
      from: '2026-10-01',
      to: '2026-10-03',
      granularity: 'day',
      groupBy: 'organization',
      filters: [],
      top: 500,
      compare: null,
    },
    unit: { kind: 'money', currency: 'USD' },
    buckets: [],
    groups,
    others,
    total: group(null, null, []),
    days: { stored: 2, incomplete: 0, failed: 0, missing: 0, today: 0, ahead: 0 },
    compared: null,
    unpriced: 0,
    notFinal: 0,
    throughDay: null,
    currencies: [],
    withoutCost: { records: 0, accounts: 0, metrics: [] },
  };
}

const top = indexOrganizations(family([node('root', null), node('a', 'root'), node('a1', 'a'), node('b', 'root')])).byId.get(
  'root',
);

describe('costs in the tree', () => {
  it('are sums with descendants, to the last digit', () => {
    if (!top) throw new Error('no root');
    const costs = costsByOrganization(
      answer([group('root', '0.10', ['0.10', null]), group('a1', '0.203', ['0.1', '0.103']), group('a', null, [null, null])]),
      top,
    );
    expect(costs?.get('root')).toMatchObject({ total: '0.303', days: [0.2, 0.103], records: 9, recordsWithCost: 3 });
    expect(costs?.get('root')?.bases).toEqual([
      { basis: 'billed', total: '0.10', records: 1 },
      { basis: 'estimated', total: '0.203', records: 1 },
    ]);
    expect(costs?.get('a')?.total).toBe('0.203');
    expect(costs?.has('b')).toBe(false);
  });

  it('are not given where the answer leaves organizations out', () => {
    if (!top) throw new Error('no root');
    expect(costsByOrganization(answer([], { ...group(null, '1', []), groups: 3 }), top)).toBeNull();
  });

  it('keep unknown apart from zero', () => {
    expect(sumAmounts([null, null])).toBeNull();
    expect(sumAmounts([null, '0.00'])).toBe('0.00');
    expect(sumAmounts(['1.5', '-2.25'])).toBe('-0.75');
  });
});
