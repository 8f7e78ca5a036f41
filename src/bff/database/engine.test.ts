import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Engine } from './engine.ts';

let folder: string;
let engine: Engine;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canopy-engine-'));
  engine = new Engine(join(folder, 'canopy.db'), 'write');
});
afterEach(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

const answer = (text: string) => engine.use(async (connection) => (await connection.runAndReadAll(text)).getRowsJson()[0]?.[0]);
/** Kept by an instance for as long as it lives. */
const mark = () => engine.use((connection) => connection.run("set global checkpoint_threshold = '9MB'"));
const marked = async () => (await answer("select current_setting('checkpoint_threshold') like '8.5%'")) === true;

test('a new instance has everything that was written', async () => {
  await engine.use((connection) => connection.run('create table word as select 1 as number'));
  await mark();
  expect(await marked()).toBe(true);
  expect(await engine.renew()).toBe(true);
  expect([await marked(), await answer('select number from word')]).toEqual([false, 1]);
});

test('whoever asks meanwhile waits for it', async () => {
  await mark();
  const renewal = engine.renew();
  const answers = await Promise.all(Array.from({ length: 5 }, () => answer('select 2')));
  expect([answers, await renewal, await marked()]).toEqual([[2, 2, 2, 2, 2], true, false]);
});

test('who holds a connection and waits for a second one gets it, and the instance stays', async () => {
  await mark();
  const both = engine.use(async () => {
    const renewal = engine.renew();
    return [await answer('select 3'), await renewal];
  });
  expect([await both, await marked()]).toEqual([[3, false], true]);
});

test('a statement that ends soon is waited for', async () => {
  await mark();
  const statement = answer('select sum(n) from generate_series(1, 3000000) as s(n)');
  expect([await engine.renew(), await statement, await marked()]).toEqual([true, '4500001500000', false]);
});

test('while somebody writes, nothing happens', async () => {
  await engine.use((connection) => connection.run('create table word (number integer)'));
  await mark();
  await engine.use(async (connection) => {
    await connection.run('begin');
    await connection.run('insert into word values (1)');
    expect(await engine.renew()).toBe(false);
    await connection.run('commit');
  });
  expect([await marked(), await answer('select count(*) from word')]).toEqual([true, '1']);
});
