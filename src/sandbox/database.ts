import {
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBInstance,
  INTEGER,
  LIST,
  VARCHAR,
  listValue,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';

export type Scalar = string | number | boolean | null;
/** What a statement can be given. Lists are for `= any($1)`. */
export type Parameter = Scalar | readonly string[] | readonly number[];

interface ColumnValues {
  text: string;
  integer: number;
  number: number;
  boolean: boolean;
}
type ColumnKind = keyof ColumnValues;
/** With a question mark: may be null. */
export type Column = ColumnKind | `${ColumnKind}?`;

/** The columns of a table, in the order they are stored. */
export interface Table<C extends Readonly<Record<string, Column>> = Readonly<Record<string, Column>>> {
  readonly name: string;
  readonly columns: C;
}

type ValueOf<C extends Column> = C extends `${infer K extends ColumnKind}?`
  ? ColumnValues[K] | null
  : C extends ColumnKind
    ? ColumnValues[C]
    : never;
/** One row of a table. */
export type RowOf<T extends Table> = { readonly [C in keyof T['columns']]: ValueOf<T['columns'][C]> };

const duckTypes: Readonly<Record<ColumnKind, DuckDBType>> = { text: VARCHAR, integer: INTEGER, number: DOUBLE, boolean: BOOLEAN };
const kindOf = (column: Column) => column.replace('?', '') as ColumnKind; // what is left of a column is its kind

/** DuckDB takes a chunk of at most this many rows. */
const chunkRows = 2048;

/** Collects the values of a statement while its text is written: `id = ${bind(id)}`. */
export class Bindings {
  readonly values: Parameter[] = [];
  readonly bind = (value: Parameter): string => `$${this.values.push(value)}`;
}

/** One DuckDB file, opened once. Writers wait for each other, because DuckDB refuses conflicting ones instead of waiting. */
export class Database {
  readonly #instance: DuckDBInstance;
  readonly #reader: DuckDBConnection;
  readonly #writer: DuckDBConnection;
  #lastWrite: Promise<unknown> = Promise.resolve();
  readonly #reads = new Set<Promise<unknown>>();
  #isOpen = true;

  private constructor(instance: DuckDBInstance, reader: DuckDBConnection, writer: DuckDBConnection) {
    this.#instance = instance;
    this.#reader = reader;
    this.#writer = writer;
  }

  static async open(file: string): Promise<Database> {
    const instance = await DuckDBInstance.create(file, {
      threads: '1',
      memory_limit: '96MB',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    return new Database(instance, await instance.connect(), await instance.connect());
  }

  /** Rows as plain values; 64-bit integers come as text, so tables keep to the column types above. */
  async read<Row>(sql: string, values: readonly Parameter[] = []): Promise<Row[]> {
    this.#requireOpen();
    const rows = readRows<Row>(this.#reader, sql, values);
    this.#reads.add(rows);
    try {
      return await rows;
    } finally {
      this.#reads.delete(rows);
    }
  }

  /** One transaction, after every write before it; all of it happens or nothing. */
  async write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    this.#requireOpen();
    const run = async () => {
      await this.#writer.run('begin transaction');
      try {
        const result = await work(new Writer(this.#writer));
        await this.#writer.run('commit');
        return result;
      } catch (problem) {
        await this.#writer.run('rollback');
        throw problem;
      }
    };
    const result = this.#lastWrite.then(run, run);
    this.#lastWrite = result.catch(() => undefined);
    return result;
  }

  /** Waits for what has begun and takes nothing new: the engine does not bear a connection closed under a statement that runs. */
  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#lastWrite;
    await Promise.allSettled(this.#reads);
    this.#reader.closeSync();
    this.#writer.closeSync();
    this.#instance.closeSync();
  }

  /** A request whose caller is gone goes on by itself, and may ask again while all is being closed. */
  #requireOpen(): void {
    if (!this.#isOpen) throw new Error('The store of the sandbox is closed.');
  }
}

/** What can be done inside a write. */
export class Writer {
  readonly #connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  read<Row>(sql: string, values: readonly Parameter[] = []): Promise<Row[]> {
    return readRows<Row>(this.#connection, sql, values);
  }

  /** How many rows the statement changed. */
  async run(sql: string, values: readonly Parameter[] = []): Promise<number> {
    const result = await this.#connection.run(sql, ...bound(values));
    return result.rowsChanged;
  }

  async create(table: Table): Promise<void> {
    const columns = Object.entries(table.columns).map(
      ([name, column]) => `${name} ${String(duckTypes[kindOf(column)])}${column.endsWith('?') ? '' : ' not null'}`,
    );
    await this.#connection.run(`create table ${table.name} (${columns.join(', ')})`);
  }

  /** Appends rows in chunks: far faster than inserts, and the event loop gets a turn between chunks. */
  async append<T extends Table>(table: T, rows: Iterable<RowOf<T>>): Promise<number> {
    const names = Object.keys(table.columns);
    const types = Object.values(table.columns).map((column) => duckTypes[kindOf(column)]);
    const appender = await this.#connection.createAppender(table.name);
    const chunk = DuckDBDataChunk.create(types);
    let columns: Scalar[][] = names.map(() => []);
    let filled = 0;
    let total = 0;
    const flush = async () => {
      chunk.reset();
      chunk.setColumns(columns);
      appender.appendDataChunk(chunk);
      total += filled;
      columns = names.map(() => []);
      filled = 0;
      await new Promise(setImmediate);
    };
    for (const row of rows) {
      const values = row as Readonly<Record<string, Scalar>>; // every value of a row is a scalar
      for (const [index, name] of names.entries()) columns[index]?.push(values[name] ?? null);
      filled += 1;
      if (filled === chunkRows) await flush();
    }
    if (filled > 0) await flush();
    appender.closeSync();
    return total;
  }
}

async function readRows<Row>(connection: DuckDBConnection, sql: string, values: readonly Parameter[]): Promise<Row[]> {
  const reader = await connection.runAndReadAll(sql, ...bound(values));
  return reader.getRowObjectsJson() as Row[]; // the caller names the columns of its own statement
}

function bound(values: readonly Parameter[]): [DuckDBValue[], DuckDBType[]] {
  const types: DuckDBType[] = [];
  const bound = values.map((value, index): DuckDBValue => {
    if (!isList(value)) return value;
    types[index] = LIST(typeof value[0] === 'number' ? DOUBLE : VARCHAR);
    return listValue([...value]);
  });
  return [bound, types];
}

const isList = (value: Parameter): value is readonly string[] | readonly number[] => Array.isArray(value);
