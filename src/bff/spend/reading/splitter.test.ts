import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BrokenAnswer, RecordSplitter } from './splitter.ts';
import type { AnswerEnvelope } from './splitter.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Feeds a document cut at these places. */
function split(document: Uint8Array, cuts: readonly number[] = []): { records: unknown[]; envelope: AnswerEnvelope } {
  const records: unknown[] = [];
  const splitter = new RecordSplitter((record) => records.push(JSON.parse(new TextDecoder().decode(record))));
  let from = 0;
  for (const cut of [...cuts.toSorted((a, b) => a - b), document.length]) {
    splitter.write(document.subarray(from, cut));
    from = cut;
  }
  return { envelope: splitter.end(), records };
}

function isBroken(document: Uint8Array): boolean {
  try {
    split(document);
    return false;
  } catch (error) {
    return error instanceof BrokenAnswer;
  }
}

const documents = fc.record({
  before: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 }),
  result: fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 2 })), { maxLength: 6 }),
  after: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 }),
  indent: fc.nat(2),
});

const write = ({ before, result, after, indent }: typeof documents extends fc.Arbitrary<infer T> ? T : never) =>
  // An own `result` before ours would be a duplicate key, which JSON leaves open.
  bytes(JSON.stringify({ ...before, success: true, result, after: after }, null, indent));

describe('cuts', () => {
  test('any document cut anywhere gives its records', () => {
    fc.assert(
      fc.property(documents, fc.array(fc.nat(5000)), (parts, cuts) => {
        const document = write(parts);
        const { records, envelope } = split(
          document,
          cuts.map((cut) => cut % (document.length + 1)),
        );
        expect(records).toEqual(JSON.parse(JSON.stringify(parts.result)));
        expect(envelope).toMatchObject({ success: true, hasRecords: true });
      }),
      { numRuns: 2000 },
    );
  });

  test('a document cut one byte at a time gives its records', () => {
    const document = bytes('{"errors":[],"result" : [ {"a":"\\"]}"} , {"b":[{},"é\\\\"]} ],"success":true}');
    expect(split(document, [...document.keys()]).records).toEqual([{ a: '"]}' }, { b: [{}, 'é\\'] }]);
  });

  test('every truncation is found', () => {
    fc.assert(
      fc.property(documents, (parts) => {
        const document = write(parts);
        const accepted = Array.from(document.keys()).filter((length) => !isBroken(document.subarray(0, length)));
        expect(accepted).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('other shapes', () => {
  test('no records', () => {
    expect(split(bytes('{"success":true,"result":[ ]}'))).toEqual({
      records: [],
      envelope: { success: true, errors: undefined, hasRecords: true },
    });
  });

  test('a refusal with status 200', () => {
    const { envelope } = split(bytes('{"success":false,"errors":[{"code":971,"message":"wait"}],"result":null}'));
    expect(envelope).toEqual({ success: false, errors: [{ code: 971, message: 'wait' }], hasRecords: false });
  });

  test('a result inside another object, or in a string, is not the result', () => {
    const document = '{"errors":[{"result":[{"a":1}]}],"x":"\\"result\\":[","result":[{"b":2}],"success":true}';
    expect(split(bytes(document)).records).toEqual([{ b: 2 }]);
  });

  test('elements that are no objects are handed on too', () => {
    expect(split(bytes('{"result":[null,1,[{}],"a,b"]}')).records).toEqual([null, 1, [{}], 'a,b']);
  });

  test.each(['<html>', '[]', 'null', '{"result":[{},]}', '{"result":[,{}]}', '{"result":[{}]]}', '{"result":[{}]} {}'])(
    'refuses %s',
    (document) => {
      expect(() => split(bytes(document))).toThrow(BrokenAnswer);
    },
  );

  test('nothing grows without bound', () => {
    const limits = { envelope: 100, record: 100 };
    const long = `"${'x'.repeat(200)}"`;
    expect(() => new RecordSplitter(() => undefined, limits).write(bytes(`{"a":${long}`))).toThrow(/far longer/);
    expect(() => new RecordSplitter(() => undefined, limits).write(bytes(`{"result":[{"a":${long}`))).toThrow(/too large/);
  });
});
