import type { Transaction } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import { firstSeal, sealOf } from './seal.ts';
import { Turns } from './turns.ts';

/** What goes into the chain: about which receipt or access entry, and the text that is sealed. */
export interface Link {
  kind: string;
  about: string;
  body: string;
}

/** The ledger's spine: entries in order, each sealed with the one before it, whatever they are about. */
export class Chain {
  readonly #database: Database;
  readonly #turns = new Turns();
  #entries: number;
  #seal: string;

  private constructor(database: Database, head: { entries: number; seal: string }) {
    this.#database = database;
    this.#entries = head.entries;
    this.#seal = head.seal;
  }

  static async open(database: Database): Promise<Chain> {
    const last = await database.query
      .selectFrom('ledger_entry')
      .select(['sequence', 'seal'])
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    return new Chain(database, { entries: last?.sequence ?? 0, seal: last?.seal ?? firstSeal });
  }

  /** The newest entry. Who keeps it elsewhere can tell whether entries were cut off at the end. */
  get head(): { entries: number; seal: string } {
    return { entries: this.#entries, seal: this.#seal };
  }

  /** Adds an entry together with the rows that show it, or neither. When this returns, both are on disk. */
  async add({ kind, about, body }: Link, show: (transaction: Transaction<Tables>, sequence: number) => Promise<void>) {
    return this.#turns.take('', async () => {
      const sequence = this.#entries + 1;
      const seal = await sealOf(this.#seal, sequence, kind, body);
      await this.#database.query.transaction().execute(async (transaction) => {
        await show(transaction, sequence);
        await transaction.insertInto('ledger_entry').values({ sequence, receipt_id: about, kind, body, seal }).execute();
      });
      this.#entries = sequence;
      this.#seal = seal;
      return sequence;
    });
  }
}
