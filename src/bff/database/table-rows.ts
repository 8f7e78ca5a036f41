import type { ChunkAppender } from './appender.ts';
import type { Cell } from './values.ts';

/** Appends rows to a table, one by one, whose cells stand in the order of its columns. */
export class TableRows {
  readonly #appender: ChunkAppender;
  #rows: (readonly Cell[])[] = [];

  constructor(appender: ChunkAppender) {
    this.#appender = appender;
  }

  add(...cells: readonly Cell[]): void {
    this.#rows.push(cells);
    if (this.#rows.length === this.#appender.mostRows) this.#append();
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
    this.#appender.append(Array.from(rows[0] ?? [], (_, column) => rows.map((row) => row[column] ?? null)));
  }
}
