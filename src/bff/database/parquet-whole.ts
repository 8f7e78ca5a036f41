import { readStruct, writeStruct } from './thrift.ts';
import type { ThriftStruct, ThriftValue } from './thrift.ts';

/** Fields by number in `FileMetaData`, `RowGroup`, `ColumnChunk` and `ColumnMetaData`; those of places in the file together. */
const inFile = { rows: 3, groups: 4 } as const;
const inGroup = { columns: 1, places: [5], ordinal: 7 } as const;
const inChunk = { places: [2, 4, 6], metadata: 3 } as const;
const inMetadata = { places: [9, 10, 11, 14] } as const;

const magic = new TextEncoder().encode('PAR1');

/**
 * One Parquet file of many with the same columns. Groups of rows stay as they are, only the footer tells their places and
 * their number anew: so the start of a file can be sent while its last rows are not known yet.
 */
export class WholeParquet {
  /** The footer of the first part, which names the columns. */
  #footer: ThriftStruct | null = null;
  #at = magic.byteLength;
  #rows = 0n;
  /** As they are written: hundreds of them take a lot as structs. */
  readonly #groups: Uint8Array[] = [];

  /** What of a part comes next in the file. */
  add(part: Uint8Array): Uint8Array {
    const tail = part.byteLength - 4 - magic.byteLength;
    const end = tail - new DataView(part.buffer, part.byteOffset).getUint32(tail, true);
    const footer = readStruct(part.subarray(end, tail));
    const isFirst = this.#footer === null;
    this.#footer ??= footer;
    const by = BigInt(this.#at - magic.byteLength);
    for (const group of itemsOf(footer, inFile.groups)) this.#groups.push(writeStruct(moved(asStruct(group), by)));
    this.#rows += wholeOf(footer, inFile.rows);
    this.#at += end - magic.byteLength;
    return part.subarray(isFirst ? 0 : magic.byteLength, end);
  }

  /** The end of the file. There must have been a part, if only one without rows. */
  end(): Uint8Array {
    if (this.#footer === null) throw new Error('there is no part to tell the columns');
    const footer = new Map(this.#footer);
    footer.set(inFile.rows, { type: 6, value: this.#rows });
    footer.set(inFile.groups, { type: 9, value: { of: 12, items: this.#groups } });
    const written = writeStruct(footer);
    const bytes = new Uint8Array(written.byteLength + 4 + magic.byteLength);
    bytes.set(written);
    new DataView(bytes.buffer).setUint32(written.byteLength, written.byteLength, true);
    bytes.set(magic, written.byteLength + 4);
    return bytes;
  }
}

/** A group of rows, so many bytes further on. Its number in the file, which nobody needs, is left out. */
function moved(group: ThriftStruct, by: bigint): ThriftStruct {
  move(group, inGroup.places, by);
  group.delete(inGroup.ordinal);
  for (const item of itemsOf(group, inGroup.columns)) {
    const chunk = asStruct(item);
    move(chunk, inChunk.places, by);
    const metadata = chunk.get(inChunk.metadata);
    if (metadata) move(asStruct(metadata.value), inMetadata.places, by);
  }
  return group;
}

/** Zero is no place: the file begins with its magic word. */
function move(struct: ThriftStruct, places: readonly number[], by: bigint): void {
  for (const place of places) {
    const field = struct.get(place);
    if (typeof field?.value === 'bigint' && field.value > 0n) field.value += by;
  }
}

function asStruct(value: ThriftValue): ThriftStruct {
  if (value instanceof Map) return value;
  throw new Error('a footer of Parquet holds something else than a struct');
}

function itemsOf(struct: ThriftStruct, id: number): readonly ThriftValue[] {
  const value = struct.get(id)?.value;
  if (value && typeof value === 'object' && 'items' in value) return value.items;
  throw new Error('a footer of Parquet lacks a list');
}

function wholeOf(struct: ThriftStruct, id: number): bigint {
  const value = struct.get(id)?.value;
  if (typeof value === 'bigint') return value;
  throw new Error('a footer of Parquet lacks a number');
}
