/**
 * A fingerprint of many records that does not depend on their order: upstream promises none, and the same day must
 * not look changed because it came in another one. Good against accidents, not against malice.
 */
export class Digest {
  #low = 0;
  #high = 0;
  #count = 0;

  add(bytes: Uint8Array): void {
    let low = 0x811c9dc5;
    let high = 0x9747b28c;
    const { length } = bytes;
    for (let index = 0; index < length; index++) {
      const byte = bytes[index] ?? 0;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x85ebca6b);
    }
    this.#low = (this.#low + mixed(low)) >>> 0;
    this.#high = (this.#high + mixed(high)) >>> 0;
    this.#count++;
  }

  get text(): string {
    return `${this.#count}-${this.#low.toString(16)}-${this.#high.toString(16)}`;
  }
}

/** Spreads every bit over the word, so that sums of similar records differ. */
function mixed(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}
