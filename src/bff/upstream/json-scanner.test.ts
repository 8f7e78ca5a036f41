import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonScanner } from './json-scanner.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function scan(bytes: Uint8Array, cuts: readonly number[] = []): string {
  const scanner = new JsonScanner(128);
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    scanner.write(bytes.subarray(from, Math.min(cut, bytes.length)));
    from = Math.min(cut, bytes.length);
  }
  return scanner.write(bytes.subarray(from));
}

const documents = fc
  .tuple(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 6 })), fc.constantFrom(undefined, 1, 2))
  .map(([value, indent]) => JSON.stringify({ result: value }, null, indent));

describe('the JSON scanner', () => {
  it('knows a whole document, however it is cut into pieces', () => {
    fc.assert(
      fc.property(documents, fc.array(fc.nat(400), { maxLength: 12 }), (text, cuts) => {
        expect(scan(encode(text), cuts)).toBe('complete');
        expect(scan(encode(`\r\n\t ${text} \n`), cuts)).toBe('complete');
      }),
      { numRuns: 500 },
    );
  });

  it('knows every document that was cut off', () => {
    fc.assert(
      fc.property(documents, fc.nat(), fc.array(fc.nat(400), { maxLength: 6 }), (text, at, cuts) => {
        const bytes = encode(text);
        const kept = at % bytes.length;
        expect(scan(bytes.subarray(0, kept), cuts)).toBe(kept === 0 ? 'empty' : 'truncated');
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['<!doctype html>', 'not-json'],
    ['\ufeff{}', 'not-json'],
    ['  ', 'empty'],
    ['"text"', 'not-json'],
    ['{"a":"}', 'truncated'],
    ['{"a":"\\"}"', 'truncated'],
    ['[{"a":"\\\\"}]', 'complete'],
    ['{"a":[}', 'crossed'],
    ['[[]}', 'crossed'],
  ])('judges %j as %s', (text, state) => {
    expect(scan(encode(text))).toBe(state);
  });

  it('stops at nesting that no answer has', () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(scan(encode(deep(128)))).toBe('complete');
    expect(scan(encode(deep(129)))).toBe('too-deep');
    expect(scan(encode('{"a":'.repeat(20_000)))).toBe('too-deep');
  });
});
