import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parquetFile } from '../../cli/testing/import-file.ts';
import { readParquet, TooMuchToRead } from './parquet.ts';

const most = { rows: 5_000, text: 1_000_000 };

/** The rows of a query that was written as Parquet and read again. */
async function rowsOf(query: string): Promise<(readonly (string | null)[])[]> {
  const path = join(tmpdir(), `canopy-${crypto.randomUUID()}.parquet`);
  await writeFile(path, await parquetFile(query));
  try {
    return await readParquet(path, most, async ({ batches }) => {
      const rows: (readonly (string | null)[])[] = [];
      for await (const batch of batches) rows.push(...batch);
      return rows;
    });
  } finally {
    await rm(path);
  }
}

describe('a Parquet file', () => {
  test('is read as text, as it is stored', async () => {
    expect(await rowsOf(`select 0.10::decimal(9, 2) as a, null::text as b, map {'k': [1]} as c, 'x' as file_row_number`)).toEqual(
      [['0.10', null, '{"k":[1]}', 'x']],
    );
    expect(await rowsOf('select 1 as a from range(0)')).toEqual([]);
    expect(await rowsOf('select 1 as a from range(5000)')).toHaveLength(5_000);
  });

  test.each([
    ['more rows than are read', 'select 1 as a from range(5001)', 'more than 5,000 rows'],
    ['more text than is read', `select repeat('x', 400) as a from range(3000)`, 'more than 0.001 GB of text'],
    ['a row that is too long', `select repeat('x', 40000) as a`, '32 kB of text'],
    ['more text in a list than is read', `select [repeat('x', 400)] as a from range(3000)`, 'more than 0.001 GB of text'],
  ])('that has %s is refused before a row is handed out', async (_, query, why) => {
    const refusal = await rowsOf(query).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TooMuchToRead);
    expect((refusal as Error).message).toContain(why);
  });
});
