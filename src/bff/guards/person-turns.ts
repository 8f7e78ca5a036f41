import { Turnstile } from '../turnstile.ts';

/** More than the store answers at once, so that one person alone still has all of it. */
const mostOfOne = 3;

/**
 * Questions to the store, a few of each person at a time: the store answers in the order of asking, and who asks a hundred
 * at once would have everybody wait for all of them.
 */
export class PersonTurns {
  readonly #turnstiles = new Map<string, { turnstile: Turnstile; here: number }>();

  /** What `work` answers when its turn has come. Throws the signal's reason where nobody waits any more. */
  async take<T>(personId: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const own = this.#turnstiles.get(personId) ?? { turnstile: new Turnstile(mostOfOne), here: 0 };
    this.#turnstiles.set(personId, own);
    own.here++;
    const leave = await own.turnstile.enter();
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      leave();
      own.here--;
      if (own.here === 0) this.#turnstiles.delete(personId);
    }
  }
}
