import type { RecordsFile } from '../services.ts';
import type { NewDigest } from './digest.ts';
import type { FilePieces } from './file.ts';
import { zip } from './zip.ts';
import type { ZipEntry } from './zip.ts';

/** The records and a `metadata.json` beside them. The metadata comes last: it has the SHA-256 of the records. */
export async function* recordsArchive(file: RecordsFile, newDigest: NewDigest, now: number): FilePieces {
  try {
    yield* zip(entriesOf(file, newDigest), now);
    return { rows: file.rows, complete: true };
  } finally {
    await file.discard();
  }
}

async function* entriesOf(file: RecordsFile, newDigest: NewDigest): AsyncGenerator<ZipEntry> {
  const digest = newDigest();
  let bytes = 0;
  async function* digested() {
    for await (const piece of file.read()) {
      digest.update(piece);
      bytes += piece.byteLength;
      yield piece;
    }
  }
  yield { name: file.name, pack: file.name.endsWith('.csv'), bytes: digested() };
  const metadata = JSON.stringify(file.metadata({ sha256: digest.hex(), bytes }), null, 2);
  yield { name: 'metadata.json', pack: true, bytes: [new TextEncoder().encode(`${metadata}\n`)] };
}
