import { expect, test } from 'vitest';
import { Database } from './database.ts';

test('closing waits for the reads that have begun, and takes no more', async () => {
  const database = await Database.open(':memory:');
  const reads = Array.from({ length: 8 }, () =>
    database.read<{ n: number }>('select count(*)::int as n from range(200000) a(i) where hash(i) % 7 = 1'),
  );
  const closed = database.close();
  await expect(database.read('select 1')).rejects.toThrow('closed');
  await closed;
  const counted = await Promise.all(reads);
  expect(new Set(counted.map(([row]) => row?.n)).size).toBe(1);
});
