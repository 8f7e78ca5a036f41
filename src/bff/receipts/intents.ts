import type { Clock } from '../services.ts';
import { idempotencyConflict, inProgress, repeatAnswer } from './answers.ts';
import type { Answer } from './answers.ts';
import type { IntentKey, Ledger } from './ledger.ts';
import type { StoredReceipt } from './record.ts';

/** How long a repetition waits for the first request of the same intent. */
const patience = 30_000;

/** Keeps an intent from happening twice: a second click, a second tab's replay, a retry after the network came back. */
export class Intents {
  readonly #ledger: Pick<Ledger, 'find'>;
  readonly #clock: Clock;
  readonly #running = new Map<string, { fingerprint: string; answer: Promise<Answer> }>();

  constructor(ledger: Pick<Ledger, 'find'>, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /**
   * The first request of an intent runs `first`; its repetitions get the same answer. `again` looks after a write
   * that was sent before and still has no answer.
   */
  async once(key: IntentKey, first: () => Promise<Answer>, again: (receipt: StoredReceipt) => Promise<Answer>): Promise<Answer> {
    const name = `${key.personId} ${key.key}`;
    const running = this.#running.get(name);
    if (running) {
      if (running.fingerprint !== key.fingerprint) throw idempotencyConflict();
      return this.#wait(running.answer);
    }
    const answer = this.#begin(key, first, again);
    this.#running.set(name, { fingerprint: key.fingerprint, answer });
    try {
      return await answer;
    } finally {
      this.#running.delete(name);
    }
  }

  async #begin(
    key: IntentKey,
    first: () => Promise<Answer>,
    again: (receipt: StoredReceipt) => Promise<Answer>,
  ): Promise<Answer> {
    const known = await this.#ledger.find(key);
    if (!known) return first();
    if (known.fingerprint !== key.fingerprint) throw idempotencyConflict();
    return known.answer === null ? again(known.receipt) : repeatAnswer(known.answer);
  }

  async #wait(answer: Promise<Answer>): Promise<Answer> {
    const done = new AbortController();
    const late = this.#clock.sleep(patience, done.signal).then(() => {
      throw inProgress();
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      late.catch(() => undefined); // the one that lost the race
      done.abort();
    }
  }
}
