import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { Kysely, sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { DuckDBDialect } from './dialect.ts';
import type { Tables } from './schema.ts';
import type { TakenFile, TemporaryFolder } from './temporary-folder.ts';

export interface Extract {
  /** Statements on the moment that is read. */
  readonly query: Kysely<Tables>;
  /**
   * Writes the rows of selects into one file, and answers it with their number. A select may be written before the next
   * one is asked for: each of them must fit the memory of the engine, and together they need not.
   */
  file(selects: AsyncIterable<RawBuilder<unknown>>, format: FileFormat): Promise<TakenFile & { rows: number }>;
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

  /** `alone` does something while nothing else takes much of the memory. */
  constructor(connection: DuckDBConnection, folder: TemporaryFolder, alone: Alone) {
    this.#folder = folder;
    this.#alone = alone;
    this.query = new Kysely<Tables>({ dialect: new DuckDBDialect({ take: async () => connection, give: () => undefined }) });
  }

  async file(selects: AsyncIterable<RawBuilder<unknown>>, format: FileFormat): Promise<TakenFile & { rows: number }> {
    let rows = 0;
    const file = await this.#folder.take(async (folder) => {
      const parts: string[] = [];
      for await (const select of selects) {
        const part = join(folder, `${parts.length}.parquet`);
        // The joins of a select take tens of megabytes, however few its rows. Putting the parts together needs little.
        await this.#alone(() => this.#copy(select, part, { kind: 'parquet' }));
        parts.push(part);
      }
      const whole = join(folder, 'whole');
      rows = await this.#copy(sql`select * from read_parquet([${sql.join(parts.map((part) => sql.lit(part)))}])`, whole, format);
      return whole;
    });
    return { ...file, rows };
  }

  async #copy(select: RawBuilder<unknown>, path: string, format: FileFormat): Promise<number> {
    const { rows } = await sql<{ Count: string }>`copy (${select}) to ${sql.lit(path)} (${optionsOf(format)})`.execute(
      this.query,
    );
    return Number(rows[0]?.Count ?? 0);
  }
}

const optionsOf = (format: FileFormat): RawBuilder<unknown> =>
  format.kind === 'csv'
    ? sql`format csv, header true, nullstr '', force_quote (${sql.join(format.quoted.map((column) => sql.ref(column)))})`
    : sql`format parquet, compression zstd, row_group_size ${sql.lit(rowsOfGroup)}, string_dictionary_page_size_limit 65536`;
