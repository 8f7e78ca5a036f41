import { DuckDBDataChunk } from '@duckdb/node-api';
import type { DuckDBAppender } from '@duckdb/node-api';
import { chunkValue } from './values.ts';
import type { Cell } from './values.ts';

export interface ChunkAppender {
  /** The most rows that may be appended at once. */
  readonly mostRows: number;
  /** Rows given column by column, in the order of the table. */
  append(columns: readonly (readonly Cell[])[]): void;
  /** Hands what was appended to the transaction. Keep it below ten thousand rows: it holds the event loop. */
  flush(): void;
  /** Hands over the rest. */
  close(): void;
  /** Forgets the rest. Needed where a load fails: what an appender still holds would be written later, outside of it. */
  abandon(): void;
}

export class TableAppender implements ChunkAppender {
  /** A quarter of what a chunk may hold: cells that die young cost the collector little. */
  readonly mostRows = 512;
  readonly #appender: DuckDBAppender;
  /** One chunk for all rows: its memory is the engine's, which JavaScript neither sees nor hurries to free. */
  readonly #chunk: DuckDBDataChunk;

  constructor(appender: DuckDBAppender) {
    this.#appender = appender;
    this.#chunk = DuckDBDataChunk.create(Array.from({ length: appender.columnCount }, (_, index) => appender.columnType(index)));
  }

  append(columns: readonly (readonly Cell[])[]): void {
    this.#chunk.reset();
    this.#chunk.setColumnsConverted<Cell>(columns, chunkValue);
    this.#appender.appendDataChunk(this.#chunk);
  }
  flush(): void {
    this.#appender.flushSync();
  }
  close(): void {
    this.#appender.closeSync();
  }
  abandon(): void {
    this.#appender.clear();
    this.#appender.closeSync();
  }
}
