import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { openDatabase } from '../database/open.ts';
import type { Database } from '../database/open.ts';
import { accountBatches, ofAccounts } from './account-batches.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase(':memory:');
  const series = [
    [1, 'east', 'a'],
    [2, 'east', 'a'],
    [3, 'east', 'b'],
    [4, 'east', null],
    [5, 'east', 'c'],
    [6, 'west', 'd'],
  ] as const;
  for (const [id, organization, account] of series) {
    await sql`insert into usage_series (series_id, organization_id, key, account_id) values (${id}, ${organization}, '', ${account})`.execute(
      database.query,
    );
    await sql`insert into usage_record (series_id, day, counted) values (${id}, '2026-10-05', true)`.execute(database.query);
  }
});
afterAll(() => database.close());

const october = { from: '2026-10-01', to: '2026-11-01' };
const batches = async (organization: string, series: number, days = october) => {
  const found: (readonly string[])[] = [];
  for await (const batch of accountBatches(database.query, organization, days, series)) found.push(batch);
  return found;
};

test('every account is in one batch, and a batch has about as many series as it may', async () => {
  expect(await batches('east', 2)).toEqual([
    ['', 'a'],
    ['b', 'c'],
  ]);
  expect(await batches('east', 1)).toEqual([[''], ['a'], ['b'], ['c']]);
  expect(await batches('east', 100)).toEqual([['', 'a', 'b', 'c']]);
  expect(await batches('nobody', 100)).toEqual([]);
  expect(await batches('east', 100, { from: '2026-11-01', to: '2026-12-01' })).toEqual([]); // nothing was used
});

test('no account is among them', async () => {
  const { rows } = await sql<{ id: number }>`
    select series_id as id from usage_series where ${ofAccounts(['', 'c'])} order by 1`.execute(database.query);
  expect(rows.map(({ id }) => id)).toEqual([4, 5]);
});
