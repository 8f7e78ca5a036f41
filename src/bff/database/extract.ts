import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { DuckDBDialect } from './dialect.ts';
import type { ConnectionPool } from './dialect.ts';
import { WholeParquet } from './parquet-whole.ts';
import type { Tables } from './schema.ts';
import type { TakenFile, TemporaryFolder } from './temporary-folder.ts';

export interface Extract {
  /** Statements on the moment that is read. */
  readonly query: Kysely<Tables>;
  /**
   * The rows of selects as one file, and at its end their number. A select is asked for when the rows of the one before
   * have been taken: each of them must fit the memory of the engine, and together they need not.
   */
  file(selects: AsyncIterable<RawBuilder<unknown>>, format: FileFormat): AsyncGenerator<Uint8Array, number>;
}

/** Of CSV, the columns whose text always stands in quotes. An empty text is `""`, and null is nothing. */
export type FileFormat = { kind: 'csv'; quoted: readonly string[] } | { kind: 'parquet' };

type Alone = <T>(work: () => Promise<T>) => Promise<T>;

/** What is buffered of a file before it is written: a group of rows. Wide rows need much of what the engine may use. */
const rowsOfGroup = 6_144;

export class TransactionExtract implements Extract {
  readonly query: Kysely<Tables>;
  readonly #folder: TemporaryFolder;
  readonly #alone: Alone;
  readonly #signal: AbortSignal;

  /** `alone` does something while nothing else takes much of the memory. */
  constructor(pool: ConnectionPool, folder: TemporaryFolder, alone: Alone, signal: AbortSignal) {
    this.#folder = folder;
    this.#alone = alone;
    this.#signal = signal;
    this.query = new Kysely<Tables>({ dialect: new DuckDBDialect(pool, true) });
  }

  async *file(selects: AsyncIterable<RawBuilder<unknown>>, format: FileFormat): AsyncGenerator<Uint8Array, number> {
    const parquet = format.kind === 'parquet' ? new WholeParquet() : null;
    let rows = 0;
    let isFirst = true;
    for await (const select of selects) {
      const part = await this.#part(select, format, isFirst);
      rows += part.rows;
      isFirst = false;
      if (parquet) yield parquet.add(await part.whole());
      else yield* part.read();
    }
    if (parquet) yield parquet.end();
    return rows;
  }

  /** The joins of a select take tens of megabytes, however few its rows: so nothing else goes on meanwhile. */
  async #part(select: RawBuilder<unknown>, format: FileFormat, isFirst: boolean): Promise<TakenFile & { rows: number }> {
    let rows = 0;
    const part = await this.#folder.take(async (folder) => {
      const path = join(folder, 'part');
      const copy = sql<{ Count: string }>`copy (${select}) to ${sql.lit(path)} (${optionsOf(format, isFirst)})`;
      const answer = await this.#alone(() => {
        this.#signal.throwIfAborted(); // an interruption while it waited has met no statement
        return copy.execute(this.query);
      });
      rows = Number(answer.rows[0]?.Count ?? 0);
      return path;
    });
    return { ...part, rows };
  }
}

const optionsOf = (format: FileFormat, isFirst: boolean): RawBuilder<unknown> =>
  format.kind === 'csv'
    ? sql`format csv, header ${sql.lit(isFirst)}, nullstr '', force_quote (${sql.join(format.quoted.map((column) => sql.ref(column)))})`
    : sql`format parquet, compression zstd, row_group_size ${sql.lit(rowsOfGroup)}, string_dictionary_page_size_limit 65536`;
