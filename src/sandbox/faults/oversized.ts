import { Readable } from 'node:stream';
import { constants, createBrotliCompress, gzipSync } from 'node:zlib';
import { streamOf } from '../envelope.ts';
import { envelopeOf, type FaultAction } from './exchange.ts';

/* Faults of size: answers that do not end, or that are far larger than they look. */

const json = { 'content-type': 'application/json' };
const head = '{"success":true,"errors":[],"messages":[],"result":[';
const tail = ']}';
const mebibyte = 1024 * 1024;

export const endlessBody: FaultAction<'endless_body'> = async (_fault, exchange) => {
  const result = (await envelopeOf(await exchange.produce()))?.['result'];
  const rows = Array.isArray(result) && result.length > 0 ? result : [{ id: 'sandbox-endless-row' }];
  const once = rows.map((row) => JSON.stringify(row)).join(',');
  const chunk = `${Array.from({ length: Math.max(1, Math.ceil(65_536 / once.length)) }, () => once).join(',')},`;
  const parts = async function* () {
    yield head;
    for (;;) yield chunk;
  };
  return new Response(streamOf(parts()), { status: 200, headers: json });
};

export const bomb: FaultAction<'bomb'> = async (fault) => {
  const blank = Buffer.alloc(mebibyte, 0x20);
  const headers = { ...json, 'content-encoding': fault.encoding };
  if (fault.encoding === 'br') {
    const parts = async function* () {
      yield Buffer.from(head);
      for (let count = 0; count < fault.megabytes; count += 1) yield blank;
      yield Buffer.from(tail);
    };
    const packed = Readable.from(parts()).pipe(createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }));
    return new Response(streamOf(packed), { status: 200, headers });
  }
  // gzip members may stand one after the other: one packed mebibyte serves for all
  const packedBlank = gzipSync(blank);
  const members = async function* () {
    yield gzipSync(head);
    for (let count = 0; count < fault.megabytes; count += 1) yield packedBlank;
    yield gzipSync(tail);
  };
  return new Response(streamOf(members()), { status: 200, headers });
};

export const lyingEncoding: FaultAction<'lying_encoding'> = async (fault, exchange) => {
  const response = await exchange.produce();
  response.headers.set('content-encoding', fault.encoding);
  return response;
};

export const heavyJson: FaultAction<'heavy_json'> = async (fault) => {
  const { size } = fault;
  const parts = {
    async *deep() {
      yield `${head}${'['.repeat(size)}${']'.repeat(size)}${tail}`;
    },
    async *long_string() {
      const part = 'x'.repeat(mebibyte);
      yield `${head}{"id":"sandbox-long-string","name":"`;
      for (let count = 0; count < size; count += 1) yield part;
      yield `"}${tail}`;
    },
    async *many_keys() {
      yield `${head}{"id":"sandbox-many-keys"`;
      for (let from = 0; from < size; from += 1000) {
        const count = Math.min(1000, size - from);
        yield Array.from({ length: count }, (_, index) => `,"k${from + index}":0`).join('');
      }
      yield `}${tail}`;
    },
  }[fault.variant];
  return new Response(streamOf(parts()), { status: 200, headers: json });
};

export const hugeHeaders: FaultAction<'huge_headers'> = async (fault, exchange) => {
  const response = await exchange.produce();
  const each = 'x'.repeat(1000);
  for (let count = 0; count < fault.kilobytes; count += 1) response.headers.set(`x-noise-${count}`, each);
  return response;
};
