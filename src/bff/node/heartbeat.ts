import type { Database } from '../database/open.ts';
import type { Health, LedgerSeals } from '../health.ts';
import type { Clock, Log } from '../services.ts';

/** An answer is good for this long, so that probes do not wear the disk. */
const fresh = 5_000;

/** Finds out whether the store takes writes, by writing. */
export class Heartbeat implements Health {
  closing = false;
  credentialRefused = false;
  ledger: LedgerSeals = { state: 'checking', changedAt: null };
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Log;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #writable: Promise<boolean> = Promise.resolve(false);

  constructor(database: Database, clock: Clock, log: Log) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
  }

  writable(): Promise<boolean> {
    if (this.#clock.monotonic() - this.#checkedAt >= fresh) {
      this.#checkedAt = this.#clock.monotonic();
      this.#writable = this.#beat();
    }
    return this.#writable;
  }

  async #beat(): Promise<boolean> {
    try {
      const beat_at = new Date(this.#clock.now());
      await this.#database.query
        .insertInto('heartbeat')
        .values({ name: 'canopy', beat_at })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ beat_at }))
        .execute();
      return true;
    } catch (error) {
      this.#log.error({ err: error }, 'the data folder cannot be written');
      return false;
    }
  }
}
