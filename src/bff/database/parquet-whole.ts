import { fieldsAt, itemsAt, structsHead, wholeAt, wholeBytes } from './thrift.ts';
import type { Field, Span } from './thrift.ts';

/** Fields by number in `FileMetaData`, `RowGroup`, `ColumnChunk` and `ColumnMetaData`; those that are places in the file. */
const inFile = { rows: 3, groups: 4 } as const;
const inGroup = { columns: 1, places: [5], ordinal: 7 } as const;
const inChunk = { places: [2, 4, 6], metadata: 3 } as const;
const inMetadata = { places: [9, 10, 11, 14] } as const;

const magic = new TextEncoder().encode('PAR1');
/** The number of a group is two bytes wide, and nobody needs it. */
const lastOrdinal = 32_767;

/** Bytes in the place of others. */
type Change = Span & { bytes: Uint8Array };

/**
 * One Parquet file of many with the same columns. Groups of rows stay as they are, only the footer tells their places and
 * their number anew: so the start of a file can be sent while its last rows are not known yet.
 */
export class WholeParquet {
  /** The footer of the first part, which names the columns. */
  #footer: Uint8Array | null = null;
  #at = magic.byteLength;
  #rows = 0n;
  /** What the footer will say of each group of rows. */
  readonly #groups: Uint8Array[] = [];

  /** What of a part comes next in the file. */
  add(part: Uint8Array): Uint8Array {
    const tail = part.byteLength - 4 - magic.byteLength;
    const end = tail - new DataView(part.buffer, part.byteOffset).getUint32(tail, true);
    const footer = part.subarray(end, tail);
    const isFirst = this.#footer === null;
    this.#footer ??= footer.slice();
    const by = BigInt(this.#at - magic.byteLength);
    const fields = fieldsAt(footer, 0);
    for (const group of itemsAt(footer, fieldOf(fields, inFile.groups).start))
      this.#groups.push(changed(footer, group, changesOf(footer, group, by, this.#groups.length)));
    this.#rows += wholeAt(footer, fieldOf(fields, inFile.rows).start);
    this.#at += end - magic.byteLength;
    return part.subarray(isFirst ? 0 : magic.byteLength, end);
  }

  /** The end of the file. There must have been a part, if only one without rows. */
  end(): Uint8Array {
    if (this.#footer === null) throw new Error('there is no part to tell the columns');
    const fields = fieldsAt(this.#footer, 0);
    const footer = changed(this.#footer, { start: 0, end: this.#footer.byteLength }, [
      { ...fieldOf(fields, inFile.rows), bytes: wholeBytes(this.#rows) },
      { ...fieldOf(fields, inFile.groups), bytes: joined([structsHead(this.#groups.length), ...this.#groups]) },
    ]);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, footer.byteLength, true);
    return joined([footer, length, magic]);
  }
}

/** What to change of a group of rows that stands so many bytes further on, in the order of its bytes. */
function changesOf(footer: Uint8Array, group: Span, by: bigint, ordinal: number): Change[] {
  const changes: Change[] = [];
  const move = (fields: readonly Field[], places: readonly number[]) => {
    for (const { id, start, end } of fields) {
      if (!places.includes(id)) continue;
      const place = wholeAt(footer, start);
      if (place > 0n) changes.push({ start, end, bytes: wholeBytes(place + by) }); // zero is no place: the file begins with its magic word
    }
  };
  const fields = fieldsAt(footer, group.start);
  for (const { start } of itemsAt(footer, fieldOf(fields, inGroup.columns).start)) {
    const chunk = fieldsAt(footer, start);
    move(chunk, inChunk.places);
    move(fieldsAt(footer, fieldOf(chunk, inChunk.metadata).start), inMetadata.places);
  }
  move(fields, inGroup.places);
  const numbered = fields.find(({ id }) => id === inGroup.ordinal);
  if (numbered) changes.push({ ...numbered, bytes: wholeBytes(BigInt(Math.min(ordinal, lastOrdinal))) });
  return changes.toSorted((a, b) => a.start - b.start);
}

function fieldOf(fields: readonly Field[], id: number): Field {
  const found = fields.find((field) => field.id === id);
  if (!found) throw new Error(`a footer of Parquet lacks field ${id}`);
  return found;
}

/** A span with other bytes in some places, in order. */
function changed(bytes: Uint8Array, { start, end }: Span, changes: readonly Change[]): Uint8Array {
  let at = start;
  const pieces = changes.flatMap((change) => {
    const before = bytes.subarray(at, change.start);
    at = change.end;
    return [before, change.bytes];
  });
  return joined([...pieces, bytes.subarray(at, end)]);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}
