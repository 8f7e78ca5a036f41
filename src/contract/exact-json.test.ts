import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExact, readVerbatim, unmarked, writeExact } from './exact-json.ts';

describe('numbers that a double cannot hold', () => {
  test.each([
    '{"a":9007199254740993}',
    '[0.1000000000000000055,-12345678901234567890.5]',
    '{"a":[{"b":1.23456789012345678e+30}],"c":"x"}',
    '{"9007199254740993":"9007199254740993","a":1234567890123456789}',
    '{"text":"a \\"9007199254740993\\" \\\\","a":9007199254740993}',
  ])('%s comes out as it came in', (json) => {
    expect(writeExact(parseExact(json))).toBe(json);
  });

  test.each(['{"a":1}', '[0.1,2.50,1e3]', '{"id":"12345678901234567890"}', '[9007199254740992,0.30000000000000004]'])(
    '%s needs nothing',
    (json) => expect(parseExact(json)).toBeNull(),
  );

  test('are texts meanwhile, and can be read as such', () => {
    const { a } = parseExact('{"a":9007199254740993}') as { a: string }; // as it is written here
    expect(unmarked(a)).toBe('9007199254740993');
    expect(unmarked('9007199254740993')).toBe('9007199254740993');
  });

  test('leave every other value alone', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = `{"big":9007199254740993,"rest":${JSON.stringify(value)}}`;
        expect(writeExact(parseExact(json))).toBe(json);
      }),
    );
  });

  test('cannot be forged by a text', () => {
    const json = '{"a":"\ue0fe9007199254740993","b":9007199254740993}';
    expect(writeExact(parseExact(json))).toBe(json);
  });
});

describe('JSON that is only shown', () => {
  test.each([
    '{"price":1.50,"big":9007199254740993,"small":-0,"far":1e3,"near":2.5E-7}',
    '{"10":"a","9":{"2":1,"1":[1.0]},"x":1}',
    '[0.0000001]',
    '{"rate":-0.00000015}',
    '{"text":"\\"7\\": 1.50","7":"7","a":1}',
  ])('%s comes out as it came in', (json) => {
    expect(writeExact(readVerbatim(json))).toBe(json);
  });

  test('shows keys and numbers without their marks', () => {
    const [[key, value] = []] = Object.entries(readVerbatim('{"10":1.50}') as object); // as it is written here
    expect([unmarked(key ?? ''), unmarked(String(value))]).toEqual(['10', '1.50']);
  });

  test('is the same value as ever where nothing would be lost', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value);
        expect(writeExact(readVerbatim(json))).toBe(json);
      }),
    );
  });
});
