import { writeExact } from '../../contract/exact-json.ts';
import type { CsvCell } from './csv.ts';
import { csvRow } from './csv.ts';
import type { NewDigest } from './digest.ts';

/** What the last line of a file says about all of it. */
export interface Manifest {
  /** Of what, in which scope: one sentence without a full stop. */
  title: string;
  /** RFC 3339 time of the oldest answer in it. */
  asOf: string | null;
}

/** A file on its way; its end says how many rows it holds, whether they are all that there are, and if not, what failed. */
export type FilePieces = AsyncGenerator<Uint8Array, { rows: number; complete: boolean; error?: unknown }>;

/** Says at the end how many rows a file has and what the bytes before add up to. */
class Tally {
  readonly #digest;
  rows = 0;
  constructor(newDigest: NewDigest) {
    this.#digest = newDigest();
  }
  bytes(text: string): Uint8Array {
    const bytes = new TextEncoder().encode(text);
    this.#digest.update(bytes);
    return bytes;
  }
  hex(): string {
    return this.#digest.hex();
  }
}

/** Rows that come in batches, each as soon as it is there. */
export type Batches<T> = AsyncIterable<readonly T[]> | Iterable<readonly T[]>;

/**
 * A CSV file: header, rows, and one last row that tells what it is, how many rows it has and the SHA-256 of
 * everything before. A source that fails fails the stream, so the connection breaks and nothing looks whole.
 */
export async function* csvFile(
  header: readonly string[],
  batches: Batches<readonly CsvCell[]>,
  manifest: () => Manifest,
  newDigest: NewDigest,
): FilePieces {
  const tally = new Tally(newDigest);
  yield tally.bytes(csvRow(header));
  for await (const batch of batches) {
    tally.rows += batch.length;
    if (batch.length > 0) yield tally.bytes(batch.map(csvRow).join(''));
  }
  yield lastRow(tally, manifest(), header.length);
  return { rows: tally.rows, complete: true };
}

/** How much is gathered of short rows before it goes on, in characters. */
const pieceLength = 65_536;

/** The same for a table that comes as rows already written, its header first. */
export async function* csvPieces(rows: AsyncIterable<string>, manifest: Manifest, newDigest: NewDigest): FilePieces {
  const tally = new Tally(newDigest);
  let columns = 0;
  let text = '';
  for await (const row of rows) {
    if (columns === 0) columns = row.replaceAll(/"[^"]*"/g, '').split(',').length;
    else tally.rows += 1;
    text += row;
    if (text.length < pieceLength) continue;
    yield tally.bytes(text);
    text = '';
  }
  if (text !== '') yield tally.bytes(text);
  yield lastRow(tally, manifest, columns);
  return { rows: tally.rows, complete: true };
}

function lastRow(tally: Tally, { title, asOf }: Manifest, columns: number): Uint8Array {
  const facts = [`# ${title}`, `${tally.rows} rows`, ...(asOf === null ? [] : [`as of ${asOf}`]), `sha256 ${tally.hex()}`];
  const empty = Array.from({ length: Math.max(0, columns - 1) }, () => null);
  return new TextEncoder().encode(csvRow([facts.join('; '), ...empty]));
}

/**
 * A file of one JSON record a line. The last line, `_end`, says whether the file is whole; a source that fails ends
 * the file with a line that says so and why.
 */
export async function* ndjsonFile(
  batches: Batches<unknown>,
  manifest: () => Manifest,
  newDigest: NewDigest,
  explain: (error: unknown) => object,
): FilePieces {
  const tally = new Tally(newDigest);
  let failure: object | null = null;
  let failed: unknown;
  try {
    for await (const batch of batches) {
      tally.rows += batch.length;
      if (batch.length > 0) yield tally.bytes(batch.map((record) => `${writeExact(record)}\n`).join(''));
    }
  } catch (error) {
    failure = explain(error);
    failed = error;
  }
  const end = {
    complete: failure === null,
    count: tally.rows,
    sha256: tally.hex(),
    ...manifest(),
    ...(failure ? { error: failure } : {}),
  };
  yield new TextEncoder().encode(`${JSON.stringify({ _end: end })}\n`);
  return { rows: tally.rows, complete: failure === null, error: failed };
}
