import { expect, test } from 'vitest';
import { Database } from './database.ts';

test('closing waits for the reads that have begun', async () => {
  const database = await Database.open(':memory:');
  const reads = Array.from({ length: 8 }, () =>
    database.read<{ n: number }>('select count(*)::int as n from range(200000) a(i) where hash(i) % 7 = 1'),
  );
  await database.close();
  const counted = await Promise.all(reads);
  expect(new Set(counted.map(([row]) => row?.n)).size).toBe(1);
});
