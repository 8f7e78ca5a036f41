import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beginImport, checkImport, importPartLimit, sendImportPart } from '../../contract/canopy/imports.ts';
import type { ImportReport } from '../../contract/canopy/imports.ts';
import { pathOf } from '../../contract/endpoint.ts';
import type { Received, Visitor } from './visitor.ts';

export type FileBytes = Uint8Array<ArrayBuffer>;

export const textFile = (lines: readonly string[]): FileBytes => new TextEncoder().encode(lines.join('\n'));

/** The answer of a query as a Parquet file. */
export async function parquetFile(query: string): Promise<FileBytes> {
  const path = join(tmpdir(), `canopy-${crypto.randomUUID()}.parquet`);
  const engine = await DuckDBInstance.create(':memory:', { threads: '1', temp_directory: '' });
  const connection = await engine.connect();
  try {
    await connection.run(`copy (${query}) to '${path}' (format parquet)`);
    return new Uint8Array(await readFile(path));
  } finally {
    connection.closeSync();
    engine.closeSync();
    await rm(path, { force: true });
  }
}

export const sendPart = (visitor: Visitor, importId: string, offset: number, bytes: FileBytes): Promise<Received> =>
  visitor.send('PUT', `/api${pathOf(sendImportPart, { importId })}?offset=${offset}`, {
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
  });

/** Sends a file in its parts, as the page does. Answers its id. */
export async function sendFile(
  visitor: Visitor,
  organization: string,
  name: string,
  bytes: FileBytes,
  replaces?: string,
): Promise<string> {
  const body = { organization, name, fileName: `${name}.file`, size: bytes.byteLength, ...(replaces ? { replaces } : {}) };
  const { id } = (await visitor.ask(beginImport, { body })).result;
  for (let offset = 0; offset < bytes.byteLength; offset += importPartLimit) {
    const sent = await sendPart(visitor, id, offset, bytes.subarray(offset, offset + importPartLimit));
    if (sent.status >= 300) throw new Error(`a part was refused: ${sent.text}`);
  }
  return id;
}

export async function checkFile(
  visitor: Visitor,
  organization: string,
  name: string,
  bytes: FileBytes,
): Promise<{ id: string; report: ImportReport }> {
  const id = await sendFile(visitor, organization, name, bytes);
  return { id, report: (await visitor.ask(checkImport, { params: { importId: id } })).result };
}
