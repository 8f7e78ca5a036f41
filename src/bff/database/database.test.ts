import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MemoryExhausted, DatabaseUnavailable, DuplicateKeyError } from './errors.ts';
import { openDatabase } from './open.ts';
import type { Database } from './open.ts';

let folder: string;
let database: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canopy-database-'));
  database = await openDatabase(join(folder, 'canopy.db'));
});
afterEach(async () => {
  await database.close().catch(() => undefined); // some tests close it themselves
  await rm(folder, { recursive: true });
});

const setting = (name: string, value: string) => database.query.insertInto('usage_setting').values({ name, value });
const readSetting = (name: string) =>
  database.query.selectFrom('usage_setting').select('value').where('name', '=', name).executeTakeFirst();

test('a long answer is read in turns: others go on meanwhile', async () => {
  const words = sql<{
    name: string;
  }>`select lpad(cast(n as text), 40, 'x') as name, cast(n as decimal(18,6)) as amount from range(60000) as many(n)`;
  let answered = false;
  let longest = 0;
  const began = performance.now();
  let last = began;
  const watch = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    if (!answered) setImmediate(watch);
  };
  watch();
  const { rows } = await words.execute(database.query);
  answered = true;
  const whole = performance.now() - began;
  watch();
  expect(rows).toHaveLength(60_000);
  expect(longest).toBeLessThan(whole / 3);
});

describe('one file', () => {
  test('keeps what was committed, and leaves no log beside it', async () => {
    await setting('a', '1').execute();
    await database.close();
    expect(await readdir(folder)).toEqual(['canopy.db']);
    database = await openDatabase(join(folder, 'canopy.db'));
    expect(await readSetting('a')).toEqual({ value: '1' });
  });

  test('refuses to be opened twice in one process', async () => {
    await expect(openDatabase(join(folder, 'canopy.db'))).rejects.toThrow(DatabaseUnavailable);
  });

  test('tells a second process who holds it, in one sentence', async () => {
    const path = join(folder, 'other.db');
    const holder = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `import { DuckDBInstance } from '@duckdb/node-api';
       await DuckDBInstance.create(${JSON.stringify(path)});
       console.log('open');
       process.stdin.resume();`,
    ]);
    await once(holder.stdout, 'data');
    await expect(openDatabase(path)).rejects.toThrow(
      `${path} is in use by another process (${holder.pid}): stop it, or set CANOPY_DATA_DIR to another folder.`,
    );
    holder.kill();
    await once(holder, 'exit');
  });

  test('says why a file that is no database cannot be opened', async () => {
    await expect(openDatabase(import.meta.filename)).rejects.toThrow(/cannot be opened/);
  });
});

describe('statements', () => {
  test('a duplicate key is an error of our own', async () => {
    await setting('a', '1').execute();
    await expect(setting('a', '2').execute()).rejects.toThrow(DuplicateKeyError);
  });

  test('values leave exact, and times as RFC 3339', async () => {
    const { rows } = await sql`
      select cast('12345678901234567890.123456789012' as decimal(38, 12)) as "decimal",
             count(*) as count, date '2026-02-28' as "day",
             cast(${'2026-02-28T23:00:00.120Z'} as timestamptz) as "time",
             cast(${new Date(0)} as timestamptz) as epoch`.execute(database.query);
    expect(rows).toEqual([
      {
        decimal: '12345678901234567890.123456789012',
        count: '1',
        day: '2026-02-28',
        time: '2026-02-28T23:00:00.120Z',
        epoch: '1970-01-01T00:00:00.000Z',
      },
    ]);
  });

  test('lists are parameters, empty ones too', async () => {
    await setting('a', '1').execute();
    const found = async (names: string[]) =>
      (await sql`select name from usage_setting where name = any(${names}::text[])`.execute(database.query)).rows;
    expect(await found(['a', 'b'])).toEqual([{ name: 'a' }]);
    expect(await found([])).toEqual([]);
  });

  test('a transaction that throws leaves nothing', async () => {
    const failing = database.query.transaction().execute(async (transaction) => {
      await transaction.insertInto('usage_setting').values({ name: 'a', value: '1' }).execute();
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await readSetting('a')).toBeUndefined();
  });

  test('writers of one row wait for each other', async () => {
    await setting('n', '0').execute();
    const increment = () =>
      database.query.transaction().execute(async (transaction) => {
        const { value } = await transaction
          .selectFrom('usage_setting')
          .select('value')
          .where('name', '=', 'n')
          .executeTakeFirstOrThrow();
        await transaction
          .updateTable('usage_setting')
          .set({ value: String(Number(value) + 1) })
          .where('name', '=', 'n')
          .execute();
      });
    await Promise.all(Array.from({ length: 10 }, increment));
    expect(await readSetting('n')).toEqual({ value: '10' });
  });

  test('a snapshot sees one state, changes nothing and holds nobody up', async () => {
    await setting('a', '1').execute();
    await database.snapshot(async (snapshot) => {
      const read = () => snapshot.selectFrom('usage_setting').select('value').execute();
      expect(await read()).toEqual([{ value: '1' }]);
      await setting('b', '2').execute();
      expect(await read()).toEqual([{ value: '1' }]);
      await expect(snapshot.deleteFrom('usage_setting').execute()).rejects.toThrow(/read-only/i);
    });
  });

  test('a snapshot that finds no memory is begun again, and not for ever', async () => {
    let begun = 0;
    const read = (needed: (time: number) => number) =>
      database.snapshot(async (snapshot) => {
        begun++;
        const { rows } = await sql<{ length: string }>`
          select len(list(generate_series)) as length from generate_series(1, ${needed(begun)}::bigint)`.execute(snapshot);
        return Number(rows[0]?.length);
      });
    expect(await read((time) => (time < 3 ? 20_000_000 : 10))).toBe(10);
    expect(begun).toBe(3);
    await expect(read(() => 20_000_000)).rejects.toBeInstanceOf(MemoryExhausted);
  });

  test('a load that finds no memory says so, and leaves nothing', async () => {
    const load = database.load(async ({ query }) => {
      await query.insertInto('usage_setting').values({ name: 'lost', value: '1' }).execute();
      await sql`select len(list(generate_series)) from generate_series(1, 20000000)`.execute(query);
    });
    await expect(load).rejects.toBeInstanceOf(MemoryExhausted);
    let begun = 0;
    const repeated = database.repeatableLoad(async ({ query }) => {
      const needed = ++begun < 3 ? 20_000_000 : 10;
      const { rows } = await sql<{ length: string }>`
        select len(list(generate_series)) as length from generate_series(1, ${needed}::bigint)`.execute(query);
      return rows[0]?.length;
    });
    expect(await repeated).toBe('10');
    expect(await database.query.selectFrom('usage_setting').selectAll().where('name', '=', 'lost').execute()).toEqual([]);
  });

  test('two snapshots are read at a time', async () => {
    let reading = 0;
    let most = 0;
    let meet = (): void => undefined;
    const met = new Promise<void>((resolve) => (meet = resolve));
    await Promise.all(
      Array.from({ length: 6 }, () =>
        database.snapshot(async (snapshot) => {
          most = Math.max(most, ++reading);
          if (reading === 2) meet();
          await met; // the first waits for the second, however long its connection takes
          await sql`select 1`.execute(snapshot);
          reading--;
        }),
      ),
    );
    expect(most).toBe(2);
  });

  test('long answers stream', async () => {
    let rows = 0;
    const long = sql<{ n: string }>`(select generate_series as n from generate_series(1, 5000))`;
    for await (const _ of database.query.selectFrom(long.as('numbers')).selectAll().stream()) rows++;
    expect(rows).toBe(5000);
  });

  test('a stream that finds no memory says so like every other answer', async () => {
    const heaped = sql<{ all: unknown }>`(select list(i) as "all" from range(30000000) as numbers (i))`;
    const rows = database.query.selectFrom(heaped.as('heap')).selectAll().stream()[Symbol.asyncIterator]();
    await expect(rows.next()).rejects.toBeInstanceOf(MemoryExhausted);
  });
});

describe('loading', () => {
  test('appended rows and statements are one transaction', async () => {
    const load = database.load(async (load) => {
      const appender = await load.appender('usage_setting');
      appender.append([
        ['a', 'b'],
        ['1', '2'],
      ]);
      appender.close();
      await load.query.updateTable('usage_setting').set({ value: '3' }).where('name', '=', 'b').execute();
      throw new Error('stop');
    });
    await expect(load).rejects.toThrow('stop');
    expect(await readSetting('a')).toBeUndefined();

    await database.load(async (load) => {
      const appender = await load.appender('usage_setting');
      appender.append([['c'], ['1']]);
      appender.close();
    });
    expect(await readSetting('c')).toEqual({ value: '1' });
  });
});

/** A file in its format, with what was said at its end. */
async function taken<R>(file: AsyncGenerator<Uint8Array, R>): Promise<{ text: string; end: R }> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const next = await file.next();
    if (next.done) return { text: Buffer.concat(pieces).toString(), end: next.value };
    pieces.push(next.value);
  }
}
const still = new AbortController().signal;

describe('a file taken out', () => {
  async function* selects(...values: string[]) {
    for (const value of values) yield sql`select ${value} as name, cast(null as text) as nothing, '' as empty`;
  }

  test('holds the rows of all selects under one header, the first of them before the last are looked for', async () => {
    let asked = 0;
    async function* counted() {
      for await (const select of selects('a', 'b,"c"')) {
        asked++;
        yield select;
      }
    }
    const file = database.extract((extract) => extract.file(counted(), { kind: 'csv', quoted: ['name'] }), still);
    expect([Buffer.from((await file.next()).value as Uint8Array).toString(), asked]).toEqual([
      '"name",nothing,empty\n"a",,""\n',
      1,
    ]);
    expect(await readdir(join(folder, 'canopy.db.files'))).toEqual([]);
    expect(await taken(file)).toEqual({ text: '"b,""c""",,""\n', end: 2 });
  });

  test('is left where it is, and the next one may be taken', async () => {
    const leave = new AbortController();
    const never = sql`select sum(a.n * b.n) as name from generate_series(1, 1000000) as a(n), generate_series(1, 1000000) as b(n)`;
    async function* endless() {
      yield* selects('a');
      yield never;
    }
    const file = database.extract((extract) => extract.file(endless(), { kind: 'parquet' }), leave.signal);
    await file.next();
    const second = file.next();
    const next = taken(database.extract((extract) => extract.file(selects('b'), { kind: 'parquet' }), still));
    setTimeout(() => leave.abort(), 50);
    await expect(second).rejects.toThrow(/interrupt/i);
    expect((await next).end).toBe(1);
    expect(await readdir(join(folder, 'canopy.db.files'))).toEqual([]);
  });

  test('is not found after a process that was killed while writing', async () => {
    await database.close();
    await mkdir(join(folder, 'canopy.db.files', 'file-half'), { recursive: true });
    database = await openDatabase(join(folder, 'canopy.db'));
    expect(await readdir(folder)).not.toContain('canopy.db.files');
  });

  test('leaves nothing where it could not be written, and lets the next one in', async () => {
    const failing = database.extract((extract) => extract.file(selects('a'), { kind: 'csv', quoted: ['no such column'] }), still);
    await expect(taken(failing)).rejects.toThrow();
    expect(await readdir(join(folder, 'canopy.db.files'))).toEqual([]);
    const file = database.extract((extract) => extract.file(selects('a'), { kind: 'parquet' }), still);
    expect((await taken(file)).text).toMatch(/^PAR1[^]*PAR1$/);
    await database.close();
    expect(await readdir(folder)).toEqual(['canopy.db']);
  });
});

// of every part in which rows are deleted the engine holds so much that 250 at once are more than there is
test.each([9, 250])('a small table that was written in %i bits becomes one part', { timeout: 60_000 }, async (bits) => {
  for (let records = 1; records <= bits; records++) {
    await database.query
      .insertInto('usage_note')
      .values({ organization_id: 'o', day: '2026-11-01', kind: 'k', detail: '', records, source: 'cloudflare' })
      .execute();
    await sql`checkpoint`.execute(database.query); // waits for the disk, as the insert does: 500 times in all
  }
  const parts = async () =>
    (
      await sql<{ parts: string }>`select count(distinct row_group_id) as parts from pragma_storage_info('usage_note')`.execute(
        database.query,
      )
    ).rows[0]?.parts;
  expect(await parts()).toBe(String(bits));
  await database.compact(still);
  expect(await parts()).toBe('1');
  const { records } = await database.query
    .selectFrom('usage_note')
    .select((row) => row.fn.sum<string>('records').as('records'))
    .executeTakeFirstOrThrow();
  expect(records).toBe(String((bits * (bits + 1)) / 2));
});

describe('a large table', () => {
  const rows = 250_000;
  const fill = (from: number, to: number) =>
    sql`insert into usage_note (organization_id, day, kind, detail, records)
      select 'o', date '2026-11-01', 'k', '', n from generate_series(${from}::bigint, ${to}::bigint) as s(n)`.execute(
      database.query,
    );
  const stored = async () =>
    (
      await sql<{ stored: string; parts: string }>`
        select (select estimated_size from duckdb_tables() where table_name = 'usage_note') as stored, count(distinct row_group_id) as parts
        from pragma_storage_info('usage_note')`.execute(database.query)
    ).rows[0];
  const content = async () =>
    (
      await sql<{ rows: string; sum: string; different: string }>`
        select count(*) as rows, sum(records) as sum, count(distinct records) as different from usage_note`.execute(
        database.query,
      )
    ).rows[0];

  test('has its gaps closed once they are many', async () => {
    await fill(1, rows);
    const remove = (from: number, to: number) =>
      database.query.deleteFrom('usage_note').where('records', '>=', from).where('records', '<', to).execute();
    await remove(1, 10_001);
    await database.compact(still);
    expect((await stored())?.stored).toBe(String(rows));
    await remove(10_001, 100_001);
    const before = await content();
    await database.compact(still);
    const left = Number((await stored())?.stored); // what was moved twice leaves a small gap
    expect(left).toBeGreaterThanOrEqual(rows - 100_000);
    expect(left).toBeLessThan((rows - 100_000) * 1.02);
    expect(await content()).toEqual(before);
  });

  test('has its parts joined once they are many, also beside loads', async () => {
    for (let part = 0; part < 40; part++) {
      await fill(part * 2000 + 1, part * 2000 + 2000);
      await sql`checkpoint`.execute(database.query);
    }
    expect((await stored())?.parts).toBe('40');
    const joined = database.compact(still);
    for (const extra of [1, 2, 3])
      await database.load(async ({ query }) => {
        await query.deleteFrom('usage_note').where('records', '=', extra).execute();
        await query
          .insertInto('usage_note')
          .values({
            organization_id: 'o',
            day: '2026-11-02',
            kind: 'k',
            detail: '',
            records: 80_000 + extra,
            source: 'cloudflare',
          })
          .execute();
      });
    await joined;
    const sum = (80_000 * 80_001) / 2 - 6 + 240_006;
    expect(await content()).toEqual({ rows: '80000', sum: String(sum), different: '80000' });
    expect(Number((await stored())?.parts)).toBeLessThan(8);
  });

  test('is left as it is where there is other work', async () => {
    for (let part = 0; part < 12; part++) {
      await fill(part + 1, part + 1);
      await sql`checkpoint`.execute(database.query);
    }
    await database.compact(AbortSignal.abort());
    expect((await stored())?.parts).toBe('12');
  });
});

describe('memory', () => {
  const limit = async () =>
    (await sql<{ limit: string }>`select current_setting('memory_limit') as limit`.execute(database.query)).rows[0]?.limit;
  /** More than lie between two looks through the engine's list of blocks. */
  const loads = async (name: string) => {
    for (let count = 1; count <= 70; count++)
      await database.repeatableLoad(async (load) => {
        await load.query.deleteFrom('usage_setting').where('name', '=', name).execute();
        await load.query
          .insertInto('usage_setting')
          .values({ name, value: String(count) })
          .execute();
      });
  };
  /** Does not fit into the limit: it goes through temporary files. */
  const large = sql<{ rows: string; last: string }>`
    select count(*) as rows, max(text) as last from (
      select text, row_number() over (order by text desc) as place
      from (select lpad(cast(n as text), 60, '0') as text from generate_series(1, 400000) as s(n)) as texts) as sorted`;

  test('is looked through while questions go on, which lose nothing, and its limit stays', async () => {
    const before = await limit();
    const answers = database.snapshot((query) => large.execute(query));
    await loads('a');
    expect((await answers).rows).toEqual([{ rows: '400000', last: '400000'.padStart(60, '0') }]);
    expect([await limit(), await readSetting('a')]).toEqual([before, { value: '70' }]);
  });

  test('has the limit of files until the last file is written, whatever is loaded meanwhile', async () => {
    const usual = await limit();
    const file = database.extract(async function* () {
      const before = await limit();
      await loads('a');
      yield new Uint8Array(0);
      return [before, await limit()];
    }, still);
    const { end: during } = await taken(file);
    expect(during[0]).not.toBe(usual);
    expect(during[1]).toBe(during[0]);
    await loads('b');
    expect([await limit(), await readSetting('a'), await readSetting('b')]).toEqual([usual, { value: '70' }, { value: '70' }]);
  });

  test('is shared: a file is written in turn with loads and questions, and all of them end', async () => {
    async function* selects() {
      for (let count = 1; count <= 5; count++) yield sql`select ${String(count)} as name`;
    }
    const [file, , , answer] = await Promise.all([
      taken(database.extract((extract) => extract.file(selects(), { kind: 'parquet' }), still)),
      loads('a'),
      ...Array.from({ length: 4 }, () => database.snapshot((query) => large.execute(query))),
    ]);
    expect([file.end, answer?.rows[0]?.rows, await readSetting('a')]).toEqual([5, '400000', { value: '70' }]);
  });
});
