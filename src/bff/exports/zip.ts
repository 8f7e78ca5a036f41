/** One file inside an archive. */
export interface ZipEntry {
  name: string;
  /** False for what is packed already. */
  pack: boolean;
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

interface Written {
  name: Uint8Array;
  method: number;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

const utf8 = 0x0800;
const sizesFollow = 0x0008;
const limit = 0xffffffff;

/**
 * A ZIP archive, written while it is read: each entry's size and checksum stand after it, and the directory at the end, so
 * an archive that breaks off cannot be opened. Beyond 4 GB it becomes a ZIP64. Entries are made one after the other, so a
 * later one may depend on the bytes of an earlier one.
 */
export async function* zip(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>, now: number): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  const time = dosTime(now);
  let at = 0;
  const sent = (bytes: Uint8Array): Uint8Array => {
    at += bytes.byteLength;
    return bytes;
  };
  for await (const entry of entries) {
    const file: Written = {
      name: new TextEncoder().encode(entry.name),
      method: entry.pack ? 8 : 0,
      crc: 0,
      packed: 0,
      size: 0,
      offset: at,
    };
    yield sent(localHeader(file, time));
    const counted = countingCrc(entry.bytes, file);
    for await (const piece of entry.pack ? deflated(counted) : counted) {
      file.packed += piece.byteLength;
      yield sent(piece);
    }
    yield sent(sizesOf(file));
    written.push(file);
  }
  const start = at;
  for (const file of written) yield sent(directoryEntry(file, time));
  yield sent(end(written.length, start, at - start));
}

async function* countingCrc(bytes: ZipEntry['bytes'], file: Written): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let crc = 0xffffffff;
  for await (const piece of bytes) {
    crc = crc32(crc, piece);
    file.size += piece.byteLength;
    yield piece as Uint8Array<ArrayBuffer>; // never shared memory: it comes from a file or from text
  }
  file.crc = ~crc >>> 0;
}

async function* deflated(bytes: AsyncGenerator<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new CompressionStream('deflate-raw');
  const fed = feed(bytes, writable);
  fed.catch(() => undefined); // whoever reads meets it too
  yield* readable;
  await fed;
}

/** A piece at a time: piped into it, the compressor would take thousands of pieces before it lets the reader wait. */
async function feed(bytes: AsyncGenerator<Uint8Array<ArrayBuffer>>, writable: WritableStream<BufferSource>): Promise<void> {
  const writer = writable.getWriter();
  try {
    for await (const piece of bytes) await writer.write(piece);
    await writer.close();
  } catch (error) {
    await writer.abort(error);
    throw error;
  }
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc32(before: number, bytes: Uint8Array): number {
  let crc = before;
  const { length } = bytes;
  for (let index = 0; index < length; index++) crc = (table[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  return crc;
}

/** Little-endian fields: each a value and its width in bytes. */
function fields(...parts: readonly (readonly [value: number, width: 2 | 4 | 8])[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, [, width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, width] of parts) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
};

const isLarge = ({ size, packed }: Written): boolean => size >= limit || packed >= limit;

const localHeader = ({ name, method }: Written, { date, time }: DosTime): Uint8Array =>
  joined(
    fields([0x04034b50, 4], [20, 2], [utf8 | sizesFollow, 2], [method, 2], [time, 2], [date, 2]),
    fields([0, 4], [0, 4], [0, 4], [name.byteLength, 2], [0, 2]),
    name,
  );

function sizesOf(file: Written): Uint8Array {
  const width = isLarge(file) ? 8 : 4;
  return fields([0x08074b50, 4], [file.crc, 4], [file.packed, width], [file.size, width]);
}

function directoryEntry(file: Written, { date, time }: DosTime): Uint8Array {
  const { name, method, crc, packed, size, offset } = file;
  const large = isLarge(file) || offset >= limit;
  const extra = large ? fields([1, 2], [24, 2], [size, 8], [packed, 8], [offset, 8]) : new Uint8Array(0);
  const small = (value: number) => (large ? limit : value);
  return joined(
    fields(
      [0x02014b50, 4],
      [large ? 45 : 20, 2],
      [large ? 45 : 20, 2],
      [utf8 | sizesFollow, 2],
      [method, 2],
      [time, 2],
      [date, 2],
    ),
    fields([crc, 4], [small(packed), 4], [small(size), 4], [name.byteLength, 2], [extra.byteLength, 2], [0, 2], [0, 2], [0, 2]),
    fields([0, 4], [small(offset), 4]),
    name,
    extra,
  );
}

function end(count: number, start: number, size: number): Uint8Array {
  const large = start + size >= limit;
  const at = large ? limit : start;
  const plain = fields([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [large ? limit : size, 4], [at, 4], [0, 2]);
  if (!large) return plain;
  const wide = fields([0x06064b50, 4], [44, 8], [45, 2], [45, 2], [0, 4], [0, 4], [count, 8], [count, 8], [size, 8], [start, 8]);
  return joined(wide, fields([0x07064b50, 4], [0, 4], [start + size, 8], [1, 4]), plain);
}

interface DosTime {
  date: number;
  time: number;
}

/** Two-second steps since 1980, as UTC. */
function dosTime(now: number): DosTime {
  const at = new Date(now);
  return {
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  };
}
