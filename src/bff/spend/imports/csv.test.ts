import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BrokenTable, CsvSplitter } from './csv.ts';

function split(text: string, sizes: readonly number[] = [text.length], delimiter = ','): string[][] {
  const splitter = new CsvSplitter(delimiter);
  const rows: string[][] = [];
  let at = 0;
  for (const size of sizes) {
    rows.push(...splitter.write(text.slice(at, at + size)).map(({ fields }) => fields));
    at += size;
  }
  rows.push(...splitter.write(text.slice(at)).map(({ fields }) => fields), ...splitter.end().map(({ fields }) => fields));
  return rows;
}

const written = (rows: readonly (readonly string[])[], lineEnd: string): string =>
  rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',') + lineEnd).join('');

describe('a text in rows', () => {
  test.each([
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,\n,b\n',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['"a,b",c\n', [['a,b', 'c']]],
    ['"say ""hi""",x\n', [['say "hi"', 'x']]],
    ['5" pipe,x\n', [['5" pipe', 'x']]],
    ['\n\na,b\n\n', [['a', 'b']]],
    ['"a"b,c\n', [['ab', 'c']]],
  ])('%j', (text, rows) => {
    expect(split(text)).toEqual(rows);
  });

  test('says in which line a row begins, also after line breaks inside of quotes', () => {
    const splitter = new CsvSplitter(';');
    expect(splitter.write('a;b\n"x\ny";1\nz;2\n').map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  test('any rows, written with quotes and cut anywhere, come back', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ü'), maxLength: 6 });
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), fc.array(fc.nat(9)), (table, lineEnd, sizes) => {
        expect(split(written(table, lineEnd), sizes)).toEqual(table);
      }),
    );
  });

  test('a quote that is never closed ends the reading, not the memory', () => {
    expect(() => split(`a,b\n"${'x'.repeat(1_100_000)}`)).toThrow(BrokenTable);
    expect(() => split('a,b\n"x')).toThrow(BrokenTable);
  });
});
