import type { Database } from '../database/open.ts';
import { Problem } from '../problem.ts';
import type { Clock, Log } from '../services.ts';
import type { Chain } from './chain.ts';
import { intentRow, outcomeRow, storedReceipt } from './record.ts';
import type { Intent, Outcome, StoredReceipt } from './record.ts';

/** How long the answer to an intent is kept for its repetitions. */
export const intentLifetime = 24 * 3_600_000;
/** An outcome that could not be written down is tried again after this. */
const writeAgainAfter = 5_000;

/** One intent to write: the same key means the same intent. */
export interface IntentKey {
  personId: string;
  key: string;
  fingerprint: string;
}

/** What a repetition finds. */
export interface KnownIntent {
  fingerprint: string;
  receipt: StoredReceipt;
  /** JSON text; null while there is no answer to repeat. */
  answer: string | null;
}

export interface LedgerParts {
  database: Database;
  chain: Chain;
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

/**
 * The receipts on disk. Each change is one transaction: the receipt, an entry sealed with the entry before it, and
 * the key of the intent. Nothing is sent upstream before `begin` has returned.
 */
export class Ledger {
  readonly #database: Database;
  readonly #chain: Chain;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #stop: AbortSignal;

  constructor({ database, chain, clock, log, stop }: LedgerParts) {
    this.#database = database;
    this.#chain = chain;
    this.#clock = clock;
    this.#log = log;
    this.#stop = stop;
  }

  /** What is known of an intent that came before; intents older than a day are forgotten. */
  async find({ personId, key }: Pick<IntentKey, 'personId' | 'key'>): Promise<KnownIntent | null> {
    try {
      const row = await this.#database.query
        .selectFrom('intent')
        .innerJoin('receipt', 'receipt.id', 'intent.receipt_id')
        .selectAll('receipt')
        .select(['intent.fingerprint', 'intent.answer'])
        .where('intent.person_id', '=', personId)
        .where('intent.key', '=', key)
        .where('intent.at', '>', this.#intentHorizon())
        .executeTakeFirst();
      return row ? { fingerprint: row.fingerprint, answer: row.answer, receipt: storedReceipt(row) } : null;
    } catch (error) {
      throw this.#unavailable(error);
    }
  }

  /** Writes the intent down. When this returns, it is on disk. */
  async begin(intent: Intent, key: IntentKey | null): Promise<StoredReceipt> {
    try {
      let row = intentRow(intent, 0);
      const link = { kind: 'intent', about: intent.id, body: JSON.stringify(intent) };
      await this.#chain.add(link, async (transaction) => {
        const last = await transaction
          .selectFrom('receipt')
          .select('sequence')
          .orderBy('sequence', 'desc')
          .limit(1)
          .executeTakeFirst();
        row = { ...row, sequence: (last?.sequence ?? 0) + 1 };
        await transaction.insertInto('receipt').values(row).execute();
        await transaction.deleteFrom('intent').where('at', '<=', this.#intentHorizon()).execute();
        if (!key) return;
        const at = new Date(this.#clock.now());
        const { personId: person_id, key: name, fingerprint } = key;
        await transaction
          .insertInto('intent')
          .values({ person_id, key: name, fingerprint, receipt_id: intent.id, at, answer: null })
          .execute();
      });
      return storedReceipt(row);
    } catch (error) {
      throw this.#unavailable(error);
    }
  }

  /**
   * Writes down how a write ended, and the answer its repetitions get; without one its key is free again. The write
   * has happened, so this never fails: what cannot be written now is written later.
   */
  async settle(receiptId: string, outcome: Outcome, answer: string | null): Promise<void> {
    try {
      await this.#settle(receiptId, outcome, answer);
    } catch (error) {
      this.#log.error({ receiptId, outcome: outcome.outcome, err: error }, 'an outcome could not be written down yet');
      void this.#settleLater(receiptId, outcome, answer);
    }
  }

  async #settleLater(receiptId: string, outcome: Outcome, answer: string | null): Promise<void> {
    for (;;) {
      try {
        await this.#clock.sleep(writeAgainAfter, this.#stop);
      } catch {
        return; // stopping: the receipt stays pending and is settled by reading after the next start
      }
      try {
        await this.#settle(receiptId, outcome, answer);
        this.#log.warn({ receiptId }, 'an outcome was written down late');
        return;
      } catch {
        // as before; the first failure is in the log
      }
    }
  }

  async #settle(receiptId: string, outcome: Outcome, answer: string | null): Promise<void> {
    const link = { kind: 'outcome', about: receiptId, body: JSON.stringify({ receiptId, ...outcome }) };
    await this.#chain.add(link, async (transaction) => {
      await transaction.updateTable('receipt').set(outcomeRow(outcome)).where('id', '=', receiptId).execute();
      if (answer === null) await transaction.deleteFrom('intent').where('receipt_id', '=', receiptId).execute();
      else await transaction.updateTable('intent').set({ answer }).where('receipt_id', '=', receiptId).execute();
    });
  }

  /** Receipts whose outcome is still open, oldest first. */
  async pending(): Promise<StoredReceipt[]> {
    const rows = await this.#database.query
      .selectFrom('receipt')
      .selectAll()
      .where('outcome', '=', 'pending')
      .orderBy('sequence')
      .execute();
    return rows.map(storedReceipt);
  }

  #intentHorizon(): Date {
    return new Date(this.#clock.now() - intentLifetime);
  }

  #unavailable(error: unknown): Problem {
    this.#log.error({ err: error }, 'the ledger of receipts cannot be used');
    return new Problem(
      {
        code: 'ledger_unavailable',
        message: 'Canopy cannot write the receipt of this change, so it sent nothing to Cloudflare. Nothing was changed.',
        action: 'Ask whoever runs Canopy to look at the data folder: it may be full or not writable. Reading still works.',
        retryAfterSeconds: 10,
      },
      { cause: error },
    );
  }
}
