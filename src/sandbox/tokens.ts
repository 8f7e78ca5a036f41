import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** Why a page token is not taken. */
export type TokenProblem = 'unreadable' | 'other_question';

/**
 * Makes and reads page tokens and cursors: opaque, bound to the question they continue, and good after a restart
 * (equal seeds have equal keys).
 */
export class Tokens {
  readonly #key: Buffer;
  constructor(seed: number) {
    this.#key = createHash('sha256').update(`sandbox page tokens ${seed}`).digest();
  }

  /** A token that leads to `position` of the list that `question` names. */
  seal(question: string, position: string): string {
    const bound = digest(question);
    // the nonce comes from the content, so the same page always has the same token
    const nonce = createHash('sha256').update(bound).update(position).digest().subarray(0, 12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(bound), cipher.update(position, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** The position a token leads to, or why it is not taken. */
  open(question: string, token: string): { position: string } | TokenProblem {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length < 44 || bytes.toString('base64url') !== token.replace(/=+$/, '')) return 'unreadable';
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    try {
      const plain = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
      if (!plain.subarray(0, 16).equals(digest(question))) return 'other_question';
      return { position: plain.subarray(16).toString('utf8') };
    } catch {
      return 'unreadable';
    }
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest().subarray(0, 16);

/** Names a list by its route, path and filters; the order of parameters does not matter, their values do. */
export function questionOf(route: string, path: string, filters: URLSearchParams, without: readonly string[]): string {
  const pairs = [...filters].filter(([name]) => !without.includes(name)).map(([name, value]) => `${name}=${value}`);
  return JSON.stringify([route, path, pairs.sort()]);
}
