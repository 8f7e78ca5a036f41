/** One 32-bit number from any parts: the same parts always give the same number. */
export function hashOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    if (typeof part === 'number') hash = Math.imul(hash ^ part, 0x01000193) ^ (hash >>> 15);
    else for (let index = 0; index < part.length; index += 1) hash = Math.imul(hash ^ part.charCodeAt(index), 0x01000193);
    hash = Math.imul(hash ^ 0x2f, 0x01000193);
  }
  return mixed(hash);
}

/** Spreads every bit of a number over all 32. */
function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A number from 0 to just below 1 from any parts. */
export const shareOf = (...parts: readonly (string | number)[]): number => hashOf(...parts) / 4_294_967_296;

/** A stream of numbers that its seed decides. */
export class Random {
  #state: number;

  constructor(...seed: readonly (string | number)[]) {
    this.#state = hashOf(...seed);
  }

  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return mixed(this.#state);
  }

  /** From 0 to just below 1. */
  next(): number {
    return this.bits() / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.next() * list.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** Around 0 with a standard deviation of 1. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** That many hexadecimal digits. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.bits().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  uuid(): string {
    const hex = this.hex(32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** In another order. */
  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((item) => ({ item, rank: this.bits() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }
}
