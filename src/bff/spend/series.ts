import type { Load } from '../database/open.ts';
import type { Cell } from '../database/values.ts';

/** The series of one organization from one source: their numbers, and those that are new. */
export class SeriesBook {
  readonly #numbers: Map<string, number>;
  readonly #organizationId: string;
  readonly #source: string;
  #next: number;
  readonly #fresh: Cell[][] = [];
  readonly #most: number;

  private constructor(organizationId: string, source: string, numbers: Map<string, number>, next: number, most: number) {
    this.#most = most;
    this.#organizationId = organizationId;
    this.#source = source;
    this.#numbers = numbers;
    this.#next = next;
  }

  /**
   * Reads what is known. `most` bounds how many are remembered: beyond that, words that come again get another number,
   * which adds up to the same. Loads take turns, so no one else gives out numbers meanwhile. */
  static async open({ query }: Load, organizationId: string, source: string, most = Infinity): Promise<SeriesBook> {
    const known = await query
      .selectFrom('usage_series')
      .select(['series_id', 'key'])
      .where('organization_id', '=', organizationId)
      .where('source', '=', source)
      .execute();
    const { last } = await query
      .selectFrom('usage_series')
      .select((row) => row.fn.max<number | null>('series_id').as('last'))
      .executeTakeFirstOrThrow();
    return new SeriesBook(organizationId, source, new Map(known.map((row) => [row.key, row.series_id])), (last ?? 0) + 1, most);
  }

  /** The number of these words. */
  numberOf(key: string, words: readonly (string | null)[]): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#next++;
    if (this.#numbers.size >= this.#most) this.#numbers.clear();
    this.#numbers.set(key, number);
    this.#fresh.push([number, this.#organizationId, key, ...words, this.#source]);
    return number;
  }

  /** New ones that are not written yet. */
  get fresh(): number {
    return this.#fresh.length;
  }

  /** Writes the new ones. */
  async keep(load: Load): Promise<void> {
    if (this.#fresh.length === 0) return;
    const appender = await load.appender('usage_series');
    const rows = this.#fresh.splice(0);
    for (let at = 0; at < rows.length; at += appender.mostRows) {
      const part = rows.slice(at, at + appender.mostRows);
      appender.append(Array.from({ length: part[0]?.length ?? 0 }, (_, column) => part.map((row) => row[column] ?? null)));
    }
    appender.close();
  }
}
