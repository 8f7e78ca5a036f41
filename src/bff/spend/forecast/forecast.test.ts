import { afterEach, beforeEach, expect, test } from 'vitest';
import { east, root, Scene, west } from '../../../cli/testing/usage-scene.ts';
import type { ForecastQuestion, SpendForecast } from '../../../contract/canopy/forecast.ts';
import type { SpendQuestion } from '../../../contract/canopy/spend.ts';
import type { Spend } from '../../services.ts';
import { addDays } from '../days.ts';
import type { Day } from '../days.ts';
import { recordText } from '../testing.ts';
import type { FakeUpstream } from '../testing.ts';

/** Pricing goes on in the background, on a machine that may be busy. */
const patiently = { timeout: 15_000 };

let scene: Scene;
let spend: Spend;
let upstream: FakeUpstream;

beforeEach(async () => {
  scene = await Scene.open({ now: '2026-11-11T12:00:00Z', historyStart: '2026-10-14' });
  ({ spend, upstream } = scene);
});
afterEach(async () => {
  await scene.close();
});

interface Put {
  account: string;
  from?: Day;
  to?: Day;
  perDay: (day: Day) => number;
  fields?: Record<string, string>;
  more?: string;
}

function put(organizationId: string, ...puts: readonly Put[]): void {
  for (let day = '2026-10-14'; day <= '2026-11-11'; day = addDays(day, 1)) {
    const records = puts
      .filter(({ from = '2026-10-14', to = '2026-11-12' }) => day >= from && day < to)
      .map(({ account, perDay, fields = {}, more }) =>
        recordText(account, day, fields, `"ConsumedQuantity":${perDay(day)}${more ? `,${more}` : ''}`),
      );
    upstream.put(organizationId, day, ...records);
  }
}

async function read(): Promise<void> {
  await scene.sync();
  const of = { scope: null, organization: undefined, descendants: true };
  await expect.poll(async () => (await spend.state(of)).pricing.monthsLeft, patiently).toBe(0);
}

const ask = (more: Partial<ForecastQuestion> = {}, scope: string | null = null): Promise<SpendForecast> =>
  spend.forecast(scope, { descendants: true, currency: 'USD', groupBy: null, filters: [], top: 10, ...more });

const usdSpend = { kind: 'spend', currency: 'USD' } as const;
const steadily = (quantity: number) => () => quantity;

test('the table as a file says what it says on the screen: shares, changes and where the month is expected to end', async () => {
  put(east, { account: 'a', perDay: steadily(2_000_000) }, { account: 'b', perDay: steadily(3_000_000), from: '2026-11-02' });
  await read();
  const rowsOf = async (more: Partial<SpendQuestion>) => {
    const asked = (await scene.ask({ from: '2026-11-02', to: '2026-11-11', groupBy: 'account', measure: usdSpend, ...more }))
      .question;
    let text = '';
    for await (const piece of spend.export(null, asked)) text += piece;
    const [header = [], ...rows] = text
      .replaceAll(/"[^"]*"/g, 'Cost')
      .split('\r\n')
      .map((line) => line.split(','));
    return (name: string) => (header.includes(name) ? rows.slice(0, 3).map((row) => row[header.indexOf(name)]) : null);
  };
  const october = await rowsOf({ compare: { from: '2026-10-24', to: '2026-11-02' } });
  const { groups, total } = await ask({ groupBy: 'account' });
  expect(october('Account key')).toEqual(['b', 'a', '']);
  expect(october('Total')).toEqual(['5.1', '3', '8.1']);
  expect(october('Share')).toEqual(['0.629630', '0.370370', '1.000000']);
  expect(october('From 2026-10-24 to 2026-11-02')).toEqual(['', '4.8', '4.8']);
  expect(october('Change')).toEqual(['5.1', '-1.8', '3.3']);
  expect(october('Change by what was before')).toEqual(['', '-0.375000', '0.687500']);
  const expected = new Map(groups.map((group) => [group.key, group.expected]));
  expect(october('Expected of 2026-11')).toEqual([expected.get('b'), expected.get('a'), total.expected]);

  // days that were never read are no fall
  const before = await rowsOf({ compare: { from: '2024-10-24', to: '2024-11-02' } });
  expect(before('From 2024-10-24 to 2024-11-02 (not whole)')).toEqual(['', '', '']);
  expect(before('Change')).toEqual(['', '', '']);
  expect((await rowsOf({ groupBy: 'zone' }))('Expected of 2026-11')).toBeNull();
});

/** Ten million requests are included in a month; every million more costs 0.30. */
test('the month is its complete days and what is expected of the others, by any group', async () => {
  put(east, { account: 'a', perDay: steadily(2_000_000) }, { account: 'b', perDay: steadily(500_000) });
  put(west, { account: 'c', perDay: steadily(1_000_000) });
  await read();
  // a: 20 million in 10 days cost 3, 60 in the month 15; b: 5 and 15 million, 1.5; c: 10 and 30 million, 6
  await expect
    .poll(() => ask(), patiently)
    .toMatchObject({ total: { actual: '3', expected: '22.5', low: '22.5', high: '22.5' } });
  expect(await ask()).toMatchObject({
    month: { from: '2026-11-01', to: '2026-12-01' },
    throughDay: '2026-11-10',
    daysLeft: 20,
    withheld: null,
    groups: [],
    others: null,
    basis: { billed: null, estimated: '3' },
    covers: { accounts: 3, metrics: 3 },
    gaps: [],
    unreadDays: 0,
    beside: [],
    waiting: 0,
  });
  expect((await ask({ groupBy: 'account', top: 1 })).groups).toEqual([
    { key: 'a', label: 'Account a', detail: 'Name of east', actual: '3', expected: '15', low: '15', high: '15' },
  ]);
  expect((await ask({ groupBy: 'account', top: 1 })).others).toMatchObject({ groups: 2, actual: '0', expected: '7.5' });
  const filtered = await ask({ filters: [{ dimension: 'account', operator: 'is-not', values: ['a'] }] });
  expect(filtered.total.expected).toBe('7.5');
  expect((await ask({ organization: west })).total.expected).toBe('6');
});

test('days that could not be read are not nothing: too many of them, and there is no forecast', async () => {
  put(east, { account: 'a', perDay: steadily(2_000_000) });
  upstream.trouble = ({ organizationId, from, to }) => {
    if (organizationId === east && from <= '2026-11-05' && to >= '2026-11-01') throw new Error('no answer');
  };
  await read();
  await expect.poll(async () => (await ask()).unreadDays, patiently).toBeGreaterThanOrEqual(5); // some of them are asked for together with others
  expect(await ask()).toMatchObject({
    withheld: expect.stringMatching(/^Of 30 complete days of organizations in November, \d are not read yet\.$/),
    total: { expected: null },
  });
});

test('a person sees the forecast of their own organizations', async () => {
  put(east, { account: 'a', perDay: steadily(2_000_000) });
  put(west, { account: 'c', perDay: steadily(1_000_000) });
  await read();
  await expect.poll(async () => (await ask({}, west)).total.expected, patiently).toBe('6');
  await expect(ask({ organization: east }, west)).rejects.toMatchObject({ report: { code: 'out_of_scope' } });
  const mine = { scope: west, organization: undefined, descendants: true };
  expect((await spend.allowances(mine, {})).rows.map((row) => row.accountId)).toEqual(['c']);
});

test('what accounts miss their usual days by adds up by squares', async () => {
  const uneven = (day: Day) => (Number(day.slice(8)) % 2 === 0 ? 9_000_000 : 1_000_000);
  put(east, ...['a', 'b', 'c', 'd'].map((account) => ({ account, perDay: uneven })));
  await read();
  await expect.poll(async () => (await ask()).covers.accounts, patiently).toBe(4);
  const four = (await ask()).total;
  const one = (await ask({ filters: [{ dimension: 'account', operator: 'is', values: ['a'] }] })).total;
  const more = ({ high, expected }: SpendForecast['total']) => Number(high) - Number(expected);
  expect(more(one)).toBeGreaterThan(1);
  expect(more(four)).toBeCloseTo(2 * more(one), 5);
});

test('billed days count as billed, and a month without history says why it has no forecast', async () => {
  put(
    east,
    { account: 'a', perDay: steadily(2_000_000), more: '"BilledCost":0.5,"BillingCurrency":"USD"' },
    { account: 'n', from: '2026-11-10', perDay: steadily(2_000_000) },
    { account: 'e', perDay: steadily(2_000_000), more: '"BilledCost":0.5,"BillingCurrency":"EUR"' },
  );
  await read();
  await expect
    .poll(() => ask(), patiently)
    .toMatchObject({
      total: { actual: '5', expected: '17' },
      basis: { billed: '5', estimated: '0' },
      covers: { accounts: 1, metrics: 1 },
      gaps: [
        { reason: 'few-days', accounts: 1, metrics: 1 },
        { reason: 'other-currency', accounts: 1, metrics: 1 },
      ],
    });
  expect(await ask({ filters: [{ dimension: 'account', operator: 'is', values: ['n'] }] })).toMatchObject({
    withheld: 'There are fewer than three complete days of usage.',
    total: { actual: '0', expected: null, low: null, high: null },
  });
  expect(await ask({ currency: 'EUR' })).toMatchObject({
    withheld: 'The rate card is in USD, so nothing is forecast in EUR.',
    total: { actual: '5', expected: null },
  });
});

test('parts of an account or metric have no forecast, regular charges have', async () => {
  put(east, { account: 'a', perDay: steadily(2_000_000) });
  await read();
  await expect.poll(async () => (await ask()).total.expected, patiently).toBe('15');
  const finer = await ask({ filters: [{ dimension: 'zone', operator: 'is', values: [null] }] });
  expect(finer).toMatchObject({ withheld: 'A forecast is made for whole accounts and metrics.', total: { actual: '3' } });
  expect((await ask({ groupBy: 'region' })).withheld).not.toBeNull();
  const regular = await ask({ filters: [{ dimension: 'chargeClass', operator: 'is-not', values: ['Correction'] }] });
  expect(regular.total.expected).toBe('15');
  const corrections = await ask({ filters: [{ dimension: 'chargeClass', operator: 'is', values: ['Correction'] }] });
  expect(corrections).toMatchObject({ withheld: 'A forecast is made for regular charges.', total: { expected: null } });
});

test('allowances say how far they reach, and how their cost comes about', async () => {
  put(
    east,
    { account: 'a', perDay: steadily(2_000_000) },
    { account: 'b', perDay: steadily(500_000) },
    { account: 'd', perDay: steadily(1000) },
  );
  await read();
  const of = { scope: null, organization: root, descendants: true };
  await expect.poll(async () => (await spend.allowances(of, {})).total, patiently).toBe(3);
  const { rows, counts } = await spend.allowances(of, {});
  expect(counts).toEqual({ 'used-up': 1, 'will-be-used-up': 1, within: 1 });
  expect(rows.map(({ accountId, state, usedUpOn, share }) => [accountId, state, usedUpOn, share])).toEqual([
    ['a', 'used-up', '2026-11-06', 2.2],
    ['b', 'will-be-used-up', '2026-11-21', 0.55],
    ['d', 'within', null, 0.0011],
  ]);
  // 11 days of it, the one that is not over included
  expect(rows[0]).toMatchObject({
    accountName: 'Account a',
    organizationName: 'Name of east',
    used: '22000000',
    included: '10000000',
    billable: '12000000',
    remaining: '0',
    expected: '60000000',
    cost: '3.6',
    currency: 'USD',
    per: 'account-cycle',
    steps: [
      '22,000,000 Requests used',
      'less 10,000,000 Requests included for the account and cycle, shared with other metrics',
      '12,000,000 Requests billable',
      '12 blocks of 1,000,000 Requests, at $0.30',
      '$3.6',
    ],
  });
  const second = await spend.allowances(of, { per_page: 1, page: 2 });
  expect(second.rows.map((row) => row.accountId)).toEqual(['b']);
  const soon = await spend.allowances(of, { state: 'will-be-used-up' });
  expect([soon.total, soon.rows.length]).toEqual([1, 1]);
  expect((await spend.allowances(of, { account: 'd' })).rows).toHaveLength(1);
});

test('allowances that are used up come by what they cost', async () => {
  const cpu = { x_BillableMetricId: 'workers_cpu_ms', x_BillableMetricName: 'Workers CPU ms', ConsumedUnit: 'Milliseconds' };
  put(
    east,
    { account: 'a', perDay: steadily(2_000_000) },
    { account: 'b', perDay: steadily(7_000_000), fields: cpu }, // more of its 30 million, and cheaper
  );
  await read();
  const of = { scope: null, organization: root, descendants: true };
  const listed = async (state?: 'used-up') =>
    (await spend.allowances(of, state ? { state } : {})).rows.map(({ accountId, cost }) => [accountId, cost]);
  await expect
    .poll(() => listed(), patiently)
    .toEqual([
      ['b', '0.94'],
      ['a', '3.6'],
    ]);
  expect(await listed('used-up')).toEqual([
    ['a', '3.6'],
    ['b', '0.94'],
  ]);
});
