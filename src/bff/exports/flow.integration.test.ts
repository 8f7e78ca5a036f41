import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { unzipped } from '../../cli/testing/records-file.ts';
import type { ExportEnd } from '../../contract/canopy/access.ts';
import type { RecordFormat } from '../../contract/canopy/exports.ts';
import { openDatabase } from '../database/open.ts';
import type { Database } from '../database/open.ts';
import { newSha256 } from '../node/digest.ts';
import { HttpServer } from '../node/server.ts';
import { serveDownload } from '../serve-download.ts';
import type { Person, RecordsEnd } from '../services.ts';
import { createExports } from './exports.ts';
import type { ExportsOptions } from './exports.ts';

/*
 * Files of records on their way from a source, which the test holds in its hand, through the archive, the file that waits
 * for slow browsers and the real server to a client on the wire.
 */

const person: Person = { id: 'p', name: 'P', email: 'p@example.com', role: 'administrator', scope: null };
/** As good as random: no compressor holds it back. */
const noise = (kilobytes: number): Uint8Array => randomBytes(kilobytes * 1024);
const pause = 400;

let folder: string;
let database: Database;
let server: HttpServer;
let source: (signal: AbortSignal) => AsyncGenerator<Uint8Array, RecordsEnd>;
let sourceSignal: AbortSignal | null;
let table: () => AsyncGenerator<string>;
let ends: ExportEnd[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canopy-flow-'));
  database = await openDatabase(join(folder, 'canopy.db'));
  ends = [];
  sourceSignal = null;
  // what a file of records asks of the other parts, and nothing more
  const exports = createExports({
    spend: {
      requireRecords: async () => undefined,
      records: (_person: Person, _request: object, signal: AbortSignal) => source((sourceSignal = signal)),
      requireQuestion: async () => undefined,
      export: () => table(),
    },
    access: { export: async () => async (ended: ExportEnd) => void ends.push(ended) },
    clock: { now: () => 0 },
    log: { info: () => undefined, warn: () => undefined },
    newDigest: newSha256,
    database,
  } as unknown as ExportsOptions);
  const app = new Hono();
  app.onError((error) => new Response(error.message, { status: 503 }));
  app.get('/table', async (c) => {
    const asking = { requestId: 'r', priority: 'interactive', signal: c.req.raw.signal } as const;
    const measure = { kind: 'spend', currency: 'USD' } as const;
    const days = { from: '2026-01-01', to: '2026-02-01', granularity: 'day', compare: null } as const;
    const question = { descendants: true, measure, ...days, groupBy: 'account' as const, filters: [], top: 10 };
    const { ticket } = await exports.create(person, 's', { kind: 'spend', format: 'csv', question }, asking);
    return serveDownload(await exports.open(person, 's', ticket, asking));
  });
  app.get('/:format', async (c) => {
    const asking = { requestId: 'r', priority: 'interactive', signal: c.req.raw.signal } as const;
    const format = c.req.param('format') as RecordFormat; // as the tests write it
    const question = { descendants: true, from: '2026-01-01', to: '2026-02-01', filters: [] };
    const body = { kind: 'records', form: 'focus-aligned', format, question, withoutRate: 'zero' } as const;
    const { ticket } = await exports.create(person, 's', body, asking);
    return serveDownload(await exports.open(person, 's', ticket, asking));
  });
  server = await HttpServer.listen('127.0.0.1', 0, pause);
  server.serve(app as never, false, null); // an app without our guards' bindings
});
afterEach(async () => {
  await server.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** What is left beside the database: nothing must be. */
const left = () => readdir(join(folder, 'canopy.db.files')).catch(() => []);
const whole = (rows: number): RecordsEnd => ({ rows, metadata: (proof) => ({ rows, ...proof }) });

/** Asks for a file and reads nothing of it yet. */
async function ask(format: RecordFormat | 'table'): Promise<IncomingMessage> {
  const asked = request({ host: '127.0.0.1', port: server.port, path: `/${format}`, agent: false });
  asked.on('error', () => undefined); // also when the test itself leaves
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response;
}
async function read(response: IncomingMessage): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of response) pieces.push(piece as Uint8Array); // no encoding is set
  return Buffer.concat(pieces);
}

test.each(['csv', 'parquet'] as const)('the first bytes of a %s are sent while its last are not made', async (format) => {
  let make: (piece: Uint8Array) => void = () => undefined;
  const last = new Promise<Uint8Array>((made) => (make = made));
  const first = noise(256);
  source = async function* () {
    yield first;
    yield await last;
    return whole(2);
  };
  const response = await ask(format);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Uint8Array>) {
    pieces.push(piece);
    bytes += piece.byteLength;
    if (bytes > 128 * 1024) make(new Uint8Array([1, 2, 3])); // before, the source had nothing more to give
  }
  const files = unzipped(Buffer.concat(pieces));
  expect(Buffer.concat([first, new Uint8Array([1, 2, 3])]).equals([...files.values()][0] ?? new Uint8Array())).toBe(true);
  expect(JSON.parse(Buffer.from(files.get('metadata.json') ?? []).toString())).toMatchObject({ rows: 2, bytes: 256 * 1024 + 3 });
  expect(ends).toMatchObject([{ outcome: 'complete', rows: 2, bytes: Buffer.concat(pieces).byteLength }]);
  expect(await left()).toEqual([]);
});

test('a failure before the first byte is an answer of its own', async () => {
  source = async function* () {
    yield* [];
    throw new Error('still being priced');
  };
  const response = await ask('csv');
  expect([response.statusCode, Buffer.from(await read(response)).toString()]).toEqual([503, 'still being priced']);
  expect(await left()).toEqual([]);
});

test('a failure in the middle cuts the connection', async () => {
  let fail: () => void = () => undefined;
  const failure = new Promise<void>((failed) => (fail = failed));
  source = async function* () {
    yield noise(256);
    await failure;
    throw new Error('the disk is full');
  };
  const response = await ask('parquet');
  response.once('data', fail);
  await expect(read(response)).rejects.toThrow('aborted');
  expect(response.complete).toBe(false);
  await vi.waitFor(() => expect(ends).toMatchObject([{ outcome: 'failed', rows: null }]));
  expect(await left()).toEqual([]);
});

test.each(['while it waits for the first byte', 'in the middle'])('a client that leaves %s stops the writing', async (when) => {
  let stopped: () => void = () => undefined;
  const stop = new Promise<void>((done) => (stopped = done));
  source = async function* (signal) {
    try {
      if (when === 'in the middle') yield noise(256);
      await new Promise((_, refuse) => signal.addEventListener('abort', () => refuse(signal.reason as Error)));
      return whole(1);
    } finally {
      stopped();
    }
  };
  const asked = request({ host: '127.0.0.1', port: server.port, path: '/parquet', agent: false });
  asked.on('error', () => undefined);
  asked.end();
  if (when === 'in the middle') await once(asked, 'response');
  else await vi.waitFor(() => expect(sourceSignal).not.toBeNull());
  asked.destroy();
  await stop;
  await vi.waitFor(() => expect(ends.map(({ outcome }) => outcome)).toEqual(when === 'in the middle' ? ['abandoned'] : []));
  expect(await left()).toEqual([]);
});

/** More than the system holds between two programs. */
async function* much(): AsyncGenerator<Uint8Array, RecordsEnd> {
  for (let count = 0; count < 96; count++) yield noise(256);
  return whole(96);
}

test('a slow client holds nothing up, and gets the whole file', async () => {
  let made: () => void = () => undefined;
  const end = new Promise<void>((done) => (made = done));
  source = async function* () {
    const result = yield* much();
    made();
    return result;
  };
  const response = await ask('parquet');
  await end; // while nothing was read
  let taken = 0;
  for await (const piece of response as AsyncIterable<Uint8Array>) {
    if (taken < 2_000_000) await new Promise((resolve) => setImmediate(resolve));
    taken += piece.byteLength;
  }
  expect(taken).toBeGreaterThan(96 * 256 * 1024);
  expect(ends).toMatchObject([{ outcome: 'complete', rows: 96 }]);
  expect(await left()).toEqual([]);
});

test('a table is out of memory before a slow client has it, and one that cannot be told is an answer of its own', async () => {
  let made: () => void = () => undefined;
  const end = new Promise<void>((done) => (made = done));
  const rows = 40_000;
  table = async function* () {
    for (let row = 0; row < rows; row++) yield `${row},${'x'.repeat(500)}\r\n`;
    made();
  };
  const response = await ask('table');
  await end; // while nothing was read
  const text = Buffer.from(await read(response)).toString();
  expect(text.split('\r\n').at(-2)).toContain(`${rows - 1} rows`);
  table = async function* () {
    yield* [];
    throw new Error('too many amounts');
  };
  const refused = await ask('table');
  expect([refused.statusCode, Buffer.from(await read(refused)).toString()]).toEqual([503, 'too many amounts']);
  expect(await left()).toEqual([]);
});

test('so many are on their way at once, and one that left makes room', async () => {
  source = async function* (signal) {
    yield noise(256);
    await new Promise((_, refuse) => signal.addEventListener('abort', () => refuse(signal.reason as Error)));
    return whole(1);
  };
  const underWay: IncomingMessage[] = [];
  for (let count = 0; count < 8; count++) underWay.push(await ask('parquet'));
  const refused = await ask('csv');
  expect(Buffer.from(await read(refused)).toString()).toContain('8 files of records or spend are on their way already');
  underWay.pop()?.destroy();
  await vi.waitFor(async () => {
    const next = await ask('parquet');
    underWay.push(next);
    expect(next.statusCode).toBe(200);
  });
  for (const response of underWay) response.destroy();
  await vi.waitFor(() => expect(ends).toHaveLength(9));
  expect(await left()).toEqual([]);
});

test('a client that takes nothing for a while is cut off', async () => {
  source = much;
  const response = await ask('parquet');
  await vi.waitFor(() => expect(ends).toMatchObject([{ outcome: 'abandoned', rows: null }]), { timeout: 10_000 });
  await expect(read(response)).rejects.toThrow();
  expect(await left()).toEqual([]);
});

test('a server that works for long is no client that takes nothing', async () => {
  source = async function* () {
    yield noise(1);
    await new Promise((resolve) => setTimeout(resolve, pause * 3));
    return whole(1);
  };
  expect(unzipped(await read(await ask('parquet'))).size).toBe(2);
});
