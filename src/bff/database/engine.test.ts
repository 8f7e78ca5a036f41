import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Kysely, sql } from 'kysely';
import { DuckDBDialect } from './dialect.ts';
import { Engine } from './engine.ts';
import { EngineStopped } from './errors.ts';

let folder: string;
const open = () => new Engine(join(folder, "it's", 'canopy.db'), 'write');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canopy-engine-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the end waits for what has begun, so that nothing is lost and the next one has the file to itself', async () => {
  const engine = open();
  const connection = await engine.take();
  await connection.run('create table number as select 1 as n');
  await connection.run('begin');
  await connection.run('insert into number values (2)');
  const end = engine.close();
  await expect(engine.take()).rejects.toThrow('The database is closed.');
  await connection.run('commit');
  engine.give(connection);
  expect(await end).toBe(true);
  await expect(connection.run('select 1')).rejects.toThrow();
  expect(await readdir(join(folder, "it's"))).toEqual(['canopy.db']);
  const again = open();
  expect((await again.use((own) => own.runAndReadAll('select n from number'))).getRowsJson()).toEqual([[1], [2]]);
  expect(await again.close()).toBe(true);
});

test('the end does not wait for ever, and says that the file is still in use', async () => {
  const engine = open();
  const connection = await engine.take();
  expect(await engine.close(20)).toBe(false);
  engine.give(connection);
  await expect(connection.run('select 1')).rejects.toThrow();
});

test('is renewed while nobody has a connection, whatever was left half read, and loses nothing', async () => {
  const engine = open();
  const query = new Kysely<{ number: { n: number } }>({ dialect: new DuckDBDialect(engine) });
  await sql`create table number as select n from generate_series(1, 100000) as s(n)`.execute(query);
  for (let round = 1; round <= 3; round++) {
    for await (const row of query.selectFrom('number').selectAll().stream()) {
      expect(row).toHaveProperty('n');
      expect(await engine.renew()).toBe(false);
      break;
    }
    await query
      .transaction()
      .setAccessMode('read only')
      .execute(async (transaction) => {
        for await (const row of transaction.selectFrom('number').selectAll().stream()) if (row) break;
      });
    expect(await engine.renew()).toBe(true);
    const asked = query.selectFrom('number').select((row) => row.fn.countAll<string>().as('rows'));
    const [answer] = await Promise.all([asked.execute(), engine.renew(), query.insertInto('number').values({ n: 0 }).execute()]);
    expect(Number(answer[0]?.rows)).toBeGreaterThanOrEqual(99_999 + round);
  }
  await engine.close();
  expect(await readdir(join(folder, "it's"))).toEqual(['canopy.db']);
});

test('what asks while it is renewed waits for it', async () => {
  const engine = open();
  await engine.use((connection) => connection.run('create table number as select 1 as n'));
  const renewed = engine.renew();
  const answers = Array.from({ length: 3 }, () =>
    engine.use((connection) => connection.runAndReadAll('select sum(n)::integer from number')),
  );
  expect((await Promise.all(answers)).map((answer) => answer.getRowsJson())).toEqual([[[1]], [[1]], [[1]]]);
  expect(await renewed).toBe(true);
  await engine.close();
});

test('a connection whose transaction could not be ended takes it with itself', async () => {
  const engine = open();
  await engine.use((connection) => connection.run('create table number as select 1 as n'));
  const held = await engine.take();
  await held.run('begin');
  await held.run('delete from number');
  const remove = () => engine.use((connection) => connection.run('delete from number'));
  await expect(remove()).rejects.toThrow(/conflict/i);
  engine.give(held, 'unclean');
  await remove();
  await engine.close();
});

test('an engine that stopped is opened again when nobody has a connection to it, and nothing that was committed is lost', async () => {
  const engine = open();
  const query = new Kysely<{ number: { n: number } }>({ dialect: new DuckDBDialect(engine) });
  await sql`create table number as select 1 as n`.execute(query);
  const held = await engine.take();
  await engine.use((connection) => connection.run(`set global debug_checkpoint_abort = 'before_header'`));
  await engine.checkpoint(); // stops the engine halfway
  await expect(query.selectFrom('number').selectAll().execute()).rejects.toThrow(EngineStopped);
  await expect(held.run('select n from number')).rejects.toThrow();
  engine.give(held);
  expect(await query.selectFrom('number').selectAll().execute()).toEqual([{ n: 1 }]);
  await query.insertInto('number').values({ n: 2 }).execute();
  expect(await engine.renew()).toBe(true);
  expect(await query.selectFrom('number').selectAll().execute()).toHaveLength(2);
  await engine.close();
  expect(await readdir(join(folder, "it's"))).toEqual(['canopy.db']);
});
