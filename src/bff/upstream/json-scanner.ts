/** What each byte means outside a string: 1 space, 2 opening, 3 closing, 4 quote, 0 anything else. */
const kindOf = new Uint8Array(256);
for (const space of [0x20, 0x09, 0x0a, 0x0d]) kindOf[space] = 1;
kindOf[0x7b] = kindOf[0x5b] = 2;
kindOf[0x7d] = kindOf[0x5d] = 3;
kindOf[0x22] = 4;

const quote = 0x22;
const backslash = 0x5c;

export type Completeness = 'empty' | 'not-json' | 'truncated' | 'complete' | 'too-deep' | 'crossed';

/**
 * Judges whether a JSON object or array arrived whole, chunk by chunk, without building it. The transport cannot
 * tell: a body that ends with its connection looks finished wherever it was cut.
 */
export class JsonScanner {
  readonly #maxDepth: number;
  /** What each open level was opened with. */
  readonly #open: Uint8Array;
  #depth = 0;
  #string = false;
  #escape = false;
  #state: Completeness = 'empty';

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
    this.#open = new Uint8Array(maxDepth);
  }

  get state(): Completeness {
    return this.#state;
  }

  write(chunk: Uint8Array): Completeness {
    const length = chunk.length;
    let index = 0;
    if (this.#state === 'empty') {
      while (index < length && kindOf[chunk[index] as number] === 1) index++; // in range, so never undefined
      if (index === length) return this.#state;
      this.#state = kindOf[chunk[index] as number] === 2 ? 'truncated' : 'not-json'; // as above
    }
    if (this.#state !== 'truncated') return this.#state;
    let depth = this.#depth;
    let string = this.#string;
    let escape = this.#escape;
    while (index < length) {
      if (string) {
        // most bytes of an answer stand in strings: this loop has to be short
        if (escape) {
          escape = false;
          index++;
        }
        let byte = 0;
        while (index < length && (byte = chunk[index++] as number) !== quote && byte !== backslash); // as above
        if (byte === quote) string = false;
        else if (byte === backslash) escape = true;
        continue;
      }
      const byte = chunk[index++] as number; // as above
      const kind = kindOf[byte] as number; // 256 entries, one for each byte
      if (kind < 2) continue;
      if (kind === 4) string = true;
      else if (kind === 2) {
        if (depth === this.#maxDepth) return (this.#state = 'too-deep');
        this.#open[depth++] = byte;
      } else {
        // in ASCII each closing bracket stands two after its opening one
        if (this.#open[--depth] !== byte - 2) return (this.#state = 'crossed');
        if (depth === 0) return (this.#state = 'complete');
      }
    }
    this.#depth = depth;
    this.#string = string;
    this.#escape = escape;
    return this.#state;
  }
}
