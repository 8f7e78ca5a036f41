/** Longest row, in characters: where a quote is never closed, the rest of the file would be one. */
const longestRow = 1_000_000;

export interface CsvRow {
  /** Where it begins, from 1. */
  line: number;
  fields: string[];
}

/** Thrown where a text is no table any more. */
export class BrokenTable extends Error {
  readonly line: number;
  constructor(line: number) {
    super(
      `The row that begins in line ${line} does not end within ${longestRow.toLocaleString('en-US')} characters, or a quote in it is never closed.`,
    );
    this.line = line;
  }
}

/**
 * Splits delimited text into rows as it comes: quotes, doubled quotes, line breaks inside of quotes, and every kind of
 * line end. A quote inside of a field that does not begin with one is a character like any other. Empty lines are skipped.
 */
export class CsvSplitter {
  readonly #delimiter: number;
  /** The beginning of a row that is not there to its end. */
  #rest = '';
  #line = 1;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  write(piece: string): CsvRow[] {
    return this.#split(this.#rest + piece, false);
  }
  end(): CsvRow[] {
    return this.#split(this.#rest, true);
  }

  #split(text: string, isEnd: boolean): CsvRow[] {
    const rows: CsvRow[] = [];
    let at = 0;
    while (at < text.length) {
      const row = this.#row(text, at, isEnd);
      if (row === null) break;
      if (row.fields.length > 1 || row.fields[0] !== '') rows.push({ line: this.#line, fields: row.fields });
      this.#line += row.lines;
      at = row.next;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > longestRow || (isEnd && this.#rest !== '')) throw new BrokenTable(this.#line);
    return rows;
  }

  /** The row that begins here; null where its end has not come yet. */
  #row(text: string, start: number, isEnd: boolean): { fields: string[]; next: number; lines: number } | null {
    const fields: string[] = [];
    let lines = 1;
    let at = start;
    for (;;) {
      let field = '';
      if (text.charCodeAt(at) === quote) {
        for (at++; ; at++) {
          const close = text.indexOf('"', at);
          if (close < 0) return null;
          const part = text.slice(at, close);
          field += part;
          lines += lineBreaks(part);
          at = close + 1;
          if (text.charCodeAt(at) !== quote) break;
          field += '"';
        }
        if (at >= text.length && !isEnd) return null; // the next piece may begin with the second quote of a pair
      }
      const rest = at;
      let code = text.charCodeAt(at);
      while (at < text.length && code !== this.#delimiter && code !== newline && code !== carriage) code = text.charCodeAt(++at);
      fields.push(field + text.slice(rest, at));
      if (at >= text.length) return isEnd ? { fields, next: at, lines } : null;
      if (code === this.#delimiter) {
        at++;
        continue;
      }
      if (code === carriage) {
        if (at + 1 >= text.length && !isEnd) return null;
        if (text.charCodeAt(at + 1) === newline) at++;
      }
      return { fields, next: at + 1, lines };
    }
  }
}

const quote = 0x22;
const newline = 0x0a;
const carriage = 0x0d;

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
