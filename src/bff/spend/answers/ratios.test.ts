import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SpendRatio, SpendRatioQuestion } from '../../../contract/canopy/spend-ratios.ts';
import { recordText } from '../testing.ts';
import { east, root, Scene, west } from '../../../cli/testing/usage-scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open();
});
afterEach(async () => {
  await scene.close();
});

const savings = { kind: 'effective-savings', currency: 'USD' } as const;
const asked = (ratio: SpendRatio, more: Partial<SpendRatioQuestion> = {}): SpendRatioQuestion => ({
  organization: root,
  descendants: true,
  ratio,
  from: '2026-11-01',
  to: '2026-11-11',
  groupBy: 'account',
  filters: [],
  top: 10,
  ...more,
});
const ask = (ratio: SpendRatio, more: Partial<SpendRatioQuestion> = {}, scope: string | null = null) =>
  scene.spend.ratios(scope, asked(ratio, more));
const costs = (list: string, effective: string, contracted = effective, currency = 'USD') =>
  `"ListCost":${list},"EffectiveCost":${effective},"ContractedCost":${contracted},"BilledCost":${effective},"BillingCurrency":"${currency}"`;

describe('savings', () => {
  test('are over the records that have both costs, however many lack one', async () => {
    scene.upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', {}, costs('100', '80', '90')),
      // one record without a list cost turned 20 % into −55 % where all effective costs were added up
      recordText('a', '2026-11-02', {}, '"ListCost":null,"EffectiveCost":75,"BilledCost":75,"BillingCurrency":"USD"'),
      recordText('b', '2026-11-02', {}, costs('50.0000003', '25')),
      recordText('c', '2026-11-02', {}, '"ConsumedQuantity":5'),
    );
    await scene.sync();
    const { groups, total, others } = await ask(savings);
    expect(groups.map(({ key, part, whole, recordsWithBoth, records }) => [key, part, whole, recordsWithBoth, records])).toEqual([
      ['a', '20', '100', 1, 2],
      ['b', '25.0000003', '50.0000003', 1, 1],
      ['c', null, null, 0, 1],
    ]);
    expect(total).toMatchObject({ part: '45.0000003', whole: '150.0000003', recordsWithBoth: 2, records: 4 });
    expect(others).toBeNull();
    expect((await ask({ kind: 'negotiated-savings', currency: 'USD' })).groups[0]).toMatchObject({ part: '10', whole: '100' });
  });

  test('are not of purchases that pay for later usage: the list cost of that usage is there already', async () => {
    const purchase = { ChargeCategory: 'Purchase' };
    scene.upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', {}, costs('100', '80', '90')),
      recordText('a', '2026-11-02', purchase, costs('100', '0', '90')),
      recordText('a', '2026-11-02', purchase, costs('10', '5')), // of what it is: a fee
      recordText('a', '2026-11-02', {}, costs('7', '0')), // usage that a commitment pays in full
    );
    await scene.sync();
    expect((await ask(savings)).total).toMatchObject({ part: '32', whole: '117', recordsWithBoth: 3, records: 3 });
    expect((await ask({ kind: 'negotiated-savings', currency: 'USD' })).total).toMatchObject({ part: '22', whole: '117' });
  });

  test('are those of any records: list less effective, of records that have both, in one currency', async () => {
    const cents = fc.option(fc.integer({ min: -500, max: 100_000 }), { nil: null });
    const record = fc.record({
      account: fc.constantFrom('a', 'b', 'c'),
      list: cents,
      effective: cents,
      currency: fc.constantFrom('USD', 'USD', 'EUR'),
    });
    const [records = []] = fc.sample(fc.array(record, { minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 20_261_102 });
    const text = (name: string, amount: number | null) => `"${name}":${amount === null ? 'null' : (amount / 100).toFixed(2)}`;
    scene.upstream.put(
      east,
      '2026-11-02',
      ...records.map(({ account, list, effective, currency }) =>
        recordText(
          account,
          '2026-11-02',
          { BillingCurrency: currency },
          `${text('ListCost', list)},${text('EffectiveCost', effective)},${text('BilledCost', effective)}`,
        ),
      ),
    );
    await scene.sync();
    const of = (account: string | null) => {
      const mine = records.filter((one) => account === null || one.account === account);
      const both = mine.filter(({ list, effective, currency }) => currency === 'USD' && list !== null && effective !== null);
      const list = both.reduce((sum, one) => sum + (one.list ?? 0), 0);
      const effective = both.reduce((sum, one) => sum + (one.effective ?? 0), 0);
      return [both.length, list, list - effective];
    };
    const found = ({ recordsWithBoth, whole, part }: { recordsWithBoth: number; whole: string | null; part: string | null }) => [
      recordsWithBoth,
      Math.round(Number(whole) * 100),
      Math.round(Number(part) * 100),
    ];
    const { groups, total } = await ask(savings);
    for (const group of groups) expect([group.key, ...found(group)]).toEqual([group.key, ...of(group.key)]);
    expect(found(total)).toEqual(of(null));
  });

  test('are a ratio of sums in what is folded too, and of one currency', async () => {
    scene.upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', {}, costs('1000', '900')),
      recordText('b', '2026-11-02', {}, costs('100', '10')),
      recordText('c', '2026-11-02', {}, costs('10', '10')),
      recordText('d', '2026-11-02', {}, costs('1000000', '1', '1', 'JPY')),
    );
    await scene.sync();
    const { groups, others, total } = await ask(savings, { top: 1 });
    expect(groups.map(({ key }) => key)).toEqual(['a']);
    expect(others).toMatchObject({ groups: 2, part: '90', whole: '110', records: 2 });
    expect(total).toMatchObject({ part: '190', whole: '1110', records: 3 });
    expect((await ask(savings, { groupBy: null })).total).toEqual(total);
    expect((await ask(savings, { filters: [{ dimension: 'account', operator: 'is-not', values: ['a'] }] })).total.whole).toBe(
      '110',
    );
  });

  test('are of what a person may see', async () => {
    scene.upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', {}, costs('100', '80')));
    scene.upstream.put(west, '2026-11-02', recordText('b', '2026-11-02', {}, costs('100', '10')));
    await scene.sync();
    expect((await ask(savings, { organization: undefined }, east)).total.part).toBe('20');
    await expect(ask(savings, { organization: root }, east)).rejects.toThrow(/out_of_scope/);
    await expect(ask(savings, { to: '2026-11-01' })).rejects.toThrow(/invalid_request/);
  });
});

describe('the cost of a unit', () => {
  const perRequest = { kind: 'unit-cost', currency: 'USD', metric: 'workers_standard_requests', unit: 'Requests' } as const;
  const priced = () => vi.waitFor(async () => expect((await scene.state()).pricing.monthsLeft).toBe(0), { timeout: 10_000 });

  test('is what it costs by what is used, billed or estimated, of records that have both', async () => {
    scene.upstream.put(
      east,
      '2026-11-02',
      // 10 M are included, and a million costs 0.30
      recordText('a', '2026-11-02', {}, '"ConsumedQuantity":30000000'),
      recordText('b', '2026-11-02', {}, '"ConsumedQuantity":1000000,"BilledCost":0.5,"BillingCurrency":"USD"'),
      recordText('c', '2026-11-02', {}, '"ConsumedQuantity":1000000,"BilledCost":7,"BillingCurrency":"EUR"'),
      recordText(
        'a',
        '2026-11-02',
        { x_BillableMetricId: 'workers_cpu_ms', ConsumedUnit: 'Milliseconds' },
        '"ConsumedQuantity":9',
      ),
    );
    scene.upstream.put(east, '2026-11-03', recordText('b', '2026-11-03', {}, '"BilledCost":99,"BillingCurrency":"USD"'));
    await scene.sync();
    await priced();
    const { groups, total } = await ask(perRequest);
    expect(groups.map(({ key, part, whole, recordsWithBoth, records }) => [key, part, whole, recordsWithBoth, records])).toEqual([
      ['a', '6', '30000000', 1, 1],
      ['b', '0.5', '1000000', 1, 2],
    ]);
    expect(total).toMatchObject({ part: '6.5', whole: '31000000' });
  });

  test('is none of a level: its days are never added up', async () => {
    const seats = { ...perRequest, metric: 'zero_trust_seats', unit: 'Seats' };
    await expect(ask(seats)).rejects.toThrow(/invalid_request/);
  });
});
