import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvRow } from './csv.ts';

/** A reader by RFC 4180, as strict as the writer has to satisfy. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[(at += 1)] ?? '';
      else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === ',') {
      row.push(cell);
      cell = '';
    } else if (sign === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at += 1;
    } else cell += sign;
  }
  return rows;
}

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom(...Array.from('=+-@"\',;\r\n\t 1a')), maxLength: 8 }),
);

describe('CSV', () => {
  it('reads back as what was written, but for the apostrophe before a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.array(texts, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), (rows) => {
        const read = parse(rows.map(csvRow).join(''));
        const bare = read.map((row, index) =>
          row.map((cell, at) => (rows[index]?.[at] === cell ? cell : cell.replace(/^'/, ''))),
        );
        expect(bare).toEqual(rows);
      }),
    );
  });

  it.each([
    '=HYPERLINK("http://x")',
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\0=1',
    ';=1',
    '"=1"',
    "'=1",
    ' =1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '\u00a0=1',
    '\ufeff=1',
    ',=1',
    '|=1',
    '-',
    '=',
    '-1e5',
    '--1',
  ])('keeps %j from being run', (text) => {
    const [[cell]] = parse(csvRow([text])) as [[string]]; // one row, one cell
    expect(cell).toBe(`'${text}`);
  });

  it.each(['-5.20', '0', '12', '-0.000001', '9007199254740993'])('keeps the number %s', (text) => {
    expect(csvCell(text)).toBe(text);
  });

  it('keeps ordinary text, numbers, truth and nothing', () => {
    expect(csvRow(['a b', 'a, b', 'a "b"', 'line\nbreak', 7, -7, true, null, ''])).toBe(
      'a b,"a, b","a ""b""","line\nbreak",7,-7,true,,\r\n',
    );
    expect(csvCell('2026-10-15T12:00:00Z')).toBe('2026-10-15T12:00:00Z');
    expect(csvCell('a@b.example')).toBe('a@b.example');
  });

  it('never begins a cell with a formula, whatever the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const [[cell]] = parse(csvRow([text])) as [[string]]; // as above
        return !/^[=+\-@＝＋－＠\t\r\n\0]/.test(cell) || /^-?\d+(\.\d+)?$/.test(cell);
      }),
    );
  });
});
