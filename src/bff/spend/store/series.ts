import type { Load } from '../../database/open.ts';
import { TableRows } from '../../database/table-rows.ts';
import { fingerprint } from './fingerprint.ts';

/** The series of one organization from one source: their numbers. New ones are written as they come. */
export class SeriesBook {
  /** By the fingerprint of their words, which takes a tenth of the room of the words. */
  readonly #numbers: Map<string, number>;
  readonly #organizationId: string;
  readonly #source: string;
  readonly #rows: TableRows;
  #next: number;
  readonly #most: number;

  private constructor(
    about: { organizationId: string; source: string; most: number },
    rows: TableRows,
    numbers: Map<string, number>,
    next: number,
  ) {
    this.#organizationId = about.organizationId;
    this.#source = about.source;
    this.#most = about.most;
    this.#rows = rows;
    this.#numbers = numbers;
    this.#next = next;
  }

  /**
   * Reads what is known. `most` bounds how many are remembered: beyond that, words that come again get another number,
   * which adds up to the same. Loads take turns, so no one else gives out numbers meanwhile.
   */
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
    const rows = new TableRows(await load.appender('usage_series'));
    return new SeriesBook({ organizationId, source, most }, rows, numbers, (last ?? 0) + 1);
  }

  /** The number of these words. `key` is all of them in one text. */
  numberOf(key: string, words: readonly (string | null)[]): number {
    const print = fingerprint(key);
    const known = this.#numbers.get(print);
    if (known !== undefined) return known;
    const number = this.#next++;
    if (this.#numbers.size >= this.#most) this.#numbers.clear();
    this.#numbers.set(print, number);
    this.#rows.add(number, this.#organizationId, key, ...words, this.#source);
    return number;
  }

  /** Appends what is left. */
  finish(): void {
    this.#rows.finish();
  }

  /** Forgets what was not handed over yet. */
  abandon(): void {
    this.#rows.abandon();
  }
}
