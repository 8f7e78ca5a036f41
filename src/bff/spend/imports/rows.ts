import { readParquet, TooMuchToRead } from '../../database/parquet.ts';
import { Problem } from '../../problem.ts';
import { columnsOf } from './columns.ts';
import type { Column } from './columns.ts';
import { BrokenTable, CsvSplitter } from './csv.ts';
import type { CsvRow } from './csv.ts';
import type { Shelf } from './shelf.ts';

/** A row as it stands in the file, and where. */
export interface FileRow {
  line: number;
  fields: readonly (string | null)[];
}

/** A file as rows, a few thousand at a time: it is never in memory. */
export interface FileRows {
  format: 'csv' | 'parquet';
  delimiter: string | null;
  columns: readonly Column[];
  batches: AsyncIterable<readonly FileRow[]>;
}

/**
 * A few kilobytes of Parquet may say the same row a million million times. And a file can be deleted again: the engine then
 * holds something of every part of a table in which it has rows.
 */
export const mostRows = 5_000_000;
/** What a Parquet file may hold as text, in bytes: sixteen times as much as the longest file that is taken. */
const mostText = 8_000_000_000;
const mostColumns = 500;
/** Longest name of a column: the report holds them all. */
const longestName = 250;
const delimiters = [',', ';', '\t', '|'] as const;

/** Opens a file for `work`, whatever it calls itself. Throws a `Problem` where it is no table that has FOCUS columns. */
export async function withRows<T>(shelf: Shelf, id: string, work: (rows: FileRows) => Promise<T>): Promise<T> {
  const head = await headOf(shelf, id);
  const isParquet = String.fromCharCode(...head.subarray(0, 4)) === 'PAR1';
  return isParquet ? withParquet(shelf.pathOf(id), work) : work(await textRows(shelf, id, head));
}

async function headOf(shelf: Shelf, id: string): Promise<Uint8Array> {
  for await (const piece of shelf.read(id)) return piece;
  return new Uint8Array();
}

async function withParquet<T>(path: string, work: (rows: FileRows) => Promise<T>): Promise<T> {
  let opened = false;
  try {
    return await readParquet(path, { rows: mostRows, text: mostText }, async ({ columns: names, batches }) => {
      opened = true;
      const columns = requireFocus(columnsOf(names));
      const numbered = (async function* () {
        let line = 1; // as if the names were the first row
        for await (const batch of batches) yield batch.map((fields): FileRow => ({ line: ++line, fields }));
      })();
      return work({ format: 'parquet', delimiter: null, columns, batches: numbered });
    });
  } catch (error) {
    if (error instanceof TooMuchToRead) throw unreadable(error.message, error);
    if (error instanceof Error && error.message.startsWith('Out of Memory Error:'))
      throw unreadable('A part of it needs more memory than one file is given. Write it with smaller groups of rows.', error);
    if (error instanceof Problem || (opened && !isEngineError(error))) throw error;
    throw unreadable('It begins like a Parquet file, and cannot be read to its end as one.', error);
  }
}

/** What the engine says of a broken file begins with a class of its own. */
const isEngineError = (error: unknown): boolean => error instanceof Error && /^[A-Z][A-Za-z ]+ Error:/.test(error.message);

async function textRows(shelf: Shelf, id: string, head: Uint8Array): Promise<FileRows> {
  const isWide = head[0] === 0xff && head[1] === 0xfe;
  const newDecoder = () => new TextDecoder(isWide ? 'utf-16le' : 'utf-8', { fatal: true });
  const { delimiter, header, skip } = sniff(decoded(newDecoder(), head, true));
  const columns = requireFocus(columnsOf(header));
  return {
    format: 'csv',
    delimiter,
    columns,
    batches: (async function* () {
      const decoder = newDecoder();
      const splitter = new CsvSplitter(delimiter);
      let left = skip;
      const below = (rows: readonly FileRow[]) => {
        const shown = rows.slice(left);
        left = Math.max(0, left - rows.length);
        return shown;
      };
      try {
        for await (const piece of shelf.read(id)) yield below(splitter.write(decoded(decoder, piece, true)));
        yield below(splitter.write(decoded(decoder, new Uint8Array(), false)));
        yield below(splitter.end());
      } catch (error) {
        throw error instanceof BrokenTable ? unreadable(error.message, error) : error;
      }
    })(),
  };
}

function decoded(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch (error) {
    throw unreadable('It is neither a Parquet file nor text in UTF-8.', error);
  }
}

/** The header, and the delimiter with which it names most columns that we know. Spreadsheets may write `sep=;` before it. */
function sniff(text: string): { delimiter: string; header: string[]; skip: number } {
  const candidates = delimiters.map((delimiter) => {
    const [first, second] = firstRows(delimiter, text);
    const announced = first?.length === 1 && /^sep=.?$/i.test(first[0] ?? '') ? 1 : first?.[0]?.toLowerCase() === 'sep=' ? 1 : 0;
    const header = (announced ? second : first) ?? [];
    return { delimiter, header, skip: 1 + announced, known: columnsOf(header).filter(({ focus }) => focus !== null).length };
  });
  const [best] = candidates.toSorted((a, b) => b.known - a.known);
  if (!best) throw unreadable('It has no header.');
  return best;
}

function firstRows(delimiter: string, text: string): string[][] {
  try {
    const splitter = new CsvSplitter(delimiter);
    const rows = splitter.write(text);
    return (rows.length > 1 ? rows : [...rows, ...lastRows(splitter)]).slice(0, 2).map(({ fields }) => fields);
  } catch {
    return []; // no table with this delimiter
  }
}

/** A header may end with the file. What there is of a row that goes on beyond the beginning of the file may not be one yet. */
function lastRows(splitter: CsvSplitter): CsvRow[] {
  try {
    return splitter.end();
  } catch {
    return [];
  }
}

function requireFocus(columns: Column[]): Column[] {
  if (columns.length > mostColumns) throw unreadable(`It has ${columns.length} columns, and at most ${mostColumns} are read.`);
  const long = columns.findIndex(({ name }) => name.length > longestName);
  if (long >= 0) throw unreadable(`The name of column ${long + 1} has more than ${longestName} characters.`);
  if (!columns.some(({ reads }) => reads !== null))
    throw unreadable('Its first row names no column of FOCUS, such as BillingAccountId, ChargePeriodStart and BilledCost.');
  if (!columns.some(({ reads }) => reads === 'ChargePeriodStart'))
    throw unreadable('It has no column ChargePeriodStart, so no row belongs to a day.');
  return columns;
}

const unreadable = (why: string, cause?: unknown) =>
  new Problem(
    {
      code: 'invalid_request',
      message: `The file cannot be read. ${why}`,
      action: 'Choose a CSV or Parquet file in the FOCUS format, as your provider exports it.',
      fields: [{ field: 'file', message: why }],
    },
    { cause },
  );
