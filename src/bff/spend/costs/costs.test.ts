import { afterEach, beforeEach, expect, test } from 'vitest';
import { east, root, Scene } from '../../../cli/testing/usage-scene.ts';
import type { SpendAnswer, SpendQuestion } from '../../../contract/canopy/spend.ts';
import type { Person, Spend } from '../../services.ts';
import { addDays } from '../days.ts';
import { defaultCard } from '../pricing/default-card.ts';
import { recordText } from '../testing.ts';
import type { FakeUpstream } from '../testing.ts';

let scene: Scene;
let spend: Spend;
let upstream: FakeUpstream;

beforeEach(async () => {
  scene = await Scene.open({ historyStart: '2026-10-01' });
  ({ spend, upstream } = scene);
});
afterEach(async () => {
  await scene.close();
});

/** Reads everything there is to read, and waits until it has its price. */
async function priced(): Promise<void> {
  await scene.sync();
  await expect.poll(async () => (await scene.state()).pricing.monthsLeft, { timeout: 20_000 }).toBe(0);
}

/** Reads a day once more; what follows from it comes in its time. */
const readAgain = (day: string): Promise<unknown> =>
  spend.control(null, { action: 'fetch', days: [day], organizationIds: [east] });

const ask = (more: Partial<SpendQuestion> = {}): Promise<SpendAnswer> =>
  spend.ask(null, {
    organization: root,
    descendants: true,
    measure: { kind: 'spend', currency: 'USD' },
    from: '2026-10-01',
    to: '2026-11-11',
    granularity: 'month',
    groupBy: 'family',
    filters: [],
    top: 10,
    compare: null,
    ...more,
  });

const quantity = (amount: number): string => `"ConsumedQuantity":${amount}`;
const usd = (cost: string): string => `"BilledCost":${cost},"BillingCurrency":"USD"`;

/** One day of one organization cannot be read. */
const cutShort = (organization: string, day: string): void => {
  upstream.trouble = ({ organizationId, from }) =>
    organizationId === organization && from === day ? '{"success":true,"result":[{"Bill' : undefined;
};

/** Twenty-six digits and twelve: the most that a record is read with. Two of them add up to more than any column holds. */
const endless = '99999999999999999999999999';
const fortune = '999999999999';

test('numbers beyond all reason have no price, and hold up nothing else', async () => {
  const day = '2026-11-02';
  const r2 = { x_BillableMetricId: 'r2_storage_class_a_operations', x_BillableMetricName: 'Class A', ConsumedUnit: 'Operations' };
  for (const other of ['2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06', '2026-11-07'])
    upstream.put(east, other, recordText('a', other, {}, quantity(1)), recordText('a', other, r2, quantity(1)));
  upstream.put(
    east,
    day,
    ...['a', 'a'].map((account) => recordText(account, day, {}, `"ConsumedQuantity":${endless}`)),
    ...['b', 'b'].map((account) => recordText(account, day, {}, usd(fortune))),
    recordText('c', day, r2, `"ConsumedQuantity":${endless}`),
    recordText('e', day, {}, '"ConsumedQuantity":90000000000000000000'),
    recordText('d', day, {}, quantity(11_000_000)),
  );
  await priced();
  expect((await ask({ groupBy: 'account' })).groups.map(({ key, total, records }) => [key, total, records])).toEqual([
    ['d', '0.3', 1],
    ['a', '0', 12],
    ['b', null, 2],
    ['c', null, 1],
    ['e', null, 1],
  ]);
  const billed = await ask({ measure: { kind: 'cost', column: 'BilledCost', currency: 'USD' } });
  expect(billed.total.total).toBe('1999999999998');
  const used = await ask({ measure: { kind: 'quantity', metric: 'workers_standard_requests', unit: 'Requests' } });
  expect(used.total.total).toBe('200000090000000000011000003');
  const forecast = { organization: root, descendants: true, currency: 'USD', groupBy: null, filters: [], top: 5 };
  expect((await spend.forecast(null, forecast)).waiting).toBe(0);
});

test('what one organization cannot be priced with holds up no other', async () => {
  for (const organizationId of [east, root])
    // east comes first
    upstream.put(organizationId, '2026-11-02', recordText(`of ${organizationId}`, '2026-11-02', {}, quantity(11_000_000)));
  await priced();
  const price = { amount: '9999999999999999', per: '1' }; // a request with it is refused
  const overrides = [{ organization: east, metric: 'workers_standard_requests', price }];
  const person: Person = { id: 'p', name: 'P', email: null, role: 'administrator', scope: null };
  await spend.rateCards.save(person, { base: 1, note: '', card: { ...defaultCard, overrides } });
  const left = async () => (await scene.state()).pricing.monthsLeft;
  await expect.poll(left, { timeout: 10_000 }).toBe(1);
  expect((await ask()).unpriced).toBe(1);
});

/** Ten million requests are included in a month; every million more costs 0.30. */
test('usage is priced by the rate card once the allowance of the month is used up', async () => {
  upstream.put(east, '2026-10-30', recordText('a', '2026-10-30', {}, quantity(11_000_000)));
  upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', {}, quantity(9_000_000)));
  upstream.put(east, '2026-11-03', recordText('a', '2026-11-03', {}, quantity(4_000_000)));
  await priced();
  const answer = await ask({ granularity: 'day', from: '2026-10-30', to: '2026-11-04' });
  expect(answer.total.values).toEqual(['0.3', null, null, '0', '0.9']);
  expect(answer.total.bases).toEqual([
    { basis: 'estimated', total: '1.2', records: 2 },
    { basis: 'within-allowance', total: '0', records: 1 },
  ]);
  expect((await ask()).groups).toMatchObject([{ key: 'workers', values: ['0.3', '0.9'], total: '1.2', recordsWithCost: 3 }]);
});

test('a billed cost replaces the estimate record by record, and both can be seen', async () => {
  upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', {}, `${quantity(12_000_000)},${usd('0.55')}`));
  upstream.put(east, '2026-11-03', recordText('a', '2026-11-03', {}, quantity(1_000_000)));
  await priced();
  const answer = await ask();
  expect(answer.total).toMatchObject({
    total: '0.85',
    bases: [
      { basis: 'billed', total: '0.55', records: 1 },
      { basis: 'estimated', total: '0.3', records: 1 },
    ],
  });
  expect((await ask({ measure: { kind: 'estimate', currency: 'USD' } })).total.total).toBe('0.9');
});

test('bills without an estimate beside them are counted as such, however they are added up', async () => {
  const kept = { x_BillableMetricId: 'unheard_of', x_BillableMetricName: 'Unheard' };
  for (const day of ['2026-10-02', '2026-11-02'])
    upstream.put(
      east,
      day,
      recordText('a', day, {}, `${quantity(12_000_000)},${usd('0.55')}`),
      recordText('a', day, kept, `${quantity(1)},${usd('7')}`),
    );
  await priced();
  for (const groupBy of ['account', 'family', 'zone', null] as const)
    for (const granularity of ['day', 'month'] as const) {
      const { total, withoutCost } = await ask({ groupBy, granularity, measure: { kind: 'estimate', currency: 'USD' } });
      const counts = [total.records, total.recordsWithCost, withoutCost.records, withoutCost.accounts];
      expect(counts, `${groupBy} ${granularity}`).toEqual([4, 2, 2, 1]);
    }
});

test('accounts are counted by the days of the range, also in parts of months', async () => {
  const used = { early: ['2026-10-03'], late: ['2026-10-28'], both: ['2026-10-03', '2026-10-28'], middle: ['2026-10-15'] };
  for (const [account, days] of Object.entries({ ...used, next: ['2026-11-05'] }))
    for (const day of days)
      upstream.put(east, day, ...(upstream.records.get(`${east} ${day}`) ?? []), recordText(account, day, {}, quantity(1)));
  await priced();
  for (const [from, to, accounts] of [
    ['2026-10-20', '2026-11-11', 3],
    ['2026-10-28', '2026-11-05', 2],
    ['2026-10-01', '2026-10-10', 2],
    ['2026-10-10', '2026-10-20', 1],
    ['2026-10-10', '2026-11-11', 4],
    ['2026-10-01', '2026-11-03', 4],
    ['2026-11-01', '2026-11-05', 0],
  ] as const) {
    const inRange = { from, to, measure: { kind: 'spend', currency: 'USD' } } as const;
    const answers = await Promise.all(
      (['family', 'account', 'zone', null] as const).map((groupBy) => ask({ ...inRange, groupBy })),
    );
    expect(answers.map((answer) => answer.total.accounts)).toEqual([accounts, accounts, accounts, accounts]);
    expect(answers[0]?.groups.map((group) => group.accounts)).toEqual(accounts === 0 ? [] : [accounts]);
  }
});

test('what is of an empty class is of none, and a bill in an empty currency is in no currency', async () => {
  upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', { ChargeClass: '', ChargeCategory: '' }, quantity(12_000_000)));
  upstream.put(east, '2026-11-03', recordText('a', '2026-11-03', { BillingCurrency: '' }, '"BilledCost":2'));
  await priced();
  expect((await ask()).total.total).toBe('0.6');
  expect((await ask({ measure: { kind: 'spend', currency: 'XXX' } })).total.total).toBe('2');
});

test('a bill in another currency has no estimate beside it', async () => {
  const eur = '"BilledCost":2,"BillingCurrency":"EUR"';
  upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', {}, `${quantity(12_000_000)},${eur}`));
  upstream.put(east, '2026-11-03', recordText('a', '2026-11-03', {}, quantity(1_000_000)));
  await priced();
  expect((await ask({ measure: { kind: 'spend', currency: 'EUR' } })).total.total).toBe('2');
  expect((await ask({ measure: { kind: 'estimate', currency: 'EUR' } })).total.total).toBeNull();
  expect((await ask({ measure: { kind: 'estimate', currency: 'USD' } })).total.total).toBe('0.3');
});

test('what has no rate is in no total and not zero, and is listed with its quantity', async () => {
  const unknown = { x_BillableMetricId: 'new_thing', x_BillableMetricName: 'New Thing', x_ProductFamilyId: 'new' };
  upstream.put(
    east,
    '2026-11-02',
    recordText('a', '2026-11-02', {}, quantity(11_000_000)),
    recordText('a', '2026-11-02', unknown, quantity(7)),
    recordText('b', '2026-11-02', { ChargeCategory: 'Tax' }),
  );
  await priced();
  const answer = await ask();
  expect(answer.groups.map(({ key, total }) => [key, total])).toEqual([
    ['workers', '0.3'],
    ['new', null],
  ]);
  expect(answer.withoutCost).toMatchObject({ records: 2, accounts: 2 });
  expect(answer.withoutCost.metrics).toContainEqual(expect.objectContaining({ metric: 'new_thing', quantity: '7', records: 1 }));
  expect(answer.total.bases.at(-1)).toEqual({ basis: 'no-rate', total: null, records: 2 });
});

test('what has no rate counts in the currency of the card, and is neither there nor before in another', async () => {
  const unknown = { x_BillableMetricId: 'new_thing', x_BillableMetricName: 'New Thing', x_ProductFamilyId: 'new' };
  upstream.put(east, '2026-10-05', recordText('a', '2026-10-05', unknown, quantity(7)));
  upstream.put(
    east,
    '2026-11-02',
    recordText('a', '2026-11-02', unknown, quantity(7)),
    recordText('b', '2026-11-02', {}, `${quantity(1)},"BilledCost":2,"BillingCurrency":"EUR"`),
  );
  await priced();
  const november = { from: '2026-11-01', compare: { from: '2026-10-01', to: '2026-11-01' } } as const;
  for (const groupBy of ['family', 'account', 'zone', null] as const)
    for (const granularity of ['day', 'month'] as const) {
      const of = (currency: string) => ask({ ...november, groupBy, granularity, measure: { kind: 'spend', currency } });
      const where = `${groupBy} ${granularity}`;
      const euros = await of('EUR');
      const { total } = euros;
      expect([total.records, total.accounts, total.previousRecords, total.total], where).toEqual([1, 1, 0, '2']);
      expect(euros.withoutCost, where).toEqual({ records: 0, accounts: 0, metrics: [] });
      expect(total.bases, where).toEqual([{ basis: 'billed', total: '2', records: 1 }]);
      const dollars = await of('USD');
      expect([dollars.total.records, dollars.total.accounts, dollars.total.previousRecords], where).toEqual([1, 1, 1]);
      expect(dollars.withoutCost.metrics, where).toMatchObject([{ metric: 'new_thing', records: 1 }]);
      expect(dollars.currencies, where).toEqual([{ currency: 'EUR', total: '2', records: 1 }]);
    }
});

test('an account whose billing cycle starts in the middle of a month has one allowance for each cycle', async () => {
  const cycle = '"BillingPeriodStart":"2026-10-12T00:00:00Z"';
  upstream.put(east, '2026-10-31', recordText('a', '2026-10-31', {}, `${quantity(10_000_000)},${cycle}`));
  upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', {}, `${quantity(1_000_000)},${cycle}`));
  await priced();
  expect((await ask()).total.values).toEqual(['0', '0.3']);
});

test('a level costs its share of the cycle every day, also where the cycle goes on after the month', async () => {
  const seats = { x_BillableMetricId: 'zero_trust_seats', x_BillableMetricName: 'Seats', ConsumedUnit: 'Seats' };
  const cycle = '"BillingPeriodStart":"2026-10-05T00:00:00Z"';
  for (let day = '2026-10-05'; day < '2026-11-05'; day = addDays(day, 1))
    upstream.put(east, day, recordText('a', day, seats, `${quantity(31)},${cycle}`));
  await priced();
  // 31 seats at 7.00 are 7.00 on each of 31 days
  expect((await ask()).total.values).toEqual(['189', '28']);
});

test('cycles that start on the 31st start on the last day of a shorter month, and no earlier', async () => {
  scene.clock.set('2026-12-02T12:00:00Z');
  const began = (day: string) => `"BillingPeriodStart":"${day}T00:00:00Z"`;
  upstream.put(east, '2026-10-30', recordText('a', '2026-10-30', {}, `${quantity(10_000_000)},${began('2026-09-30')}`));
  upstream.put(east, '2026-11-29', recordText('a', '2026-11-29', {}, `${quantity(1_000_000)},${began('2026-10-31')}`));
  upstream.put(east, '2026-11-30', recordText('a', '2026-11-30', {}, `${quantity(10_000_000)},${began('2026-11-30')}`));
  await priced();
  expect((await ask({ to: '2026-12-01' })).total.values).toEqual(['0', '0']);
});

test('an account’s cycles are known from later months too, and what was priced before is priced again', async () => {
  upstream.put(east, '2026-10-05', recordText('a', '2026-10-05', {}, quantity(6_000_000)));
  upstream.put(east, '2026-10-20', recordText('a', '2026-10-20', {}, quantity(6_000_000)));
  await priced();
  expect((await ask()).total.values).toEqual(['0.6', null]);
  const cycle = '"BillingPeriodStart":"2026-10-12T00:00:00Z"';
  upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', {}, `${quantity(5_000_000)},${cycle}`));
  await readAgain('2026-11-02');
  // six million before October 12th, eleven after it
  await expect.poll(async () => (await ask()).total.values, { timeout: 20_000 }).toEqual(['0', '0.3']);
  expect(await ask()).toMatchObject({ unpriced: 0 });
});

test('a cycle of the 31st that began on the last day of a short month ends as the others of the account', async () => {
  scene.clock.set('2026-12-30T12:00:00Z');
  const began = (day: string) => `"BillingPeriodStart":"${day}T00:00:00Z"`;
  upstream.put(east, '2026-11-05', recordText('a', '2026-11-05', {}, `${quantity(1)},${began('2026-10-31')}`));
  upstream.put(east, '2026-12-15', recordText('a', '2026-12-15', {}, `${quantity(9_000_000)},${began('2026-11-30')}`));
  upstream.put(east, '2026-12-30', recordText('a', '2026-12-30', {}, `${quantity(2_000_000)},${began('2026-11-30')}`));
  await priced();
  expect((await ask({ from: '2026-12-01', to: '2026-12-31' })).total.total).toBe('0.3');
});

test('a correction of the month before says nothing of the cycles of its account', async () => {
  const cycle = '"BillingPeriodStart":"2026-10-12T00:00:00Z"';
  const corrected = { ChargeClass: 'Correction', BillingPeriodStart: '2026-11-25T00:00:00Z' };
  upstream.put(east, '2026-10-13', recordText('a', '2026-10-13', {}, `${quantity(6_000_000)},${cycle}`));
  upstream.put(east, '2026-10-27', recordText('a', '2026-10-27', {}, `${quantity(6_000_000)},${cycle}`));
  upstream.put(east, '2026-10-28', recordText('a', '2026-10-28', corrected, usd('-1')));
  await priced();
  expect((await ask({ measure: { kind: 'estimate', currency: 'USD' } })).total.values).toEqual(['0.6', null]);
});

test('a level that ended early is paid in full when the cycle is over, though nothing more is read of it', async () => {
  const seats = { x_BillableMetricId: 'zero_trust_seats', x_BillableMetricName: 'Seats', ConsumedUnit: 'Seats' };
  const cycle = '"BillingPeriodStart":"2026-10-20T00:00:00Z"';
  for (const day of ['2026-10-20', '2026-10-21'])
    upstream.put(east, day, recordText('a', day, seats, `${quantity(31)},${cycle}`));
  await priced();
  expect((await ask()).total.values).toEqual(['14', null]); // 31 seats at 7.00, two days of 31
  scene.clock.set('2026-11-20T12:00:00Z');
  expect((await scene.state()).pricing.monthsLeft).toBe(0); // reading may be paused: what is priced is no reason to wait
  await readAgain('2026-11-19');
  await expect.poll(async () => (await ask()).total.values, { timeout: 20_000 }).toEqual(['217', null]);
});

test('the days of a cycle that is over sum to what it costs, also where one of the next month is read late', async () => {
  const seats = { x_BillableMetricId: 'zero_trust_seats', x_BillableMetricName: 'Seats', ConsumedUnit: 'Seats' };
  const cycle = '"BillingPeriodStart":"2026-10-02T00:00:00Z"';
  for (let day = '2026-10-02'; day < '2026-11-02'; day = addDays(day, 1))
    upstream.put(east, day, recordText('a', day, seats, `${quantity(31)},${cycle}`));
  cutShort(east, '2026-11-01');
  await priced();
  expect(await ask({ to: '2026-11-01' })).toMatchObject({ total: { total: '217' }, notFinal: 30 }); // October has the rest
  upstream.trouble = () => undefined;
  await priced();
  const { total, notFinal } = await ask();
  expect([total.values, total.total, notFinal]).toEqual([['210', '7'], '217', 0]);
});

test('zones, months and days give the same sums', async () => {
  for (const day of ['2026-10-30', '2026-11-02', '2026-11-05'])
    upstream.put(east, day, ...['z1', 'z2', 'z3'].map((zone) => recordText('a', day, { x_ZoneId: zone }, quantity(5_000_001))));
  await priced();
  const byFamily = await ask();
  const byZone = await ask({ groupBy: 'zone' });
  const byDay = await ask({ granularity: 'day', groupBy: 'account' });
  expect(byZone.total.total).toBe(byFamily.total.total);
  expect(byDay.total.total).toBe(byFamily.total.total);
  expect(byZone.groups).toHaveLength(3);
  expect(byFamily.total.total).toBe('8.1');
});

test('groups that changed most are named, also those that are new or gone', async () => {
  const kv = { x_BillableMetricId: 'kv_reads', x_BillableMetricName: 'x', x_ProductFamilyId: 'kv', x_ProductFamilyName: 'KV' };
  upstream.put(east, '2026-10-05', recordText('a', '2026-10-05', kv, usd('4')));
  upstream.put(east, '2026-11-05', recordText('a', '2026-11-05', {}, usd('3')));
  await priced();
  const answer = await ask({ from: '2026-11-01', compare: { from: '2026-10-01', to: '2026-10-11' } });
  expect(answer.compared?.movers).toEqual([
    { key: 'kv', label: 'KV', detail: null, total: null, previous: '4' },
    { key: 'workers', label: 'Workers', detail: null, total: '3', previous: null },
  ]);
  expect(answer.groups.map(({ key, total, previous, records }) => [key, total, previous, records])).toEqual([
    ['workers', '3', null, 1],
    ['kv', null, '4', 0],
  ]);
  expect(answer.total).toMatchObject({ total: '3', previous: '4', previousValues: ['4'] });
  expect(answer.compared?.days).toMatchObject({ stored: 10 });
});

test('a comparison tells how many records of the other range are not priced yet', async () => {
  upstream.put(east, '2026-10-05', recordText('a', '2026-10-05', {}, quantity(12_000_000)));
  upstream.put(east, '2026-11-05', recordText('a', '2026-11-05', {}, quantity(12_000_000)));
  await priced();
  await scene.database.query.deleteFrom('cost_priced').where('month', '=', '2026-10-01').execute();
  const november = { from: '2026-11-01', to: '2026-11-11' };
  const october = { from: '2026-10-01', to: '2026-10-11' };
  expect(await ask({ ...november, compare: october })).toMatchObject({ unpriced: 0, compared: { unpriced: 1 } });
  const ranking = await spend.rankAccounts(null, {
    organization: root,
    descendants: true,
    measure: { kind: 'spend', currency: 'USD' },
    ...november,
    filters: [],
    compare: october,
  });
  expect(ranking.notFinal).toBe(1);
});

test('records that an older rate card priced are not priced yet', async () => {
  upstream.put(east, '2026-11-05', recordText('a', '2026-11-05', {}, quantity(12_000_000)));
  await priced();
  const november = { from: '2026-11-01', to: '2026-11-11' };
  expect(await ask(november)).toMatchObject({ unpriced: 0 });
  await scene.database.query.updateTable('cost_priced').set({ card_version: 0 }).execute();
  expect(await ask(november)).toMatchObject({ unpriced: 1 });
});

test('a price is not final while days of its billing cycle are to be read, also those of the month before', async () => {
  const cycle = '"BillingPeriodStart":"2026-10-12T00:00:00Z"';
  const read = (day: string, amount: number, more = '') =>
    upstream.put(east, day, recordText('a', day, {}, quantity(amount) + more));
  read('2026-10-11', 1);
  read('2026-10-12', 11_000_000);
  read('2026-11-05', 2_000_000, `,${cycle}`);
  cutShort(east, '2026-10-12');
  await priced();
  const cycles = { from: '2026-11-01', to: '2026-11-08', compare: { from: '2026-10-01', to: '2026-10-12' } };
  expect(await ask(cycles)).toMatchObject({
    total: { total: '0' }, // the allowance of ten million has room
    days: { stored: 7 },
    unpriced: 0,
    notFinal: 1,
    compared: { unpriced: 0, notFinal: 1 }, // a level costs less a day where it goes on
  });
  upstream.trouble = () => undefined;
  await priced();
  expect(await ask(cycles)).toMatchObject({ total: { total: '0.6' }, notFinal: 0, compared: { notFinal: 0 } });
});

test('what is billed is final, and so are prices of billing cycles that begin after a day that cannot be read', async () => {
  const cycle = '"BillingPeriodStart":"2026-11-05T00:00:00Z"';
  for (const day of ['2026-11-03', '2026-11-06'])
    upstream.put(
      east,
      day,
      recordText('a', day, {}, `${quantity(1)},${cycle}`),
      recordText('a', day, { x_BillableMetricId: 'billed' }, `${usd('5')},${cycle}`),
    );
  cutShort(east, '2026-10-12');
  await priced();
  expect(await ask({ from: '2026-11-01', to: '2026-11-05' })).toMatchObject({ notFinal: 1, total: { records: 2 } });
  expect(await ask({ from: '2026-11-05', to: '2026-11-11' })).toMatchObject({ notFinal: 0, total: { records: 2 } });
});

test('a new month is not final while nothing of the month before is read', async () => {
  const cycle = '"BillingPeriodStart":"2026-10-12T00:00:00Z"';
  await scene.close();
  scene = await Scene.open({ historyStart: '2026-10-01', now: '2026-11-01T12:00:00Z' });
  ({ spend, upstream } = scene);
  upstream.put(east, '2026-11-01', recordText('a', '2026-11-01', {}, `${quantity(2_000_000)},${cycle}`));
  upstream.trouble = ({ organizationId, from }) =>
    organizationId === east && from < '2026-11-01' ? '{"success":true,"result":[{"Bill' : undefined;
  await priced();
  expect(await ask({ from: '2026-11-01', to: '2026-11-02' })).toMatchObject({ notFinal: 1, total: { records: 1 } });
});

test('what is stored of an organization that is no more is final: nothing more is read of it', async () => {
  upstream.put(east, '2026-11-05', recordText('a', '2026-11-05', {}, quantity(1)));
  cutShort(east, '2026-11-02');
  await priced();
  expect(await ask()).toMatchObject({ notFinal: 1 });
  scene.directory.remove(east);
  await priced();
  expect(await ask()).toMatchObject({ notFinal: 0, total: { records: 1 } });
});

test('the CSV says what of a cost was billed and what is estimated, and by what it is filtered', async () => {
  upstream.put(
    east,
    '2026-11-02',
    recordText('a', '2026-11-02', {}, '"ConsumedQuantity":30000000'),
    recordText('a', '2026-11-02', { x_ZoneId: 'z' }, '"BilledCost":2.5,"BillingCurrency":"USD"'),
    recordText('b', '2026-11-02', { x_BillableMetricId: 'unheard_of', x_BillableMetricName: 'Unheard' }, '"ConsumedQuantity":5'),
  );
  await priced();
  const filters: SpendQuestion['filters'] = [{ dimension: 'account', operator: 'is-not', values: ['c'] }];
  const question: SpendQuestion = { ...(await ask({ filters, groupBy: 'account' })).question, from: '2026-11-01' };
  let text = '';
  for await (const piece of spend.export(null, question)) text += piece;
  const rows = text
    .replaceAll('"Cost, billed or estimated"', 'Cost')
    .split('\r\n')
    .map((line) => line.split(','));
  const column = (name: string) => rows.slice(1, -1).map((row) => row[rows[0]?.indexOf(name) ?? -1]);
  expect(column('Account key')).toEqual(['a', 'b', '']);
  expect(column('Total')).toEqual(['8.5', '', '8.5']);
  expect(column('Of that billed')).toEqual(['2.5', '', '2.5']);
  expect(column('Of that estimated')).toEqual(['6', '', '6']);
  expect(new Set(column('Filters'))).toEqual(new Set(['account!=c']));
});
