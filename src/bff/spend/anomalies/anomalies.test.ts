import { afterEach, beforeEach, expect, test } from 'vitest';
import { east, root, Scene, west } from '../../../cli/testing/usage-scene.ts';
import type { Person, Spend } from '../../services.ts';
import { addDays } from '../days.ts';
import type { Day } from '../days.ts';
import { recordText } from '../testing.ts';
import type { FakeUpstream } from '../testing.ts';

/** Pricing goes on in the background, on a machine that may be busy. */
const patiently = { timeout: 15_000 };
const of = { scope: null, organization: root, descendants: true };
const first = '2026-08-25';

let scene: Scene;
let spend: Spend;
let upstream: FakeUpstream;

beforeEach(async () => {
  scene = await Scene.open({ historyStart: first });
  ({ spend, upstream } = scene);
});
afterEach(async () => {
  await scene.close();
});

/** What accounts use on a day; null where they use nothing. */
async function read(
  accounts: Readonly<Record<string, (day: Day) => number | null>>,
  more: (account: string, day: Day) => readonly string[] = () => [],
): Promise<void> {
  for (let day = first; day <= '2026-11-10'; day = addDays(day, 1)) {
    const records = Object.entries(accounts).flatMap(([account, usedOn]) => {
      const used = usedOn(day);
      return used === null ? [] : [recordText(account, day, {}, [`"ConsumedQuantity":${used}`, ...more(account, day)].join(','))];
    });
    upstream.put(east, day, ...records);
  }
  await scene.sync();
}

const person = (scope: string | null): Person => ({ id: 'p', name: 'Pat', email: null, role: 'administrator', scope });

test('a spike, an outage and new spend are found, and people can acknowledge and mute them', async () => {
  await read({
    steady: () => 3_000_000,
    spiking: (day) => (day === '2026-11-05' ? 300_000_000 : 30_000_000),
    failing: (day) => (day === '2026-11-07' ? null : 30_000_000),
    fresh: (day) => (day < '2026-11-01' ? null : 40_000_000),
  });
  await expect.poll(async () => (await spend.anomalies(of, {})).open, patiently).toBe(3);
  const { rows } = await spend.anomalies(of, {});
  expect(rows.map(({ accountId, kind, from, to }) => [accountId, kind, from, to])).toEqual([
    ['fresh', 'new', '2026-11-01', '2026-11-09'],
    ['spiking', 'up', '2026-11-05', '2026-11-05'],
    ['failing', 'down', '2026-11-07', '2026-11-07'],
  ]);
  // 270 of the 300 million of that day were unusual, at 0.30 a million
  expect(rows[1]).toMatchObject({
    accountName: 'Account spiking',
    organizationName: 'Name of east',
    metricName: 'Workers Standard Requests',
    impact: '81',
    currency: 'USD',
    used: 300_000_000,
    usual: 30_000_000,
    acknowledged: null,
  });
  expect(Number(rows[2]?.impact)).toBeLessThan(-7);

  const { organizationId, accountId, metric, unit, from } = rows[1] ?? rows[0] ?? expect.unreachable();
  const about = { organizationId, accountId, metric, unit };
  const mark = { at: '2026-11-10T12:00:00.000Z', by: { id: 'p', name: 'Pat' } };
  expect(await spend.markAnomaly(person(null), { ...about, from, marked: true })).toEqual(mark);
  expect(await spend.markAnomaly(person(null), { ...about, accountId: 'failing', from: null, marked: true })).toEqual(mark);
  expect((await spend.anomalies(of, {})).rows.map((row) => row.accountId)).toEqual(['fresh']);
  const all = await spend.anomalies(of, { show: 'all' });
  expect([all.open, all.total]).toEqual([1, 3]);
  expect(all.rows.map(({ acknowledged, muted }) => [acknowledged, muted])).toEqual([
    [null, null],
    [mark, null],
    [null, { ...mark, until: '2027-02-08T12:00:00.000Z' }],
  ]);
  expect(await spend.markAnomaly(person(null), { ...about, from, marked: false })).toBeNull();
  expect((await spend.anomalies(of, {})).open).toBe(2);
  await expect(spend.markAnomaly(person(west), { ...about, from, marked: true })).rejects.toMatchObject({
    report: { code: 'out_of_scope' },
  });

  // a mute ends by itself, and may begin again
  scene.clock.set('2027-02-08T12:00:01Z');
  expect((await spend.anomalies(of, {})).open).toBe(3);
  const again = await spend.markAnomaly(person(null), { ...about, accountId: 'failing', from: null, marked: true });
  expect(again?.at).toBe('2027-02-08T12:00:01.000Z');
  expect((await spend.anomalies(of, {})).open).toBe(2);
});

test('what is billed in another currency is judged in that, beside what is estimated', async () => {
  const spike = (day: Day) => (day === '2026-11-05' ? 300_000_000 : 30_000_000);
  const euros = (day: Day) => `"BilledCost":${spike(day) / 10_000_000},"BillingCurrency":"EUR"`;
  await read({ billed: spike, estimated: spike }, (account, day) => (account === 'billed' ? [euros(day)] : []));
  await expect.poll(async () => (await spend.anomalies(of, {})).open, patiently).toBe(2);
  const { rows } = await spend.anomalies(of, {});
  expect(rows.map(({ accountId, impact, currency }) => [accountId, impact, currency])).toEqual([
    ['estimated', '81', 'USD'],
    ['billed', '27', 'EUR'],
  ]);
});
