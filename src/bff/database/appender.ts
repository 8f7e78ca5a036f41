import { DuckDBDataChunk } from '@duckdb/node-api';
import type { DuckDBAppender } from '@duckdb/node-api';
import { chunkValue } from './values.ts';
import type { Cell } from './values.ts';

export interface ChunkAppender {
  /** The most rows that may be appended at once. */
  readonly mostRows: number;
  /**
   * Rows given column by column, in the order of the table. They are handed to the transaction from time to time, the sooner
   * the more `characters` they hold, where they may be long.
   */
  append(columns: readonly (readonly Cell[])[], characters?: number): void;
  /** Hands over the rest. */
  close(): void;
  /** Forgets the rest. Needed where a load fails: what an appender still holds would be written later, outside of it. */
  abandon(): void;
}

/** Rows between two hand-overs to the transaction: each holds the event loop. */
const flushRows = 4_096;
/** What is not handed over stands outside of the memory that the engine is given. */
const flushCharacters = 8_000_000;

export class TableAppender implements ChunkAppender {
  /** A quarter of what a chunk may hold: cells that die young cost the collector little. */
  readonly mostRows = 512;
  readonly #appender: DuckDBAppender;
  /** One chunk for all rows: its memory is the engine's, which JavaScript neither sees nor hurries to free. */
  readonly #chunk: DuckDBDataChunk;
  #unflushed = 0;
  #characters = 0;

  constructor(appender: DuckDBAppender) {
    this.#appender = appender;
    this.#chunk = DuckDBDataChunk.create(Array.from({ length: appender.columnCount }, (_, index) => appender.columnType(index)));
  }

  append(columns: readonly (readonly Cell[])[], characters = 0): void {
    this.#chunk.reset();
    this.#chunk.setColumnsConverted<Cell>(columns, chunkValue);
    this.#appender.appendDataChunk(this.#chunk);
    this.#unflushed += columns[0]?.length ?? 0;
    this.#characters += characters;
    if (this.#unflushed < flushRows && this.#characters < flushCharacters) return;
    this.#appender.flushSync();
    this.#unflushed = 0;
    this.#characters = 0;
  }
  close(): void {
    this.#appender.closeSync();
  }
  abandon(): void {
    this.#appender.clear();
    this.#appender.closeSync();
  }
}
