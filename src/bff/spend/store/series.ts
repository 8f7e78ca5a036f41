import type { ChunkAppender } from '../../database/appender.ts';
import type { Load } from '../../database/open.ts';
import type { Cell } from '../../database/values.ts';
import { fingerprint } from './fingerprint.ts';

/** Rows between two hand-overs to the transaction. */
const flushRows = 4096;

/** The series of one organization from one source: their numbers. New ones are written as they come. */
export class SeriesBook {
  /** By the fingerprint of their words, which takes a tenth of the room of the words. */
  readonly #numbers: Map<string, number>;
  readonly #organizationId: string;
  readonly #source: string;
  readonly #appender: ChunkAppender;
  #next: number;
  #rows: Cell[][] = [];
  #unflushed = 0;
  readonly #most: number;

  private constructor(
    about: { organizationId: string; source: string; most: number },
    appender: ChunkAppender,
    numbers: Map<string, number>,
    next: number,
  ) {
    this.#organizationId = about.organizationId;
    this.#source = about.source;
    this.#most = about.most;
    this.#appender = appender;
    this.#numbers = numbers;
    this.#next = next;
  }

  /**
   * Reads what is known. `most` bounds how many are remembered: beyond that, words that come again get another number,
   * which adds up to the same. Loads take turns, so no one else gives out numbers meanwhile. */
  static async open(load: Load, organizationId: string, source: string, most = Infinity): Promise<SeriesBook> {
    const known = load.query
      .selectFrom('usage_series')
      .select(['series_id', 'key'])
      .where('organization_id', '=', organizationId)
      .where('source', '=', source)
      .stream();
    const numbers = new Map<string, number>();
    for await (const { key, series_id } of known) numbers.set(fingerprint(key), series_id);
    const { last } = await load.query
      .selectFrom('usage_series')
      .select((row) => row.fn.max<number | null>('series_id').as('last'))
      .executeTakeFirstOrThrow();
    const appender = await load.appender('usage_series');
    return new SeriesBook({ organizationId, source, most }, appender, numbers, (last ?? 0) + 1);
  }

  /** The number of these words. `key` is all of them in one text. */
  numberOf(key: string, words: readonly (string | null)[]): number {
    const print = fingerprint(key);
    const known = this.#numbers.get(print);
    if (known !== undefined) return known;
    const number = this.#next++;
    if (this.#numbers.size >= this.#most) this.#numbers.clear();
    this.#numbers.set(print, number);
    this.#rows.push([number, this.#organizationId, key, ...words, this.#source]);
    if (this.#rows.length === this.#appender.mostRows) this.#append();
    return number;
  }

  /** Appends what is left. */
  finish(): void {
    this.#append();
    this.#appender.close();
  }

  /** Forgets what was not handed over yet. */
  abandon(): void {
    this.#appender.abandon();
  }

  #append(): void {
    const rows = this.#rows;
    if (rows.length === 0) return;
    this.#rows = [];
    this.#appender.append(Array.from({ length: rows[0]?.length ?? 0 }, (_, column) => rows.map((row) => row[column] ?? null)));
    this.#unflushed += rows.length;
    if (this.#unflushed < flushRows) return;
    this.#appender.flush();
    this.#unflushed = 0;
  }
}
