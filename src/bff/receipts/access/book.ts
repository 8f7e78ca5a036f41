import type { ExportEnd } from '../../../contract/canopy/access.ts';
import type { Access, AccessBook, Clock, Directory, Log } from '../../services.ts';
import type { Chain } from '../chain.ts';
import { firstEntry, laterRow, rowOf } from './record.ts';
import type { LaterEntry } from './record.ts';

const minute = 60_000;
/** What repeats within this time is one entry with a count, in milliseconds; other kinds are an entry each time. */
const together: Readonly<Partial<Record<Access['kind'], number>>> = {
  view: 15 * minute,
  denied: 5 * minute,
  'sign-in-failed': 5 * minute,
};
/** From this many open counts of one person on, new ones are no longer told apart by what they name. */
const mostApart = 100;

/** One entry that is still being counted. */
interface Count {
  id: string;
  times: number;
  lastAt: string;
  /** The count that is on disk. */
  written: number;
}

export interface BookParts {
  chain: Chain;
  directory: Pick<Directory, 'lineage'>;
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

/**
 * Keeps who came, was refused, looked at records or took a file, in the same sealed chain as the receipts. Repetitions
 * are counted in memory and written down at the second, the tenth, the hundredth and so on, when their time is over and
 * when Canopy stops: a storm of refusals costs a handful of entries.
 */
export class SealedAccessBook implements AccessBook {
  readonly #parts: BookParts;
  /** By person and what is told apart; a count that is being begun is a promise, so that two do not begin it twice. */
  readonly #counts = new Map<string, Promise<Count>>();

  /** Those that have been begun, by the id of their entry. */
  readonly #open = new Map<string, Count>();

  constructor(parts: BookParts) {
    this.#parts = parts;
  }

  /** What has been counted of an entry and is not all written down yet. */
  counted(id: string): { times: number; lastAt: string } | undefined {
    return this.#open.get(id);
  }

  async note(access: Access): Promise<void> {
    const span = together[access.kind];
    if (span === undefined) {
      await this.#begin(access);
      return;
    }
    const { key, told } = this.#toldApart(access);
    const counting = this.#counts.get(key);
    if (counting) return this.#again(await counting);
    const begun = this.#begin(told).then(({ id, at }) => ({ id, times: 1, written: 1, lastAt: at }));
    this.#counts.set(key, begun);
    try {
      const count = await begun;
      this.#open.set(count.id, count);
      void this.#endLater(key, count, span);
    } catch (error) {
      this.#counts.delete(key);
      throw error;
    }
  }

  async export(access: Access): Promise<(ended: ExportEnd) => Promise<void>> {
    const { id } = await this.#begin(access);
    return (ended) => this.#add({ id, lastAt: this.#at(), times: 1, ended });
  }

  /** Writes down what has been counted. */
  async close(): Promise<void> {
    const open = await Promise.allSettled(this.#counts.values());
    this.#counts.clear();
    for (const count of open) if (count.status === 'fulfilled') await this.#writeOrSay(count.value);
  }

  async #begin(access: Access): Promise<{ id: string; at: string }> {
    const { chain, directory } = this.#parts;
    const entry = firstEntry(access, this.#at(), (id) => directory.lineage(id));
    const link = { kind: access.kind, about: entry.id, body: JSON.stringify(entry) };
    await chain.add(link, async (transaction, sequence) => {
      await transaction
        .insertInto('access')
        .values(rowOf(access.kind, entry, sequence))
        .execute();
    });
    return entry;
  }

  async #again(count: Count): Promise<void> {
    count.times += 1;
    count.lastAt = this.#at();
    if (count.times === 2 || /^10+$/.test(String(count.times))) await this.#write(count);
  }

  async #endLater(key: string, count: Count, span: number): Promise<void> {
    try {
      await this.#parts.clock.sleep(span, this.#parts.stop);
    } catch {
      return; // stopping: `close` writes it down
    }
    this.#counts.delete(key);
    await this.#writeOrSay(count);
    this.#open.delete(count.id);
  }

  async #writeOrSay(count: Count): Promise<void> {
    try {
      await this.#write(count);
    } catch (error) {
      this.#parts.log.error({ id: count.id, times: count.times, err: error }, 'repetitions could not be written down');
    }
  }

  async #write(count: Count): Promise<void> {
    const { id, times, lastAt } = count;
    if (times === count.written) return;
    count.written = times;
    await this.#add({ id, times, lastAt, ended: null });
  }

  async #add(later: LaterEntry): Promise<void> {
    const link = { kind: later.ended ? 'export-ended' : 'repeated', about: later.id, body: JSON.stringify(later) };
    await this.#parts.chain.add(link, async (transaction) => {
      await transaction.updateTable('access').set(laterRow(later)).where('id', '=', later.id).execute();
    });
  }

  /** Which count an access belongs to, and what its entry says where it is the first. */
  #toldApart(access: Access): { key: string; told: Access } {
    const { kind, person, operation, organizationId, reason } = access;
    const who = `${person?.id ?? ''} ${kind} `;
    const key = `${who}${operation} ${organizationId ?? ''} ${reason ?? ''}`;
    const apart = [...this.#counts.keys()].filter((other) => other.startsWith(who)).length;
    if (this.#counts.has(key) || apart < mostApart) return { key, told: access };
    return { key: who, told: { ...access, organizationId: null, targetId: null } };
  }

  #at(): string {
    return new Date(this.#parts.clock.now()).toISOString();
  }
}
