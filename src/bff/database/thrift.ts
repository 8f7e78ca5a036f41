/** Thrift's compact protocol, in which a Parquet file tells what is in it: where values stand, as far as such a file uses it. */

/** From its first byte to the one after its last. */
export interface Span {
  start: number;
  end: number;
}
export interface Field extends Span {
  id: number;
}

/** The value of a boolean field is its type. */
const types = { true: 1, false: 2, byte: 3, i16: 4, i32: 5, i64: 6, double: 7, text: 8, list: 9, set: 10, struct: 12 } as const;

/** The fields of the struct that begins at a place, each with where its value stands. Throws where it is cut short. */
export function fieldsAt(bytes: Uint8Array, at: number): Field[] {
  const fields: Field[] = [];
  endOfStruct(bytes, at, (field) => fields.push(field));
  return fields;
}

/** The items of the list that begins at a place. */
export function itemsAt(bytes: Uint8Array, at: number): Span[] {
  const items: Span[] = [];
  endOfList(bytes, at, (item) => items.push(item));
  return items;
}

/** The whole number at a place. */
export function wholeAt(bytes: Uint8Array, at: number): bigint {
  const { value } = varintAt(bytes, at);
  return (value >> 1n) ^ -(value & 1n);
}
export const wholeBytes = (value: bigint): Uint8Array => varintBytes(value < 0n ? -2n * value - 1n : 2n * value);

/** How a list of so many structs begins. */
export const structsHead = (length: number): Uint8Array =>
  Uint8Array.from(length < 15 ? [(length << 4) | types.struct] : [0xf0 | types.struct, ...varintBytes(BigInt(length))]);

function endOfStruct(bytes: Uint8Array, at: number, meet: (field: Field) => void = ignore): number {
  let [id, start] = [0, at];
  for (;;) {
    const head = byteAt(bytes, start++);
    if (head === 0) return start;
    if (head >> 4 > 0) id += head >> 4;
    else {
      id = Number(wholeAt(bytes, start));
      start = varintAt(bytes, start).end;
    }
    const type = head & 15;
    const end = type <= types.false ? start : endOf(bytes, start, type);
    meet({ id, start, end });
    start = end;
  }
}

function endOfList(bytes: Uint8Array, at: number, meet: (item: Span) => void = ignore): number {
  const head = byteAt(bytes, at);
  const long = head >> 4 === 15 ? varintAt(bytes, at + 1) : null;
  let start = long?.end ?? at + 1;
  for (let left = long ? Number(long.value) : head >> 4; left > 0; left--) {
    const end = endOf(bytes, start, head & 15);
    meet({ start, end });
    start = end;
  }
  return start;
}

function endOf(bytes: Uint8Array, at: number, type: number): number {
  if (type === types.i16 || type === types.i32 || type === types.i64) return varintAt(bytes, at).end;
  if (type === types.struct) return endOfStruct(bytes, at);
  if (type === types.list || type === types.set) return endOfList(bytes, at);
  if (type === types.double) return at + 8;
  if (type <= types.byte) return at + 1;
  if (type !== types.text) throw new Error(`a value has type ${type}`);
  const { value, end } = varintAt(bytes, at);
  return end + Number(value);
}

function varintAt(bytes: Uint8Array, at: number): { value: bigint; end: number } {
  let value = 0n;
  for (let end = at; ; end++) {
    const read = byteAt(bytes, end);
    value |= BigInt(read & 127) << BigInt(7 * (end - at));
    if (read < 128) return { value, end: end + 1 };
  }
}

function varintBytes(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  return Uint8Array.from([...bytes, Number(left)]);
}

function byteAt(bytes: Uint8Array, at: number): number {
  const read = bytes[at];
  if (read === undefined) throw new Error('a struct is cut short');
  return read;
}

const ignore = (): void => undefined;
