/** Others every time the process starts, so that nobody can look for two names that meet. */
const seeds = crypto.getRandomValues(new Uint32Array(4));

/**
 * A text in eight characters, 128 bits: equal for equal texts, and for millions of different ones never equal by accident.
 * Means nothing outside this process.
 */
export function fingerprint(text: string): string {
  let [a = 0, b = 0, c = 0, d = 0] = seeds;
  const { length } = text;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995);
    c = Math.imul((c << 13) | (c >>> 19), 5) + (code ^ 0x9e3779b9);
    d = Math.imul(d + code, 0x1b873593) ^ (d >>> 15);
  }
  return String.fromCharCode(a >>> 16, a & 0xffff, b >>> 16, b & 0xffff, c >>> 16, c & 0xffff, d >>> 16, d & 0xffff);
}
