const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Cloudflare's envelope without its result. */
export interface AnswerEnvelope {
  success: unknown;
  errors: unknown;
  /** False where `result` is no array. */
  hasRecords: boolean;
}

/** Why an answer is not one whole JSON document of the documented shape. */
export class BrokenAnswer extends Error {
  readonly kind: 'truncated' | 'malformed' | 'too-large';
  constructor(kind: BrokenAnswer['kind'], message: string) {
    super(message);
    this.name = 'BrokenAnswer';
    this.kind = kind;
  }
}

export interface SplitterLimits {
  /** Bytes of the envelope around the records. */
  envelope: number;
  record: number;
}

const defaultLimits: SplitterLimits = { envelope: 1 << 20, record: 1 << 20 };

/**
 * Cuts `{"success":…,"result":[…,…]}` into the bytes of each element of `result` while it arrives in pieces,
 * however they are cut. Holds one record at most, so an answer of any size passes through.
 */
export class RecordSplitter {
  readonly #onRecord: (bytes: Uint8Array) => void;
  readonly #limits: SplitterLimits;
  #place: 'before' | 'inside' | 'after' = 'before';
  #envelope: Uint8Array[] = [];
  #envelopeBytes = 0;
  /** Brackets open: in the envelope before the records, in the record inside them. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The beginning of a record that goes on in the next piece. */
  #carried: Uint8Array[] = [];
  #carriedBytes = 0;
  #afterComma = false;

  /** `onRecord` must not keep the bytes: they are a view of the piece. */
  constructor(onRecord: (bytes: Uint8Array) => void, limits: SplitterLimits = defaultLimits) {
    this.#onRecord = onRecord;
    this.#limits = limits;
  }

  write(piece: Uint8Array): void {
    let at = 0;
    if (this.#place === 'before') at = this.#scanEnvelope(piece);
    if (this.#place === 'inside') at = this.#scanRecords(piece, at);
    if (this.#place === 'after') this.#keep(piece.subarray(at));
  }

  /** The envelope, once the document is whole. A document that ends early throws, wherever it was cut. */
  end(): AnswerEnvelope {
    if (this.#place === 'inside') throw new BrokenAnswer('truncated', 'The answer ended inside its records.');
    const text = new TextDecoder().decode(joined(this.#envelope, this.#envelopeBytes));
    let envelope: unknown;
    try {
      envelope = JSON.parse(text);
    } catch {
      throw /^\s*\{/.test(text)
        ? new BrokenAnswer('truncated', 'The answer ended early.')
        : new BrokenAnswer('malformed', 'The answer is no JSON object.');
    }
    if (typeof envelope !== 'object' || envelope === null || Array.isArray(envelope))
      throw new BrokenAnswer('malformed', 'The answer is no JSON object.');
    const { success, errors } = envelope as { success?: unknown; errors?: unknown }; // any object has these, perhaps undefined
    return { success, errors, hasRecords: this.#place === 'after' };
  }

  /** Finds the `[` of the `result` of the outermost object; the index after it, or the length. */
  #scanEnvelope(piece: Uint8Array): number {
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at];
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === backslash) this.#escaped = true;
        else if (byte === quote) this.#inString = false;
      } else if (byte === quote) this.#inString = true;
      else if (byte === openBrace) this.#depth++;
      else if (byte === closeBrace || byte === closeBracket) this.#depth--;
      else if (byte === openBracket) {
        if (this.#depth === 1 && this.#endsWithResultKey(piece.subarray(0, at))) {
          this.#keep(piece.subarray(0, at + 1));
          this.#place = 'inside';
          this.#depth = 0;
          return at + 1;
        }
        this.#depth++;
      }
    }
    this.#keep(piece);
    return piece.length;
  }

  /** Whether the outermost object has just named its `result`. */
  #endsWithResultKey(rest: Uint8Array): boolean {
    const tail = joined([...this.#envelope, rest], this.#envelopeBytes + rest.length).subarray(-64);
    return /(^|[^\\])"result"\s*:\s*$/.test(new TextDecoder().decode(tail));
  }

  #keep(bytes: Uint8Array): void {
    this.#envelopeBytes += bytes.length;
    if (this.#envelopeBytes > this.#limits.envelope)
      throw new BrokenAnswer('too-large', 'The answer is far longer than its records explain.');
    if (bytes.length > 0) this.#envelope.push(bytes.slice());
  }

  /** The index of the `]` that ends the records, or the length. */
  #scanRecords(piece: Uint8Array, from: number): number {
    const length = piece.length;
    let depth = this.#depth;
    let inString = this.#inString;
    let escaped = this.#escaped;
    let start = from;
    let at = from;
    for (; at < length; at++) {
      const byte = piece[at];
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
      } else if (byte === quote) inString = true;
      else if (byte === openBrace || byte === openBracket) depth++;
      else if (depth > 0) {
        if (byte === closeBrace || byte === closeBracket) depth--;
      } else if (byte === comma) {
        this.#finish(piece.subarray(start, at), false);
        start = at + 1;
      } else if (byte === closeBracket) {
        this.#finish(piece.subarray(start, at), true);
        this.#place = 'after';
        return at;
      }
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#escaped = escaped;
    this.#carry(piece.subarray(start));
    return length;
  }

  #carry(bytes: Uint8Array): void {
    this.#carriedBytes += bytes.length;
    if (this.#carriedBytes > this.#limits.record) throw new BrokenAnswer('too-large', 'A record is too large to be one.');
    if (bytes.length > 0) this.#carried.push(bytes.slice());
  }

  #finish(rest: Uint8Array, last: boolean): void {
    let record = rest;
    if (this.#carried.length > 0) {
      this.#carry(rest);
      record = joined(this.#carried, this.#carriedBytes);
      this.#carried = [];
      this.#carriedBytes = 0;
    }
    if (record.every(isSpace)) {
      if (!last || this.#afterComma) throw new BrokenAnswer('malformed', 'The records are not separated as JSON.');
      return; // an empty array
    }
    this.#afterComma = !last;
    this.#onRecord(record);
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
