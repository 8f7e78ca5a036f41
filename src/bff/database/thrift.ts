/** Thrift's compact protocol, in which a Parquet file tells what is in it. Only what such a file uses, and nothing of what it means. */

/** Whole numbers, texts and other bytes as they stand, lists, and structs. */
export type ThriftValue = bigint | Uint8Array | ThriftList | ThriftStruct;
export interface ThriftList {
  of: number;
  items: ThriftValue[];
}
/** Fields by number, in ascending order. What a boolean says is its type. */
export type ThriftStruct = Map<number, { type: number; value: ThriftValue }>;

const types = { true: 1, false: 2, byte: 3, i16: 4, i32: 5, i64: 6, double: 7, bytes: 8, list: 9, set: 10, struct: 12 } as const;
const nothing = new Uint8Array(0);

/** The struct at the start of the bytes. Throws where it is cut short, or of a type that is not known here. */
export function readStruct(bytes: Uint8Array): ThriftStruct {
  let at = 0;
  const byte = (): number => {
    const read = bytes[at++];
    if (read === undefined) throw new Error('a struct is cut short');
    return read;
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.byteLength) throw new Error('a struct is cut short');
    return bytes.subarray(at, (at += length));
  };
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const read = byte();
      value |= BigInt(read & 127) << shift;
      if (read < 128) return value;
    }
  };
  const whole = (): bigint => {
    const read = varint();
    return (read >> 1n) ^ -(read & 1n);
  };
  const list = (): ThriftList => {
    const head = byte();
    const length = head >> 4 === 15 ? Number(varint()) : head >> 4;
    const of = head & 15;
    return { of, items: Array.from({ length }, () => (of <= types.false ? take(1) : value(of))) };
  };
  const struct = (): ThriftStruct => {
    const fields: ThriftStruct = new Map();
    for (let id = 0; ;) {
      const head = byte();
      if (head === 0) return fields;
      id = head >> 4 === 0 ? Number(whole()) : id + (head >> 4);
      const type = head & 15;
      fields.set(id, { type, value: type <= types.false ? nothing : value(type) });
    }
  };
  const value = (type: number): ThriftValue => {
    if (type === types.i16 || type === types.i32 || type === types.i64) return whole();
    if (type === types.bytes) return take(Number(varint()));
    if (type === types.struct) return struct();
    if (type === types.list || type === types.set) return list();
    if (type === types.double) return take(8);
    if (type === types.byte) return take(1);
    throw new Error(`a field has type ${type}`);
  };
  return struct();
}

/** The bytes of a struct. */
export function writeStruct(fields: ThriftStruct): Uint8Array {
  const out: number[] = [];
  const varint = (value: bigint): void => {
    let left = value;
    for (; left > 127n; left >>= 7n) out.push(Number(left & 127n) | 128);
    out.push(Number(left));
  };
  const whole = (value: bigint): void => varint(value < 0n ? -2n * value - 1n : 2n * value);
  const struct = (of: ThriftStruct): void => {
    let last = 0;
    for (const [id, { type, value }] of of) {
      const step = id - last;
      if (step <= 15) out.push((step << 4) | type);
      else {
        out.push(type);
        whole(BigInt(id));
      }
      put(value, type);
      last = id;
    }
    out.push(0);
  };
  const put = (value: ThriftValue, type: number): void => {
    if (typeof value === 'bigint') whole(value);
    else if (value instanceof Map) struct(value);
    else if (value instanceof Uint8Array) {
      if (type === types.bytes) varint(BigInt(value.byteLength));
      for (const one of value) out.push(one);
    } else {
      const { of, items } = value;
      out.push((Math.min(items.length, 15) << 4) | of);
      if (items.length >= 15) varint(BigInt(items.length));
      for (const item of items) put(item, of);
    }
  };
  struct(fields);
  return Uint8Array.from(out);
}
