import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import { Problem } from '../../problem.ts';
import { recordText } from '../testing.ts';
import { east, everything, quantity, question, root, Scene, usd, west } from '../../../cli/testing/usage-scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open();
});
afterEach(async () => {
  await scene.close();
});

describe('scope', () => {
  beforeEach(async () => {
    scene.upstream.put(root, '2026-11-02', recordText('r', '2026-11-02', {}, usd('1')));
    scene.upstream.put(east, '2026-11-02', recordText('e', '2026-11-02', {}, usd('10')));
    scene.upstream.put(west, '2026-11-02', recordText('w', '2026-11-02', {}, usd('100')));
    await scene.sync();
  });

  test('an organization with and without its descendants', async () => {
    expect((await scene.ask()).total.total).toBe('111');
    expect((await scene.ask({ descendants: false })).total.total).toBe('1');
    expect((await scene.ask({ organization: east })).total.total).toBe('10');
  });

  test('a person sees nothing beyond their organization, whatever they ask for', async () => {
    await expect(scene.ask({ organization: root }, east)).rejects.toThrow(/out_of_scope/);
    const own = question({ filters: [{ dimension: 'organization', operator: 'is', values: [west, east] }] });
    delete own.organization;
    expect((await scene.spend.ask(east, own)).groups.map(({ key }) => key)).toEqual(['e']);
    const reached = { scope: east, organization: undefined, descendants: true };
    expect((await scene.spend.values(reached, 'account', undefined)).values).toEqual([{ key: 'e', label: 'Account e' }]);
    expect((await scene.spend.metrics(reached)).metrics[0]).toMatchObject({ accounts: 1, records: 1 });
  });

  test('the history of a deleted organization stays with its parent', async () => {
    scene.directory.remove(west);
    const answer = await scene.ask({ groupBy: 'organization' });
    expect(answer.groups.map(({ label, total }) => [label, total])).toContainEqual(['Name of west', '100']);
    expect(answer.days.stored).toBe(9);
    expect((await scene.ask({ organization: east })).total.total).toBe('10');
  });
});

describe('answers', () => {
  test('list and contracted costs are without purchases that pay for later usage, which has them again', async () => {
    const costs = (list: string, effective: string, billed: string) =>
      `"ListCost":${list},"ContractedCost":${list},"EffectiveCost":${effective},"BilledCost":${billed},"BillingCurrency":"USD"`;
    const purchase = { ChargeCategory: 'Purchase' };
    scene.upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', {}, costs('100', '80', '0')),
      recordText('a', '2026-11-02', purchase, costs('100', '0', '80')),
      recordText('only', '2026-11-02', purchase, costs('7', '0', '6')),
    );
    const fee = recordText('a', '2026-11-03', purchase, costs('10', '5', '5')); // it pays for itself
    scene.upstream.put(east, '2026-11-03', fee);
    await scene.sync();
    const of = (column: 'ListCost' | 'ContractedCost' | 'EffectiveCost' | 'BilledCost', by: 'account' | null) =>
      scene.ask({ measure: { kind: 'cost', column, currency: 'USD' }, groupBy: by, granularity: 'month' });
    for (const column of ['ListCost', 'ContractedCost'] as const) {
      const { groups, total, currencies, withoutCost } = await of(column, 'account');
      expect(groups.map(({ key, total, values }) => [key, total, values])).toEqual([['a', '110', ['110']]]);
      expect(total).toMatchObject({ total: '110', records: 2, recordsWithCost: 2 });
      expect(currencies).toEqual([{ currency: 'USD', total: '110', records: 2 }]);
      expect(withoutCost.records).toBe(0); // they have one
      expect((await of(column, null)).total.total).toBe('110');
    }
    expect((await of('EffectiveCost', 'account')).total).toMatchObject({ total: '85', records: 4 });
    expect((await of('BilledCost', 'account')).total.total).toBe('91');
  });

  test('absent, null and zero costs are three things', async () => {
    scene.upstream.put(
      east,
      '2026-11-02',
      recordText('zero', '2026-11-02', {}, usd('0')),
      recordText('null', '2026-11-02', {}, '"BilledCost":null,"ConsumedQuantity":5'),
      recordText('absent', '2026-11-02', {}, '"ConsumedQuantity":7.5'),
    );
    await scene.sync();
    const answer = await scene.ask();
    expect(answer.groups.map(({ key, total, records, recordsWithCost }) => [key, total, records, recordsWithCost])).toEqual([
      ['zero', '0', 1, 1],
      ['absent', null, 1, 0],
      ['null', null, 1, 0],
    ]);
    expect(answer.total).toMatchObject({ total: '0', records: 3, recordsWithCost: 1, accounts: 3 });
    expect(answer.withoutCost).toEqual({
      records: 2,
      accounts: 2,
      metrics: [
        {
          metric: 'workers_standard_requests',
          name: 'Workers Standard Requests',
          unit: 'Requests',
          quantity: '12.5',
          records: 2,
        },
      ],
    });
  });

  test('currencies are never added together', async () => {
    scene.upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', {}, usd('1')),
      recordText('b', '2026-11-02', {}, '"BilledCost":2,"BillingCurrency":"EUR"'),
      recordText('c', '2026-11-02', {}, '"BilledCost":4'),
    );
    await scene.sync();
    const answer = await scene.ask();
    expect(answer.total).toMatchObject({ total: '1', records: 1 });
    expect(answer.currencies).toEqual([
      { currency: 'EUR', total: '2', records: 1 },
      { currency: 'USD', total: '1', records: 1 },
      { currency: 'XXX', total: '4', records: 1 },
    ]);
    expect(answer.withoutCost.records).toBe(0);
    expect((await scene.spend.metrics(everything)).currencies).toEqual(['EUR', 'USD', 'XXX']);
  });

  test('a value that organizations name differently has one name everywhere', async () => {
    const named = (name: string) => recordText('a', '2026-11-02', { x_BillableMetricName: name });
    scene.upstream.put(east, '2026-11-02', named('One'));
    scene.upstream.put(west, '2026-11-02', named('Two'));
    await scene.sync();
    const { groups } = await scene.ask({ groupBy: 'metric' });
    const { values } = await scene.spend.values(everything, 'metric', undefined);
    expect(values.map(({ label }) => label)).toEqual(groups.map(({ label }) => label));
  });

  test('a question ends where nobody waits for its answer', async () => {
    scene.upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', {}, usd('1')));
    await scene.sync();
    const leaving = new AbortController();
    const asked = scene.spend.ask(null, question(), leaving.signal);
    leaving.abort();
    await expect(asked).rejects.toThrow(/aborted/);
    expect((await scene.ask()).total.total).toBe('1');
  });

  test('twenty filters of many values find memory', async () => {
    scene.upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', {}, usd('1')),
      recordText('b', '2026-11-02', {}, usd('2')),
    );
    scene.upstream.put(east, '2026-11-03', recordText('a', '2026-11-03', {}, usd('4')));
    await scene.sync();
    const values = (filter: number) => Array.from({ length: 198 }, (_, value) => `${filter} ${value}`);
    const filters = (of: (filter: number) => SpendFilter) => Array.from({ length: 20 }, (_, filter) => of(filter));
    const isNot = filters((filter) => ({
      dimension: filter % 2 === 0 ? 'account' : 'tag:team',
      operator: 'is-not',
      values: [...values(filter), 'b'],
    }));
    expect((await scene.ask({ from: '2026-10-01', filters: isNot })).total.total).toBe('5');
    const is = filters((filter) => ({ dimension: 'account', operator: 'is', values: [...values(filter), 'b', null] }));
    expect((await scene.ask({ from: '2026-10-01', filters: is })).total.total).toBe('2');
  });

  test('records with one key add up', async () => {
    const twice = recordText('a', '2026-11-02', {}, `${usd('0.1')},"ConsumedQuantity":9007199254740993`);
    scene.upstream.put(east, '2026-11-02', twice, twice);
    await scene.sync();
    expect((await scene.ask()).total.total).toBe('0.2');
    expect((await scene.ask({ measure: quantity })).total.total).toBe('18014398509481986');
  });

  test('sums are exact, however large or small the parts', async () => {
    scene.upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', {}, `${usd('0.0000003')},"ConsumedQuantity":40000000009007199254740993`),
      recordText('b', '2026-11-02', {}, `${usd('4.666666666669')},"ConsumedQuantity":0.000047300001`),
      ...Array.from({ length: 8 }, () => recordText('a', '2026-11-02', {}, '"ConsumedQuantity":40000000009007199254740993')),
    );
    await scene.sync();
    expect((await scene.ask()).total.total).toBe('4.666666966669');
    expect((await scene.ask({ measure: quantity })).total.total).toBe('360000000081064793292668937.000047300001');
    expect((await scene.ask({ measure: { ...quantity, unit: 'Seats' } })).total.total).toBeNull();
  });

  test('the largest by name, the rest as others, and nothing lost', async () => {
    const accounts = ['a', 'b', 'c', 'd', 'e'];
    for (const day of ['2026-11-02', '2026-11-03'])
      scene.upstream.put(east, day, ...accounts.map((account, index) => recordText(account, day, {}, usd(`${index}.01`))));
    await scene.sync();
    const answer = await scene.ask({ top: 2 });
    expect(answer.groups.map(({ key, label, detail, total }) => [key, label, detail, total])).toEqual([
      ['e', 'Account e', 'Name of east', '8.02'],
      ['d', 'Account d', 'Name of east', '6.02'],
    ]);
    expect(answer.others).toMatchObject({ label: 'Others', groups: 3, total: '6.06', records: 6, accounts: 3 });
    expect(answer.others?.values[1]).toBe('3.03');
    expect(answer.total).toMatchObject({ total: '20.1', accounts: 5 });
    expect(answer.total.values.slice(0, 3)).toEqual([null, '10.05', '10.05']);
    // one alone is no "Others", unless it is less than what is asked for
    const four = await scene.ask({ top: 4 });
    expect(four.groups.map(({ key }) => key)).toEqual(['e', 'd', 'c', 'b', 'a']);
    expect(four.others).toBeNull();
    expect((await scene.ask({ top: 4, least: '1' })).others).toMatchObject({ groups: 1, total: '0.02' });
  });

  test('levels take the highest day and are not added over time', async () => {
    const seats = { x_BillableMetricId: 'zero_trust_seats', ConsumedUnit: 'Seats' };
    scene.upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', seats, '"ConsumedQuantity":10'));
    scene.upstream.put(
      west,
      '2026-11-03',
      recordText('b', '2026-11-03', seats, '"ConsumedQuantity":4'),
      recordText('c', '2026-11-03', seats, '"ConsumedQuantity":7'),
    );
    await scene.sync();
    const measure = { kind: 'quantity', metric: 'zero_trust_seats', unit: 'Seats' } as const;
    const answer = await scene.ask({ measure, granularity: 'month', top: 1 });
    expect(answer.unit).toEqual({ kind: 'quantity', unit: 'Seats', metricName: 'Workers Standard Requests', summable: false });
    expect(answer.groups.map(({ key, values }) => [key, values])).toEqual([['a', ['10']]]);
    expect(answer.others).toMatchObject({ total: '11', values: ['11'] });
    expect(answer.total).toMatchObject({ total: '11', values: ['11'] });
  });

  test('filters on any dimension, with and without the bucket of none', async () => {
    scene.upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', { x_ZoneId: 'z1', x_ZoneName: 'example.com' }, usd('1')),
      recordText('a', '2026-11-02', { x_ZoneId: 'z2', x_ZoneName: 'example.org' }, usd('10')),
      recordText('a', '2026-11-02', {}, usd('100')),
    );
    await scene.sync();
    const by = async (operator: 'is' | 'is-not', values: (string | null)[]) =>
      (await scene.ask({ groupBy: 'zone', filters: [{ dimension: 'zone', operator, values }] })).total.total;
    expect(await by('is', ['z1'])).toBe('1');
    expect(await by('is', ['z1', null])).toBe('101');
    expect(await by('is', [null])).toBe('100');
    expect(await by('is-not', ['z1'])).toBe('110');
    expect(await by('is-not', ['z1', null])).toBe('10');
    expect(await by('is-not', [null])).toBe('11');
    const answer = await scene.ask({ groupBy: 'zone' });
    expect(answer.groups.map(({ key, label }) => [key, label])).toEqual([
      [null, 'No zone'],
      ['z2', 'example.org'],
      ['z1', 'example.com'],
    ]);
    expect(await scene.spend.values(everything, 'zone', 'EXAMPLE.C')).toEqual({
      values: [{ key: 'z1', label: 'example.com' }],
      total: 1,
    });
    expect((await scene.spend.values(everything, 'zone', undefined)).values[0]).toEqual({ key: null, label: 'No zone' });
  });

  test('names that begin with what is sought come first', async () => {
    const named = (id: string, name: string) => recordText(id, '2026-11-02', { BillingAccountName: name }, usd('1'));
    scene.upstream.put(east, '2026-11-02', named('a', 'Lanternfish'), named('b', 'Tern & Tide'), named('c', 'Other'));
    await scene.sync();
    const found = async (sought: string) =>
      (await scene.spend.values(everything, 'account', sought)).values.map(({ label }) => label);
    expect(await found('tern')).toEqual(['Tern & Tide', 'Lanternfish']);
    expect(await found('')).toEqual(['Lanternfish', 'Other', 'Tern & Tide']);
  });

  test('the period before, and buckets with their state', async () => {
    scene.upstream.put(east, '2026-11-03', recordText('a', '2026-11-03', {}, usd('1')));
    scene.upstream.put(
      east,
      '2026-11-08',
      recordText('a', '2026-11-08', {}, usd('3')),
      recordText('b', '2026-11-08', {}, usd('1')),
    );
    await scene.sync();
    const answer = await scene.ask({
      from: '2026-11-06',
      to: '2026-11-11',
      granularity: 'week',
      compare: { from: '2026-11-01', to: '2026-11-06' },
      top: 1,
    });
    expect(answer.buckets).toEqual([
      { from: '2026-11-06', to: '2026-11-09', state: 'stored' },
      { from: '2026-11-09', to: '2026-11-11', state: 'today' },
    ]);
    expect(answer.groups[0]).toMatchObject({ values: ['3', null], previous: '1' });
    expect(answer.groups[1]).toMatchObject({ key: 'b', previous: null, total: '1' });
    expect(answer.total.previous).toBe('1');
    expect(answer).toMatchObject({ throughDay: '2026-11-09', days: { stored: 4, today: 1 } });
    // what has not begun is not missing
    const later = await scene.ask({ from: '2026-11-09', to: '2026-11-13' });
    expect(later.days).toMatchObject({ stored: 1, today: 1, ahead: 2, missing: 0 });
    expect(later.buckets.map(({ state }) => state)).toEqual(['stored', 'today', 'ahead', 'ahead']);
  });

  test('a renamed account is one account with its newest name', async () => {
    scene.upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', { BillingAccountName: 'Old' }, usd('1')));
    scene.upstream.put(east, '2026-11-03', recordText('a', '2026-11-03', { BillingAccountName: 'New' }, usd('1')));
    await scene.sync();
    expect((await scene.ask()).groups.map(({ label, total }) => [label, total])).toEqual([['New', '2']]);
    const names = await scene.database.query
      .selectFrom('usage_record')
      .innerJoin('usage_series', 'usage_series.series_id', 'usage_record.series_id')
      .select('account_name')
      .orderBy('day')
      .execute();
    expect(names.map((row) => row.account_name)).toEqual(['Old', 'New']);
  });

  test('no group, no records, and a range that is none', async () => {
    await scene.sync();
    const answer = await scene.ask({ groupBy: null });
    expect(answer).toMatchObject({ groups: [], others: null, total: { total: null, records: 0, accounts: 0 } });
    await expect(scene.ask({ from: '2026-02-30' })).rejects.toThrow(Problem);
    await expect(scene.ask({ from: '2026-11-11', to: '2026-11-11' })).rejects.toThrow(Problem);
  });

  test('the CSV holds every group and the total', async () => {
    scene.upstream.put(
      east,
      '2026-11-09',
      ...['a', 'b', '=c'].map((account) => recordText(account, '2026-11-09', {}, usd('0.5'))),
    );
    await scene.sync();
    let text = '';
    for await (const piece of scene.spend.export(null, question({ from: '2026-11-09', top: 1 }))) text += piece;
    expect(text.split('\r\n')).toEqual([
      'Account key,Account,Organization,From,To (not included),Measure,Unit,Filters,Total,Share,Records,Records with a value,Accounts,2026-11-09,2026-11-10 (today)',
      "'=c,Account =c,Name of east,2026-11-09,2026-11-11,BilledCost,USD,,0.5,0.333333,1,1,1,0.5,",
      'a,Account a,Name of east,2026-11-09,2026-11-11,BilledCost,USD,,0.5,0.333333,1,1,1,0.5,',
      'b,Account b,Name of east,2026-11-09,2026-11-11,BilledCost,USD,,0.5,0.333333,1,1,1,0.5,',
      ',Total,,2026-11-09,2026-11-11,BilledCost,USD,,1.5,1.000000,3,3,3,1.5,',
      '',
    ]);
  });
});

test('months that are added up answer like the days they hold', async () => {
  scene.clock.set('2027-01-15T12:00:00Z');
  for (const day of ['2026-11-05', '2026-12-05', '2026-12-31', '2027-01-02'])
    for (const account of ['a', 'b'])
      scene.upstream.put(
        east,
        day,
        ...(scene.upstream.records.get(`${east} ${day}`) ?? []),
        recordText(account, day, { x_ZoneId: `zone-${account}` }, `${usd('1.5')},"ConsumedQuantity":2`),
      );
  await scene.sync();
  const built = await scene.database.query.selectFrom('usage_month_built').select('month').orderBy('month').execute();
  expect(built.map((row) => row.month)).toEqual(['2026-11-01', '2026-12-01']);
  const range = {
    from: '2026-11-03',
    to: '2027-01-03',
    granularity: 'month',
    compare: { from: '2026-09-03', to: '2026-11-03' },
  } as const;
  const whole = await scene.ask({ ...range, groupBy: 'family' });
  expect(whole.total).toMatchObject({ total: '12', accounts: 2, values: ['3', '6', '3'] });
  await scene.database.query.deleteFrom('usage_month_built').execute();
  expect(await scene.ask({ ...range, groupBy: 'family' })).toEqual(whole);
});
