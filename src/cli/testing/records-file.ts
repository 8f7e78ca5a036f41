import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { createHash } from 'node:crypto';

/** The files in an archive, as its directory names them. Throws where it has none: the archive broke off. */
export function unzipped(bytes: Uint8Array): Map<string, Uint8Array> {
  const archive = Buffer.from(bytes);
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error('the archive has no directory');
  const files = new Map<string, Uint8Array>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const method = archive.readUInt16LE(at + 10);
    const [packed, nameLength, extraLength] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
    ];
    const offset = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    const inside = archive.subarray(start, start + packed);
    files.set(name, method === 8 ? inflateRawSync(inside) : inside);
    at += 46 + nameLength + extraLength;
  }
  return files;
}

export interface ReadColumn {
  name: string;
  /** What DuckDB takes it for, of CSV after a look at all rows. */
  type: string;
}
export type ReadRow = Readonly<Record<string, string | null>>;

export interface ReadRecords {
  columns: readonly ReadColumn[];
  /** Values as text: of CSV as they stand in the file. */
  rows: readonly ReadRow[];
  metadata: Metadata;
  /** The file itself, where it is text. */
  text: string;
}
export interface Metadata {
  file: { name: string; rows: number; bytes: number; sha256: string };
  [name: string]: unknown;
}

/** Opens a downloaded archive, checks what its metadata claims, and reads its records with DuckDB. */
export async function readRecords(archive: Uint8Array): Promise<ReadRecords> {
  const files = unzipped(archive);
  const [[name, bytes] = ['', new Uint8Array()]] = files;
  const metadata = JSON.parse(Buffer.from(files.get('metadata.json') ?? []).toString('utf8')) as Metadata; // written as such
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (metadata.file.sha256 !== sha256 || metadata.file.bytes !== bytes.byteLength)
    throw new Error(`${name} is not what its metadata says`);
  const folder = await mkdtemp(join(tmpdir(), 'canopy-records-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', temp_directory: '' });
  const connection = await instance.connect();
  try {
    const path = join(folder, name);
    await writeFile(path, bytes);
    await connection.run("set TimeZone = 'UTC'");
    const csv = name.endsWith('.csv');
    const typed = csv ? `read_csv('${path}', sample_size = -1)` : `'${path}'`;
    const described = await connection.runAndReadAll(`describe select * from ${typed}`);
    const raw = csv ? `read_csv('${path}', all_varchar = true, header = true, allow_quoted_nulls = false)` : typed;
    const rows = await connection.runAndReadAll(`select columns(*)::varchar from ${raw}`);
    return {
      // both are text, as `describe` answers
      columns: described
        .getRowObjectsJson()
        .map((row) => ({ name: row['column_name'] as string, type: row['column_type'] as string })),
      rows: rows.getRowObjectsJson() as ReadRow[], // every column is text by the cast
      metadata,
      text: csv ? Buffer.from(bytes).toString('utf8') : '',
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}
