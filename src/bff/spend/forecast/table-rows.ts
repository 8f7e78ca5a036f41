import type { ChunkAppender } from '../../database/appender.ts';
import type { Cell } from '../../database/values.ts';

/** Appends rows to a table whose cells stand in the order of its columns. */
export class TableRows {
  readonly #appender: ChunkAppender;
  #rows: Cell[][] = [];

  constructor(appender: ChunkAppender) {
    this.#appender = appender;
  }

  add(...cells: Cell[]): void {
    this.#rows.push(cells);
    if (this.#rows.length === this.#appender.mostRows) this.#append();
  }

  finish(): void {
    this.#append();
    this.#appender.close();
  }

  abandon(): void {
    this.#appender.abandon();
  }

  #append(): void {
    const rows = this.#rows.splice(0);
    if (rows.length === 0) return;
    this.#appender.append(Array.from(rows[0] ?? [], (_, column) => rows.map((row) => row[column] ?? null)));
    this.#appender.flush();
  }
}
