import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SpendRankingQuestion } from '../../../contract/canopy/spend.ts';
import { east, root, Scene, usd, west } from '../../../cli/testing/usage-scene.ts';
import { recordText } from '../testing.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open();
});
afterEach(async () => {
  await scene.close();
});

const asked = (more: Partial<SpendRankingQuestion> = {}): SpendRankingQuestion => ({
  organization: root,
  descendants: true,
  measure: { kind: 'cost', column: 'BilledCost', currency: 'USD' },
  from: '2026-11-05',
  to: '2026-11-09',
  filters: [],
  compare: { from: '2026-11-01', to: '2026-11-05' },
  ...more,
});
const family = (name: string) => ({ x_ProductFamilyId: name, x_ProductFamilyName: `Family ${name}` });

test('all accounts by what they cost, with their largest product and the last day they sent anything', async () => {
  scene.upstream.put(
    east,
    '2026-11-06',
    recordText('a', '2026-11-06', family('r2'), usd('1.25')),
    recordText('a', '2026-11-06', family('workers'), usd('1')),
    recordText('b', '2026-11-06', family('workers'), usd('8')),
  );
  scene.upstream.put(east, '2026-11-09', recordText('b', '2026-11-09', family('workers'), usd('4')));
  scene.upstream.put(west, '2026-11-02', recordText('gone', '2026-11-02', family('r2'), usd('3')));
  await scene.sync();

  const ranking = await scene.spend.rankAccounts(null, asked());
  expect(
    ranking.accounts.map(({ key, label, organization, total, previous, product, lastDay }) => [
      key,
      label,
      organization,
      total,
      previous,
      product,
      lastDay,
    ]),
  ).toEqual([
    ['b', 'Account b', 'Name of east', '8', null, { label: 'Family workers' }, '2026-11-09'],
    ['a', 'Account a', 'Name of east', '2.25', null, { label: 'Family r2' }, '2026-11-06'],
    ['gone', 'Account gone', 'Name of west', null, '3', null, '2026-11-02'],
  ]);
  expect(ranking).toMatchObject({ total: '10.25', previous: '3', expected: null, month: null, notFinal: 0 });

  const workers = await scene.spend.rankAccounts(
    null,
    asked({ filters: [{ dimension: 'family', operator: 'is', values: ['workers'] }], compare: null }),
  );
  expect(workers.accounts.map(({ key, total, lastDay }) => [key, total, lastDay])).toEqual([
    ['b', '8', '2026-11-09'],
    ['a', '1', '2026-11-06'],
  ]);
  const r2 = await scene.spend.rankAccounts(null, asked({ filters: [{ dimension: 'family', operator: 'is', values: ['r2'] }] }));
  expect(r2.accounts.map(({ key, total, previous, lastDay }) => [key, total, previous, lastDay])).toEqual([
    ['a', '1.25', null, '2026-11-06'],
    ['gone', null, '3', '2026-11-02'],
  ]);
  expect(r2.previous).toBe('3');
  expect((await scene.spend.rankAccounts(west, asked({ organization: west }))).accounts.map(({ key }) => key)).toEqual(['gone']);
  await expect(scene.spend.rankAccounts(west, asked())).rejects.toThrow(/out_of_scope/);
  const seats = { kind: 'quantity', metric: 'zero_trust_seats', unit: 'Seats' } as const;
  await expect(scene.spend.rankAccounts(null, asked({ measure: seats }))).rejects.toThrow(/level/);
});

test('what a cost is made of is told for each account, and months of a cost add up to the same', async () => {
  scene.upstream.put(
    east,
    '2026-11-06',
    recordText('a', '2026-11-06', {}, '"ConsumedQuantity":20000000'),
    recordText('b', '2026-11-06', {}, `${usd('5')},"ConsumedQuantity":1`),
  );
  await scene.sync();
  await expect.poll(async () => (await scene.state()).pricing.monthsLeft, { timeout: 5000 }).toBe(0);
  const { accounts } = await scene.spend.rankAccounts(null, asked({ measure: { kind: 'spend', currency: 'USD' } }));
  expect(accounts.map(({ key, total, bases }) => [key, total, bases.map(({ basis }) => basis)])).toEqual([
    ['b', '5', ['billed']],
    ['a', '3', ['estimated']],
  ]);
});
