import { expect, test } from 'vitest';
import { east, everything, Scene } from '../../cli/testing/usage-scene.ts';
import { keepRestatements } from './restatements.ts';
import { recordText } from './testing.ts';

test('of more changes than are listed one by one, it is said how many are not', async () => {
  const scene = await Scene.open();
  const day = '2026-11-08';
  const metrics = ['m1', 'm2', 'm3'];
  scene.upstream.put(
    east,
    day,
    ...metrics.map((x_BillableMetricId) => recordText('a', day, { x_BillableMetricId, ConsumedQuantity: 1 })),
  );
  await scene.sync();
  await scene.database.load(async (load) => {
    await load.query.updateTable('usage_record').set({ consumed_quantity: '2' }).execute();
    await keepRestatements(load, scene.database.query, east, [day], '2026-11-10T12:00:00Z', 1);
  });
  expect((await scene.spend.restatements(everything)).restatements.total).toBe(1);
  expect((await scene.state()).notes).toContainEqual({
    kind: 'unlisted-change',
    text: 'Changes that are not listed one by one, since days that were read again had too many of them. They count.',
    records: 2,
  });
  await scene.close();
});
