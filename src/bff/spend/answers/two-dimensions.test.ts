import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SpendAnswer, SpendFilter, SpendQuestion } from '../../../contract/canopy/spend.ts';
import { spendDimensions } from '../../../contract/canopy/spend.ts';
import { east, everything, question, root, Scene, usd, west } from '../../../cli/testing/usage-scene.ts';
import { amountOf, exact, sum } from '../amount.ts';
import { recordText } from '../testing.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open({ kept: 'in a file' }); // what answers work in is the memory the engine has
});
afterEach(async () => {
  await scene.close();
});

const metric = (name: string, unit = 'Requests') => ({
  x_BillableMetricId: name,
  x_BillableMetricName: `Name of ${name}`,
  x_ProductFamilyId: name.slice(0, 1),
  x_ProductFamilyName: `Family ${name.slice(0, 1)}`,
  ConsumedUnit: unit,
});

test('the largest of the second dimension within each of the first, and what is left of it', async () => {
  scene.upstream.put(
    east,
    '2026-11-02',
    recordText('a', '2026-11-02', metric('r1'), usd('1')),
    recordText('a', '2026-11-02', metric('r2'), usd('2')),
    recordText('a', '2026-11-02', metric('w1'), usd('4')),
    recordText('b', '2026-11-02', metric('r1'), usd('8')),
    recordText('b', '2026-11-02', metric('r1'), '"ConsumedQuantity":3'),
  );
  scene.upstream.put(east, '2026-11-05', recordText('a', '2026-11-05', metric('r1'), usd('16')));
  scene.upstream.put(west, '2026-11-02', recordText('c', '2026-11-02', { ...metric('w1'), x_ZoneId: 'z' }, usd('0.5')));
  await scene.sync();

  const answer = await scene.ask({
    groupBy: 'organization',
    top: 1,
    inner: { groupBy: 'metric', top: 1 },
    from: '2026-11-04',
    compare: { from: '2026-11-01', to: '2026-11-04' },
  });
  expect(answer.groups[0]).toMatchObject({ label: 'Name of east', total: '16', previous: '15' });
  expect(answer.groups[0]?.inner).toMatchObject({
    groups: [{ key: 'r1', label: 'Name of r1', total: '16', previous: '9', accounts: 1, records: 1 }],
    others: { total: null, previous: '6', groups: 2, records: 0 }, // what only the range before has
  });
  // what would be alone among the others has its name
  expect(answer.groups[1]).toMatchObject({ label: 'Name of west', total: null, previous: '0.5', records: 0 });
  expect(answer.others).toBeNull();

  const byAccount = await scene.ask({ groupBy: 'metric', top: 1, inner: { groupBy: 'account', top: 1 } });
  expect(byAccount.groups.map(({ key, total }) => [key, total])).toEqual([['r1', '25']]);
  expect(byAccount.groups[0]?.inner).toMatchObject({
    groups: [
      { label: 'Account a', detail: 'Name of east', total: '17', accounts: 1 },
      { label: 'Account b', detail: 'Name of east', total: '8', records: 2, recordsWithCost: 1, accounts: 1 },
    ],
    others: null,
  });
  expect(byAccount.others).toMatchObject({ groups: 2, total: '6.5' });
  expect(byAccount.others?.inner).toBeNull();
  expect(byAccount.total.inner).toBeNull();

  const byZone = await scene.ask({ groupBy: 'organization', inner: { groupBy: 'zone', top: 5 } });
  expect(byZone.groups.map(({ inner }) => inner?.groups.map(({ key, label }) => [key, label]))).toEqual([
    [[null, 'No zone']],
    [['z', 'z']],
  ]);
});

test('more groups on more days than the engine has memory for are added up in pieces, and endless answers are refused', async () => {
  scene.upstream.put(east, '2026-11-02', recordText('a', '2026-11-02', metric('r1'), usd('1')));
  await scene.sync();
  const [accounts, metrics, days] = [200, 40, 75];
  await scene.database.load(async ({ query }) => {
    await sql`
      insert into usage_series (series_id, organization_id, key, account_id, currency, charge_category, consumed_unit, metric_id, source)
      select 1000 + a * ${sql.lit(metrics)} + m, ${west}, a || ' ' || m, lpad(a::text, 32, 'a'), 'USD', 'Usage', 'Requests', lpad(m::text, 20, 'm'), 'cloudflare'
      from range(${sql.lit(accounts)}) as accounts(a), range(${sql.lit(metrics)}) as metrics(m)`.execute(query);
    await sql`
      insert into usage_record (series_id, day, billed_cost, counted)
      select series_id, cast('2026-06-01' as date) + cast(d as integer), 0.000001 * (d + 1), true
      from usage_series, range(${sql.lit(days)}) as days(d) where organization_id = ${west} order by 2, 1`.execute(query);
  });
  const ofRecords: SpendFilter[] = [{ dimension: 'zone', operator: 'is', values: [null] }]; // nothing is added up beforehand here
  const asked = { organization: west, from: '2026-06-01', to: '2026-08-15', top: 200, filters: ofRecords };
  const { groups, total } = await scene.ask({ ...asked, groupBy: 'account', inner: { groupBy: 'metric', top: 3 } });
  const [inner] = groups;
  expect(groups).toHaveLength(accounts);
  expect(total.records).toBe(accounts * metrics * days);
  expect(total.values).toEqual(
    Array.from({ length: days }, (_, day) => amountOf(exact((accounts * metrics * (day + 1) * 1e-6).toFixed(6)))),
  );
  expect(inner?.inner?.groups[0]?.values).toEqual(
    Array.from({ length: days }, (_, day) => ((day + 1) * 1e-6).toFixed(6).replace(/0+$/, '')),
  );
  expect(inner?.inner?.others?.values.at(-1)).toBe('0.002775');
  const byWeek = await scene.ask({ ...asked, granularity: 'week', groupBy: 'account', inner: { groupBy: 'metric', top: 3 } });
  expect(byWeek.total.total).toBe(total.total);
  expect(sum(byWeek.groups.flatMap((one) => one.values.map(exact)))).toBe(exact(total.total));
  const endless = scene.ask({
    ...asked,
    top: 40,
    groupBy: 'metric',
    inner: { groupBy: 'account', top: 125 },
    to: '2026-12-01',
    from: '2024-01-01',
  });
  await expect(endless).rejects.toMatchObject({ report: { code: 'invalid_request', fields: [{ field: 'granularity' }] } });
}, 30_000);

test('levels within a group take their highest day, and what is left of them too', async () => {
  const seats = metric('zero_trust_seats', 'Seats');
  const used = (account: string, day: string, quantity: number) =>
    recordText(account, day, seats, `"ConsumedQuantity":${quantity}`);
  scene.upstream.put(east, '2026-11-02', used('a', '2026-11-02', 10), used('b', '2026-11-02', 4), used('c', '2026-11-02', 1));
  scene.upstream.put(east, '2026-11-03', used('a', '2026-11-03', 2), used('b', '2026-11-03', 3), used('c', '2026-11-03', 3));
  await scene.sync();
  const { groups } = await scene.ask({
    measure: { kind: 'quantity', metric: 'zero_trust_seats', unit: 'Seats' },
    groupBy: 'organization',
    inner: { groupBy: 'account', top: 1 },
    granularity: 'month',
  });
  expect(groups[0]).toMatchObject({ total: '15' });
  expect(groups[0]?.inner).toMatchObject({
    groups: [{ key: 'a', total: '10' }],
    others: { groups: 2, total: '6', values: ['6'] },
  });
});

test('currencies are a dimension and a filter, also of quantities', async () => {
  scene.upstream.put(
    east,
    '2026-11-02',
    recordText('a', '2026-11-02', {}, `${usd('1')},"ConsumedQuantity":1`),
    recordText('b', '2026-11-02', {}, '"BilledCost":2,"BillingCurrency":"EUR","ConsumedQuantity":10'),
    recordText('c', '2026-11-02', {}, '"ConsumedQuantity":100'),
  );
  await scene.sync();
  const measure = { kind: 'quantity', metric: 'workers_standard_requests', unit: 'Requests' } as const;
  const answer = await scene.ask({ measure, groupBy: 'currency', inner: { groupBy: 'account', top: 3 } });
  expect(answer.groups.map(({ key, label, total }) => [key, label, total])).toEqual([
    [null, 'No billing currency', '100'],
    ['EUR', 'EUR', '10'],
    ['USD', 'USD', '1'],
  ]);
  const filters: SpendFilter[] = [{ dimension: 'currency', operator: 'is-not', values: ['EUR', null] }];
  expect((await scene.ask({ measure, filters })).total.total).toBe('1');
  expect((await scene.spend.values(everything, 'currency', undefined)).values).toEqual([
    { key: null, label: 'No billing currency' },
    { key: 'EUR', label: 'EUR' },
    { key: 'USD', label: 'USD' },
  ]);
});

test('a second dimension that makes no sense is refused, by field', async () => {
  const refused = (more: Partial<SpendQuestion>) => expect(scene.ask(more)).rejects;
  await refused({ groupBy: null, inner: { groupBy: 'zone', top: 1 } }).toMatchObject({
    report: { fields: [{ field: 'groupBy' }] },
  });
  await refused({ groupBy: 'zone', inner: { groupBy: 'zone', top: 1 } }).toMatchObject({
    report: { fields: [{ field: 'inner.groupBy' }] },
  });
  await refused({ top: 500, inner: { groupBy: 'zone', top: 11 } }).toMatchObject({
    report: { fields: [{ field: 'inner.top' }] },
  });
});

test('the CSV holds a row for each pair, and adds up to its total', async () => {
  scene.upstream.put(
    east,
    '2026-11-09',
    recordText('a', '2026-11-09', metric('r1'), usd('0.5')),
    recordText('a', '2026-11-09', metric('w1'), usd('0.25')),
    recordText('b', '2026-11-09', metric('r1'), usd('0.125')),
  );
  await scene.sync();
  let text = '';
  const asked = question({ from: '2026-11-09', to: '2026-11-10', top: 1, inner: { groupBy: 'metric', top: 1 } });
  for await (const piece of scene.spend.export(null, asked)) text += piece;
  expect(text.split('\r\n')).toEqual([
    'Account key,Account,Organization,Metric key,Metric,From,To (not included),Measure,Unit,Filters,Total,Share,Records,Records with a value,Accounts,2026-11-09',
    'a,Account a,Name of east,r1,Name of r1,2026-11-09,2026-11-10,BilledCost,USD,,0.5,0.571429,1,1,1,0.5',
    'a,Account a,Name of east,w1,Name of w1,2026-11-09,2026-11-10,BilledCost,USD,,0.25,0.285714,1,1,1,0.25',
    'b,Account b,Name of east,r1,Name of r1,2026-11-09,2026-11-10,BilledCost,USD,,0.125,0.142857,1,1,1,0.125',
    ',Total,,,,2026-11-09,2026-11-10,BilledCost,USD,,0.875,1.000000,3,3,2,0.875',
    '',
  ]);
});

test('groups of less than the least amount are among the others, in every form of the answer', async () => {
  scene.upstream.put(
    east,
    '2026-11-09',
    recordText('a', '2026-11-09', metric('r1'), usd('5')),
    recordText('a', '2026-11-09', metric('w1'), usd('0.25')),
    recordText('b', '2026-11-09', metric('r1'), usd('-2')),
    recordText('c', '2026-11-09', metric('r1'), usd('0.125')),
    recordText('d', '2026-11-09', metric('r1'), usd('0.0625')),
    recordText('e', '2026-11-09', metric('r1')),
  );
  await scene.sync();
  const asked = { from: '2026-11-09', to: '2026-11-10', least: '0.5' } as const;
  const answer = await scene.ask({ ...asked, inner: { groupBy: 'metric', top: 5 } });
  // a credit is as large as what it takes off; no amount is less than any
  expect(answer.groups.map(({ key, total }) => [key, total])).toEqual([
    ['a', '5.25'],
    ['b', '-2'],
  ]);
  expect(answer.others).toMatchObject({ groups: 3, total: '0.1875', values: ['0.1875'], records: 3, accounts: 3 });
  expect(answer.groups[0]?.inner).toMatchObject({ groups: [{ key: 'r1', total: '5' }], others: { groups: 1, total: '0.25' } });
  expect(answer.total).toMatchObject({ total: '3.4375', records: 6 });
  expect((await scene.ask({ ...asked, top: 1 })).others).toMatchObject({ groups: 4, total: '-1.8125' });
  let text = '';
  for await (const piece of scene.spend.export(null, question({ ...asked, inner: { groupBy: 'metric', top: 1 } }))) text += piece;
  const rows = text.split('\r\n').map((row) => row.split(','));
  expect(rows.slice(1, -1).map((row) => [row[0], row[1], row[4], row[10]])).toEqual([
    ['a', 'Account a', 'Name of r1', '5'],
    ['a', 'Account a', 'Others (1)', '0.25'],
    ['b', 'Account b', 'Name of r1', '-2'],
    ['', 'Others (3)', '', '0.1875'],
    ['', 'Total', '', '3.4375'],
  ]);
});

describe('over any two dimensions of any records', () => {
  const add = (amounts: readonly (string | null)[]) => sum(amounts.map(exact));
  const count = (groups: readonly { previousRecords: number }[]) => groups.reduce((all, one) => all + one.previousRecords, 0);

  /** Every group is the sum of what is in it: the total, each bucket, the records, and the range before. */
  function expectExact(answer: SpendAnswer) {
    const outer = [...answer.groups, ...(answer.others ? [answer.others] : [])];
    expect(add(outer.map(({ total }) => total))).toEqual(exact(answer.total.total));
    expect(add(outer.map(({ previous }) => previous))).toEqual(exact(answer.total.previous));
    expect(count(outer)).toBe(answer.total.previousRecords);
    for (const [index, value] of answer.total.previousValues.entries())
      expect(add(outer.map(({ previousValues }) => previousValues[index] ?? null))).toEqual(exact(value));
    for (const group of answer.groups) {
      const inner = [...(group.inner?.groups ?? []), ...(group.inner?.others ? [group.inner.others] : [])];
      expect(inner.length).toBeGreaterThan(0);
      expect(add(inner.map(({ total }) => total))).toEqual(exact(group.total));
      expect(add(inner.map(({ previous }) => previous))).toEqual(exact(group.previous));
      expect(count(inner)).toBe(group.previousRecords);
      expect(inner.reduce((all, { records }) => all + records, 0)).toBe(group.records);
      expect(inner.reduce((all, { recordsWithCost }) => all + recordsWithCost, 0)).toBe(group.recordsWithCost);
      for (const [index, value] of group.values.entries())
        expect(add(inner.map(({ values }) => values[index] ?? null))).toEqual(exact(value));
      for (const { basis, total, records } of group.bases) {
        const parts = inner.flatMap(({ bases }) => bases.filter((one) => one.basis === basis));
        expect(add(parts.map((part) => part.total))).toEqual(exact(total));
        expect(parts.reduce((all, part) => all + part.records, 0)).toBe(records);
      }
    }
  }

  test('the second adds up to the first, digit for digit', async () => {
    const accounts = ['a', 'b', 'c'];
    const names = ['r1', 'r2', 'w1', 'w2'];
    const record = fc.record({
      day: fc.constantFrom('2026-11-02', '2026-11-03', '2026-11-06'),
      organization: fc.constantFrom(root, east, west),
      account: fc.constantFrom(...accounts),
      metric: fc.constantFrom(...names),
      zone: fc.constantFrom(null, 'z1', 'z2'),
      cost: fc.option(
        fc
          .tuple(fc.integer({ min: -5, max: 2000 }), fc.nat(999_999_999))
          .map(([units, rest]) => `${units}.${String(rest).padStart(12, '0')}`),
      ),
    });
    const records = fc.sample(fc.array(record, { minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 7 })[0] ?? [];
    for (const organization of [root, east, west])
      for (const day of ['2026-11-02', '2026-11-03', '2026-11-06'])
        scene.upstream.put(
          organization,
          day,
          ...records
            .filter((one) => one.organization === organization && one.day === day)
            .map((one) =>
              recordText(
                // an account is in one organization
                `${one.account}${organization.slice(0, 1)}`,
                day,
                { ...metric(one.metric), ...(one.zone && { x_ZoneId: one.zone, x_ZoneName: `${one.zone}.example` }) },
                `"ConsumedQuantity":3000000${one.cost === null ? '' : `,${usd(one.cost)}`}`,
              ),
            ),
        );
    await scene.sync();
    const asked = fc.record({
      groupBy: fc.constantFrom(...spendDimensions),
      by: fc.constantFrom(...spendDimensions),
      top: fc.integer({ min: 1, max: 4 }),
      innerTop: fc.integer({ min: 1, max: 3 }),
      granularity: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      measure: fc.constantFrom<SpendQuestion['measure']>(
        { kind: 'cost', column: 'BilledCost', currency: 'USD' },
        { kind: 'spend', currency: 'USD' },
        { kind: 'quantity', metric: 'r1', unit: 'Requests' },
      ),
      days: fc.constantFrom(
        { from: '2026-11-01', compare: null },
        { from: '2026-11-03', compare: { from: '2026-11-01', to: '2026-11-03' } },
        { from: '2026-11-06', compare: { from: '2026-11-02', to: '2026-11-05' } },
      ),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ groupBy, by, innerTop, days, ...more }) => {
        fc.pre(groupBy !== by);
        expectExact(await scene.ask({ ...more, ...days, groupBy, inner: { groupBy: by, top: innerTop } }));
      }),
      { numRuns: 25 },
    );
  });
});
