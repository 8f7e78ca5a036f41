import type { Load } from '../database/open.ts';
import type { Cell } from '../database/values.ts';

/** The series of one organization from one source: their numbers, and those that are new. */
export class SeriesBook {
  readonly #numbers: Map<string, number>;
  readonly #organizationId: string;
  readonly #source: string;
  #next: number;
  readonly #fresh: Cell[][] = [];

  private constructor(organizationId: string, source: string, numbers: Map<string, number>, next: number) {
    this.#organizationId = organizationId;
    this.#source = source;
    this.#numbers = numbers;
    this.#next = next;
  }

  /** Reads what is known. Loads take turns, so no one else gives out numbers meanwhile. */
  static async open({ query }: Load, organizationId: string, source: string): Promise<SeriesBook> {
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
    return new SeriesBook(organizationId, source, new Map(known.map((row) => [row.key, row.series_id])), (last ?? 0) + 1);
  }

  /** The number of these words. */
  numberOf(key: string, words: readonly (string | null)[]): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#next++;
    this.#numbers.set(key, number);
    this.#fresh.push([number, this.#organizationId, key, ...words, this.#source]);
    return number;
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
