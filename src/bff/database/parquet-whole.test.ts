import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WholeParquet } from './parquet-whole.ts';

let engine: DuckDBInstance;
let connection: DuckDBConnection;
let folder: string;
let whole: string;

/** Words that repeat, words that do not, and each kind of value that our files have, some of it empty. */
const rows = (from: number, to: number) => `
  select r as id, 'word ' || (r % 7) as word, 'text ' || r as text, case when r % 3 > 0 then cast(r * 1.5 as decimal(38, 12)) end as number,
    timestamptz '2026-01-01' + to_hours(cast(r as integer)) as time, r % 2 = 0 as even, cast(null as text) as empty
  from range(${from}, ${to}) as numbers(r)`;
const parts = [
  [0, 9_000],
  [9_000, 9_000],
  [9_000, 9_001],
  [9_001, 40_000],
] as const;
const ask = async (text: string) => (await connection.runAndReadAll(text)).getRowsJson();

async function part(from: number, to: number): Promise<Uint8Array> {
  const path = join(folder, 'part');
  await connection.run(`copy (${rows(from, to)}) to '${path}' (format parquet, compression zstd, row_group_size 6144)`);
  return readFile(path);
}

beforeAll(async () => {
  engine = await DuckDBInstance.create(':memory:', { threads: '1', temp_directory: '' });
  connection = await engine.connect();
  folder = await mkdtemp(join(tmpdir(), 'canopy-parquet-'));
  whole = join(folder, 'whole.parquet');
  const file = new WholeParquet();
  const pieces: Uint8Array[] = [];
  for (const [from, to] of parts) pieces.push(file.add(await part(from, to)));
  await writeFile(whole, [...pieces, file.end()]);
});
afterAll(async () => {
  connection.closeSync();
  engine.closeSync();
  await rm(folder, { recursive: true });
});

test('holds the rows of all parts in their order', async () => {
  const columns = ['word', 'text', 'number', 'time', 'even', 'empty'];
  const other = columns.map((name) => `a.${name} is distinct from b.${name}`).join(' or ');
  const both = `'${whole}' as a full join (${rows(0, 40_000)}) as b using (id)`;
  expect(await ask(`select count(*), count(a.id), count(b.id), count(*) filter (${other}) from ${both}`)).toEqual([
    ['40000', '40000', '40000', '0'],
  ]);
  expect(await ask(`select count(*) from '${whole}' where id <> file_row_number`)).toEqual([['0']]);
});

test('names the place of every group, page and filter, so that single rows are found', async () => {
  const [[groups, counted] = []] = await ask(`select num_row_groups, num_rows from parquet_file_metadata('${whole}')`);
  expect([groups, counted]).toEqual(['9', '40000']);
  for (const row of [8_999, 9_000, 9_001, 39_999])
    expect(
      await ask(`select id, word from '${whole}' where text = 'text ${row}' and number is not distinct from
      (select number from (${rows(row, row + 1)}))`),
    ).toEqual([[String(row), `word ${row % 7}`]]);
  const starts = await ask(`select distinct row_group_id, min(coalesce(dictionary_page_offset, data_page_offset))
    over (partition by row_group_id) as start from parquet_metadata('${whole}') order by 1`);
  const places = starts.map(([, start]) => Number(start));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(new Set(places).size).toBe(9);
});

test('may have no rows', async () => {
  const file = new WholeParquet();
  await writeFile(whole.replace('whole', 'none'), [file.add(await part(5, 5)), file.end()]);
  expect(await ask(`select count(*), count(distinct columns(*)) from '${whole.replace('whole', 'none')}'`)).toEqual([
    ['0', ...Array.from({ length: 7 }, () => '0')],
  ]);
});

test('a footer that is cut short is no footer', async () => {
  const whole = await part(0, 10);
  const bytes = Buffer.concat([whole.subarray(0, 4), new Uint8Array([2, 0, 0, 0]), Buffer.from('PAR1')]);
  expect(() => new WholeParquet().add(bytes)).toThrow('cut short');
});
