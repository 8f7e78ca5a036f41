import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SpendQuestion } from '../../contract/canopy/spend.ts';
import { openDatabase } from '../database/open.ts';
import type { Database } from '../database/open.ts';
import { Problem } from '../problem.ts';
import type { Spend } from '../services.ts';
import { createSpend } from './spend.ts';
import { fakeDirectory, FakeUpstream, organization, recordText, silent, StillClock } from './testing.ts';

const root = organization('root');
const east = organization('east');
const west = organization('west');

let folder: string;
let database: Database;
let spend: Spend;
let upstream: FakeUpstream;
let clock: StillClock;
let directory: ReturnType<typeof fakeDirectory>;

async function open(): Promise<void> {
  database = await openDatabase(join(folder, 'canopy.db'));
  spend = createSpend({ database, upstream: upstream.upstream, directory, clock, log: silent, historyStart: '2026-11-01' });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canopy-spend-'));
  upstream = new FakeUpstream();
  clock = new StillClock('2026-11-10T12:00:00Z');
  directory = fakeDirectory({ [root]: null, [east]: root, [west]: root });
  await open();
});
afterEach(async () => {
  await spend.close();
  await database.close();
  await rm(folder, { recursive: true });
});

const everything = { scope: null, organization: undefined, descendants: true };
const state = () => spend.state(everything);

/** Lets the reading do all it wants to do after this. */
async function settled(ask: () => Promise<unknown>): Promise<void> {
  const idle = clock.nextLongSleep();
  await ask();
  await idle;
}
/** Reads everything there is to read now. */
async function sync(): Promise<void> {
  await settled(async () => {
    spend.start();
    await spend.control(null, { action: 'start' });
  });
}

const question = (more: Partial<SpendQuestion> = {}): SpendQuestion => ({
  organization: root,
  descendants: true,
  measure: { kind: 'cost', column: 'BilledCost', currency: 'USD' },
  from: '2026-11-01',
  to: '2026-11-11',
  granularity: 'day',
  groupBy: 'account',
  filters: [],
  top: 10,
  compare: null,
  ...more,
});
const ask = (more: Partial<SpendQuestion> = {}, scope: string | null = null) => spend.ask(scope, question(more));
const quantity = { kind: 'quantity', metric: 'workers_standard_requests', unit: 'Requests' } as const;
const usd = (cost: string) => `"BilledCost":${cost},"BillingCurrency":"USD"`;

describe('reading', () => {
  test('every day of every organization is read once, and recent ones again', async () => {
    upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', {}, usd('1')));
    await sync();
    const days = (await state()).days;
    expect(days.map(({ state }) => state)).toEqual([...Array.from({ length: 9 }, () => 'stored'), 'today']);
    expect(days[1]?.records).toBe(1);
    const first = upstream.asked.length;
    await sync();
    const again = upstream.asked.slice(first).map(({ from, to }) => [from, to]);
    expect(new Set(again.map(String))).toEqual(new Set(['2026-11-10,2026-11-10', '2026-11-07,2026-11-10']));
    expect((await ask()).total).toMatchObject({ total: '1', records: 1 });
  });

  test('a day that changed is replaced, not added to', async () => {
    upstream.put(east, '2026-11-09', recordText('a', '2026-11-09', {}, usd('1')), recordText('b', '2026-11-09', {}, usd('2')));
    await sync();
    upstream.put(east, '2026-11-09', recordText('a', '2026-11-09', {}, usd('5')));
    await sync();
    expect((await ask()).groups.map(({ key, total }) => [key, total])).toEqual([['a', '5']]);
  });

  test('an answer cut short leaves what was stored, is kept as a failure and read again', async () => {
    upstream.put(east, '2026-11-09', recordText('a', '2026-11-09', {}, usd('1')));
    await sync();
    upstream.put(east, '2026-11-09', recordText('a', '2026-11-09', {}, usd('9')));
    upstream.trouble = ({ organizationId }) =>
      organizationId === east ? `{"success":true,"result":[${recordText('a', '2026-11-09', {}, usd('9'))},{"Bill` : undefined;
    await sync();
    expect((await ask()).total.total).toBe('1');
    const { failures } = await state();
    expect(failures.map(({ day, organizationName, attempts, error }) => [day, organizationName, attempts, error.code])).toEqual([
      ['2026-11-10', 'Name of east', 1, 'upstream_truncated'],
      ['2026-11-09', 'Name of east', 1, 'upstream_truncated'],
      ['2026-11-08', 'Name of east', 1, 'upstream_truncated'],
      ['2026-11-07', 'Name of east', 1, 'upstream_truncated'],
    ]);
    upstream.trouble = () => undefined;
    await sync();
    expect((await ask()).total.total).toBe('9');
    expect((await state()).failures).toEqual([]);
  });

  test('one organization that refuses does not hold up the others', async () => {
    upstream.put(west, '2026-11-02', recordText('w', '2026-11-02', {}, usd('1')));
    upstream.trouble = ({ organizationId }) => {
      if (organizationId === east) throw new Problem({ code: 'upstream_refused', message: 'No.', action: 'Ask.' });
    };
    await sync();
    const { days, failures, throughDay } = await state();
    expect(days.map(({ state }) => state)).toEqual(Array.from({ length: 10 }, () => 'incomplete'));
    expect([failures.length, throughDay]).toEqual([10, null]);
    expect((await ask()).total.total).toBe('1');
    expect((await spend.state({ ...everything, organization: east })).days[0]?.state).toBe('failed');
  });

  test('a refusal with status 200 is no empty day', async () => {
    upstream.trouble = () => '{"success":false,"errors":[{"code":1000,"message":"odd"}],"result":null}';
    await sync();
    const { failures, days } = await state();
    expect(days[0]?.state).toBe('failed');
    expect(failures[0]?.error).toMatchObject({
      code: 'upstream_unexpected',
      upstream: { errors: [{ code: 1000 }], rayId: 'ray' },
    });
  });

  test('it waits where Cloudflare asks it to, and says so', async () => {
    let refusals = 3;
    const seen: unknown[] = [];
    upstream.trouble = () => {
      if (refusals-- <= 0) return;
      throw new Problem({ code: 'upstream_throttled', message: 'Slow down.', action: 'Wait.', retryAfterSeconds: 17 });
    };
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (milliseconds, signal) => {
      if (milliseconds === 17_000) seen.push((await state()).sync);
      await sleep(milliseconds, signal);
    };
    await sync();
    expect(seen).toHaveLength(3);
    expect(seen[0]).toMatchObject({ status: 'waiting', waitingFor: 'Slow down.' });
    expect((await state()).days[0]?.state).toBe('stored');
    expect((await state()).failures).toEqual([]);
  });

  test('pause stops it, also after a restart, and resume goes on', async () => {
    upstream.piece = async () => {
      upstream.piece = async () => undefined;
      await spend.control(null, { action: 'pause' });
    };
    await sync();
    expect((await state()).sync.status).toBe('paused');
    const asked = upstream.asked.length;
    await spend.close();
    await database.close();
    await open();
    await settled(async () => spend.start());
    expect(upstream.asked).toHaveLength(asked);
    expect((await state()).throughDay).toBeNull();
    await settled(() => spend.control(null, { action: 'resume' }));
    expect((await state()).throughDay).toBe('2026-11-09');
  });

  test('killed at any step it goes on without a lost or doubled record', async () => {
    for (const id of [east, west])
      for (let day = 1; day <= 9; day++) {
        const date = `2026-11-0${day}`;
        upstream.put(id, date, recordText(`${id}-a`, date, {}, usd('1')), recordText(`${id}-b`, date, {}, usd('2')));
      }
    upstream.pieceLength = 300;
    for (let kills = 0; kills < 25; kills++) {
      let pieces = kills * 3;
      upstream.piece = async () => {
        if (pieces-- === 0) await Promise.race([spend.close(), Promise.resolve()]);
      };
      spend.start();
      await spend.control(null, { action: 'start' });
      for (let turn = 0; turn < 40; turn++) await new Promise((resolve) => setImmediate(resolve));
      await spend.close();
      await database.close();
      await open();
    }
    upstream.piece = async () => undefined;
    await sync();
    expect((await ask()).total).toMatchObject({ total: '54', records: 36 });
    const { rows } = await spendRecords();
    expect(rows).toBe(36);
  });

  test('days can be asked for again, by people who see the organization', async () => {
    await sync();
    const before = upstream.asked.length;
    await settled(() => spend.control(east, { action: 'fetch', days: ['2026-11-02'], organizationIds: [east] }));
    expect(upstream.asked.slice(before)).toEqual([{ organizationId: east, from: '2026-11-02', to: '2026-11-03' }]);
    await expect(spend.control(east, { action: 'fetch', organizationIds: [west] })).rejects.toThrow(/out_of_scope/);
    await expect(spend.control(east, { action: 'pause' })).rejects.toThrow(/shared by all/);
  });

  test('what is odd is noted, once for a kind', async () => {
    upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', { x_New: 1, ChargeCategory: 'Gift' }),
      recordText('a', '2026-11-02', { x_New: 1 }, '"ConsumedQuantity":0.1000000000000000055'),
      recordText('b', 'not a day'),
      'null',
    );
    await sync();
    const { notes } = await state();
    expect(Object.fromEntries(notes.map(({ kind, records }) => [kind, records]))).toEqual({
      collision: 1,
      'no-day': 1,
      'odd-record': 1,
      rounded: 1,
      'unknown-category': 1,
      'unknown-column': 2,
    });
    expect(notes.every(({ text }) => text.endsWith('.'))).toBe(true);
  });
});

async function spendRecords() {
  const { rows } = await database.query
    .selectFrom('usage_record')
    .select((row) => row.fn.countAll<string>().as('rows'))
    .executeTakeFirstOrThrow();
  return { rows: Number(rows) };
}

describe('records of one account in several organizations', () => {
  const put = (id: string, cost: string) => upstream.put(id, '2026-11-02', recordText('shared', '2026-11-02', {}, usd(cost)));

  test('count where the deepest organization reports them, whichever was read first', async () => {
    put(root, '1');
    put(east, '1');
    await sync();
    const answer = await ask({ groupBy: 'organization' });
    expect(answer.groups.map(({ key, total }) => [key, total])).toEqual([[east, '1']]);
    expect((await state()).notes.map(({ kind, records }) => [kind, records])).toEqual([['shared-account', 1]]);
  });

  test('count where they are left when the deeper one no longer reports them', async () => {
    put(root, '1');
    put(east, '1');
    await sync();
    upstream.put(east, '2026-11-02');
    await settled(() => spend.control(null, { action: 'fetch', days: ['2026-11-02'] }));
    expect((await ask({ groupBy: 'organization' })).groups.map(({ key, total }) => [key, total])).toEqual([[root, '1']]);
    expect((await state()).notes).toEqual([]);
  });
});

describe('scope', () => {
  beforeEach(async () => {
    upstream.put(root, '2026-11-02', recordText('r', '2026-11-02', {}, usd('1')));
    upstream.put(east, '2026-11-02', recordText('e', '2026-11-02', {}, usd('10')));
    upstream.put(west, '2026-11-02', recordText('w', '2026-11-02', {}, usd('100')));
    await sync();
  });

  test('an organization with and without its descendants', async () => {
    expect((await ask()).total.total).toBe('111');
    expect((await ask({ descendants: false })).total.total).toBe('1');
    expect((await ask({ organization: east })).total.total).toBe('10');
  });

  test('a person sees nothing beyond their organization, whatever they ask for', async () => {
    await expect(ask({ organization: root }, east)).rejects.toThrow(/out_of_scope/);
    const own = question({ filters: [{ dimension: 'organization', operator: 'is', values: [west, east] }] });
    delete own.organization;
    expect((await spend.ask(east, own)).groups.map(({ key }) => key)).toEqual(['e']);
    const reached = { scope: east, organization: undefined, descendants: true };
    expect((await spend.values(reached, 'account', undefined)).values).toEqual([{ key: 'e', label: 'Account e' }]);
    expect((await spend.metrics(reached)).metrics[0]).toMatchObject({ accounts: 1, records: 1 });
  });

  test('the history of a deleted organization stays with its parent', async () => {
    directory.remove(west);
    const answer = await ask({ groupBy: 'organization' });
    expect(answer.groups.map(({ label, total }) => [label, total])).toContainEqual(['Name of west', '100']);
    expect(answer.days.stored).toBe(9);
    expect((await ask({ organization: east })).total.total).toBe('10');
  });
});

describe('answers', () => {
  test('absent, null and zero costs are three things', async () => {
    upstream.put(
      east,
      '2026-11-02',
      recordText('zero', '2026-11-02', {}, usd('0')),
      recordText('null', '2026-11-02', {}, '"BilledCost":null,"ConsumedQuantity":5'),
      recordText('absent', '2026-11-02', {}, '"ConsumedQuantity":7.5'),
    );
    await sync();
    const answer = await ask();
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
    upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', {}, usd('1')),
      recordText('b', '2026-11-02', {}, '"BilledCost":2,"BillingCurrency":"EUR"'),
      recordText('c', '2026-11-02', {}, '"BilledCost":4'),
    );
    await sync();
    const answer = await ask();
    expect(answer.total).toMatchObject({ total: '1', records: 1 });
    expect(answer.currencies).toEqual([
      { currency: 'EUR', total: '2', records: 1 },
      { currency: 'USD', total: '1', records: 1 },
      { currency: 'XXX', total: '4', records: 1 },
    ]);
    expect(answer.withoutCost.records).toBe(0);
    expect((await spend.metrics(everything)).currencies).toEqual(['EUR', 'USD', 'XXX']);
  });

  test('records with one key add up', async () => {
    const twice = recordText('a', '2026-11-02', {}, `${usd('0.1')},"ConsumedQuantity":9007199254740993`);
    upstream.put(east, '2026-11-02', twice, twice);
    await sync();
    expect((await ask()).total.total).toBe('0.2');
    expect((await ask({ measure: quantity })).total.total).toBe('18014398509481986');
  });

  test('sums are exact, however large or small the parts', async () => {
    upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', {}, `${usd('0.0000003')},"ConsumedQuantity":40000000009007199254740993`),
      recordText('b', '2026-11-02', {}, `${usd('4.666666666669')},"ConsumedQuantity":0.000047300001`),
      ...Array.from({ length: 8 }, () => recordText('a', '2026-11-02', {}, '"ConsumedQuantity":40000000009007199254740993')),
    );
    await sync();
    expect((await ask()).total.total).toBe('4.666666966669');
    expect((await ask({ measure: quantity })).total.total).toBe('360000000081064793292668937.000047300001');
    expect((await ask({ measure: { ...quantity, unit: 'Seats' } })).total.total).toBeNull();
  });

  test('the largest by name, the rest as others, and nothing lost', async () => {
    const accounts = ['a', 'b', 'c', 'd', 'e'];
    for (const day of ['2026-11-02', '2026-11-03'])
      upstream.put(east, day, ...accounts.map((account, index) => recordText(account, day, {}, usd(`${index}.01`))));
    await sync();
    const answer = await ask({ top: 2 });
    expect(answer.groups.map(({ key, label, detail, total }) => [key, label, detail, total])).toEqual([
      ['e', 'Account e', 'Name of east', '8.02'],
      ['d', 'Account d', 'Name of east', '6.02'],
    ]);
    expect(answer.others).toMatchObject({ label: 'Others', groups: 3, total: '6.06', records: 6, accounts: 3 });
    expect(answer.others?.values[1]).toBe('3.03');
    expect(answer.total).toMatchObject({ total: '20.1', accounts: 5 });
    expect(answer.total.values.slice(0, 3)).toEqual([null, '10.05', '10.05']);
  });

  test('levels take the highest day and are not added over time', async () => {
    const seats = { x_BillableMetricId: 'zero_trust_seats', ConsumedUnit: 'Seats' };
    upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', seats, '"ConsumedQuantity":10'));
    upstream.put(
      west,
      '2026-11-03',
      recordText('b', '2026-11-03', seats, '"ConsumedQuantity":4'),
      recordText('c', '2026-11-03', seats, '"ConsumedQuantity":7'),
    );
    await sync();
    const measure = { kind: 'quantity', metric: 'zero_trust_seats', unit: 'Seats' } as const;
    const answer = await ask({ measure, granularity: 'month', top: 1 });
    expect(answer.unit).toEqual({ kind: 'quantity', unit: 'Seats', metricName: 'Workers Standard Requests', summable: false });
    expect(answer.groups.map(({ key, values }) => [key, values])).toEqual([['a', ['10']]]);
    expect(answer.others).toMatchObject({ total: '11', values: ['11'] });
    expect(answer.total).toMatchObject({ total: '11', values: ['11'] });
  });

  test('filters on any dimension, with and without the bucket of none', async () => {
    upstream.put(
      east,
      '2026-11-02',
      recordText('a', '2026-11-02', { x_ZoneId: 'z1', x_ZoneName: 'example.com' }, usd('1')),
      recordText('a', '2026-11-02', { x_ZoneId: 'z2', x_ZoneName: 'example.org' }, usd('10')),
      recordText('a', '2026-11-02', {}, usd('100')),
    );
    await sync();
    const by = async (operator: 'is' | 'is-not', values: (string | null)[]) =>
      (await ask({ groupBy: 'zone', filters: [{ dimension: 'zone', operator, values }] })).total.total;
    expect(await by('is', ['z1'])).toBe('1');
    expect(await by('is', ['z1', null])).toBe('101');
    expect(await by('is', [null])).toBe('100');
    expect(await by('is-not', ['z1'])).toBe('110');
    expect(await by('is-not', ['z1', null])).toBe('10');
    expect(await by('is-not', [null])).toBe('11');
    const answer = await ask({ groupBy: 'zone' });
    expect(answer.groups.map(({ key, label }) => [key, label])).toEqual([
      [null, 'No zone'],
      ['z2', 'example.org'],
      ['z1', 'example.com'],
    ]);
    expect(await spend.values(everything, 'zone', 'EXAMPLE.C')).toEqual({
      values: [{ key: 'z1', label: 'example.com' }],
      total: 1,
    });
    expect((await spend.values(everything, 'zone', undefined)).values[0]).toEqual({ key: null, label: 'No zone' });
  });

  test('the period before, and buckets with their state', async () => {
    upstream.put(east, '2026-11-03', recordText('a', '2026-11-03', {}, usd('1')));
    upstream.put(east, '2026-11-08', recordText('a', '2026-11-08', {}, usd('3')), recordText('b', '2026-11-08', {}, usd('1')));
    await sync();
    const answer = await ask({
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
    expect(answer.others).toMatchObject({ previous: null, total: '1' });
    expect(answer.total.previous).toBe('1');
    expect(answer).toMatchObject({ throughDay: '2026-11-09', days: { stored: 4, today: 1 } });
  });

  test('a renamed account is one account with its newest name', async () => {
    upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', { BillingAccountName: 'Old' }, usd('1')));
    upstream.put(east, '2026-11-03', recordText('a', '2026-11-03', { BillingAccountName: 'New' }, usd('1')));
    await sync();
    expect((await ask()).groups.map(({ label, total }) => [label, total])).toEqual([['New', '2']]);
    const names = await database.query
      .selectFrom('usage_record')
      .innerJoin('usage_series', 'usage_series.series_id', 'usage_record.series_id')
      .select('account_name')
      .orderBy('day')
      .execute();
    expect(names.map((row) => row.account_name)).toEqual(['Old', 'New']);
  });

  test('no group, no records, and a range that is none', async () => {
    await sync();
    const answer = await ask({ groupBy: null });
    expect(answer).toMatchObject({ groups: [], others: null, total: { total: null, records: 0, accounts: 0 } });
    await expect(ask({ from: '2026-02-30' })).rejects.toThrow(Problem);
    await expect(ask({ from: '2026-11-11', to: '2026-11-11' })).rejects.toThrow(Problem);
  });

  test('the CSV holds every group and the total', async () => {
    upstream.put(east, '2026-11-09', ...['a', 'b', '=c'].map((account) => recordText(account, '2026-11-09', {}, usd('0.5'))));
    await sync();
    let text = '';
    for await (const piece of spend.export(null, question({ from: '2026-11-09', top: 1 }))) text += piece;
    expect(text.split('\r\n')).toEqual([
      'Account key,Account,Organization,From,To (not included),Measure,Unit,Total,Records,Records with a value,Accounts,2026-11-09,2026-11-10 (today)',
      "'=c,Account =c,Name of east,2026-11-09,2026-11-11,BilledCost,USD,0.5,1,1,1,0.5,",
      'a,Account a,Name of east,2026-11-09,2026-11-11,BilledCost,USD,0.5,1,1,1,0.5,',
      'b,Account b,Name of east,2026-11-09,2026-11-11,BilledCost,USD,0.5,1,1,1,0.5,',
      ',Total,,2026-11-09,2026-11-11,BilledCost,USD,1.5,3,3,3,1.5,',
      '',
    ]);
  });
});

test('months that are added up answer like the days they hold', async () => {
  directory = fakeDirectory({ [root]: null, [east]: root });
  clock.set('2027-01-15T12:00:00Z');
  await database.close();
  await open();
  for (const day of ['2026-11-05', '2026-12-05', '2026-12-31', '2027-01-02'])
    for (const account of ['a', 'b'])
      upstream.put(
        east,
        day,
        ...(upstream.records.get(`${east} ${day}`) ?? []),
        recordText(account, day, { x_ZoneId: `zone-${account}` }, `${usd('1.5')},"ConsumedQuantity":2`),
      );
  await sync();
  const built = await database.query.selectFrom('usage_month_built').select('month').orderBy('month').execute();
  expect(built.map((row) => row.month)).toEqual(['2026-11-01', '2026-12-01']);
  const range = {
    from: '2026-11-03',
    to: '2027-01-03',
    granularity: 'month',
    compare: { from: '2026-09-03', to: '2026-11-03' },
  } as const;
  const whole = await ask({ ...range, groupBy: 'family' });
  expect(whole.total).toMatchObject({ total: '12', accounts: 2, values: ['3', '6', '3'] });
  await database.query.deleteFrom('usage_month_built').execute();
  expect(await ask({ ...range, groupBy: 'family' })).toEqual(whole);
});
