import type { RecordsEnd } from '../services.ts';
import type { NewDigest } from './digest.ts';
import type { FilePieces } from './file.ts';
import { zip } from './zip.ts';
import type { ZipEntry } from './zip.ts';

/**
 * The records and a `metadata.json` beside them, which comes last: it has the number of the records and their SHA-256.
 * Records that fail before their first byte fail the archive before its first.
 */
export async function* recordsArchive(
  name: string,
  records: AsyncGenerator<Uint8Array, RecordsEnd>,
  newDigest: NewDigest,
  now: number,
): FilePieces {
  let rows = 0;
  const entries = async function* (begun: IteratorResult<Uint8Array, RecordsEnd>): AsyncGenerator<ZipEntry> {
    const digest = newDigest();
    let bytes = 0;
    let next = begun;
    const digested = async function* () {
      for (; !next.done; next = await records.next()) {
        digest.update(next.value);
        bytes += next.value.byteLength;
        yield next.value;
      }
    };
    yield { name, pack: name.endsWith('.csv'), bytes: digested() };
    if (!next.done) return; // the archive was left
    rows = next.value.rows;
    const metadata = JSON.stringify(next.value.metadata({ sha256: digest.hex(), bytes }), null, 2);
    yield { name: 'metadata.json', pack: true, bytes: [new TextEncoder().encode(`${metadata}\n`)] };
  };
  try {
    yield* zip(entries(await records.next()), now);
    return { rows, complete: true };
  } finally {
    await records.return(undefined as never); // nobody looks at what it answers then
  }
}
