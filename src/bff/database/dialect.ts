import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CompiledQuery, PostgresAdapter, PostgresQueryCompiler, sql } from 'kysely';
import type {
  DatabaseConnection,
  DatabaseIntrospector,
  DatabaseMetadata,
  Dialect,
  DialectAdapter,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
  SchemaMetadata,
  TableMetadata,
  TransactionSettings,
} from 'kysely';
import { Turnstile } from '../turnstile.ts';
import { hadEnded } from './errors.ts';
import { withMemory } from './with-memory.ts';
import { bound, readValue } from './values.ts';

/** Where the dialect gets its connections from. */
export interface ConnectionPool {
  take(): Promise<DuckDBConnection>;
  /** `unclean` where a transaction on it could not be ended: it must not be used again. */
  give(connection: DuckDBConnection, state?: 'clean' | 'unclean'): void;
  /** Told of every error of a connection; answers what to throw in its place. */
  failed(error: unknown): unknown;
}

/**
 * DuckDB behind Kysely's PostgreSQL compiler: the SQL we write is the SQL both engines accept. Writing
 * statements and transactions take turns, because DuckDB refuses two changes of one row instead of waiting.
 * So: never start a second write on the database inside a transaction, use the transaction's own handle.
 */
export class DuckDBDialect implements Dialect {
  readonly #pool: ConnectionPool;
  readonly #isTransaction: boolean;
  /** `isTransaction` where whoever gives the connections has begun a transaction on them, and ends it. */
  constructor(pool: ConnectionPool, isTransaction = false) {
    this.#pool = pool;
    this.#isTransaction = isTransaction;
  }
  createDriver(): Driver {
    return new DuckDBDriver(this.#pool, this.#isTransaction);
  }
  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler();
  }
  createAdapter(): DialectAdapter {
    return new DuckDBAdapter();
  }
  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new DuckDBIntrospector(db);
  }
}

class DuckDBAdapter extends PostgresAdapter {
  // DuckDB has no advisory locks; the lock on the file already keeps other processes out.
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

/** As much as the migrator asks for: which tables there are. */
class DuckDBIntrospector implements DatabaseIntrospector {
  readonly #db: Kysely<unknown>;
  constructor(db: Kysely<unknown>) {
    this.#db = db;
  }
  async getSchemas(): Promise<SchemaMetadata[]> {
    const { rows } = await sql<SchemaMetadata>`
      select schema_name as name from information_schema.schemata`.execute(this.#db);
    return rows;
  }
  async getTables(): Promise<TableMetadata[]> {
    const { rows } = await sql<{ name: string; schema: string }>`
      select table_name as name, table_schema as schema from information_schema.tables`.execute(this.#db);
    return rows.map(({ name, schema }) => ({ name, schema, isView: false, columns: [] }));
  }
  async getMetadata(): Promise<DatabaseMetadata> {
    return { tables: await this.getTables() };
  }
}

class DuckDBDriver implements Driver {
  readonly #pool: ConnectionPool;
  readonly #isTransaction: boolean;
  readonly #writers = new Turnstile();
  readonly #wrapped = new WeakMap<DatabaseConnection, DuckDBConnection>();
  readonly #leave = new WeakMap<DatabaseConnection, () => void>();
  readonly #unclean = new WeakSet<DatabaseConnection>();

  constructor(pool: ConnectionPool, isTransaction: boolean) {
    this.#pool = pool;
    this.#isTransaction = isTransaction;
  }
  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const raw = await this.#pool.take();
    const connection = new SerialConnection(
      raw,
      this.#pool,
      () => this.#isTransaction || this.#leave.has(connection),
      this.#writers,
    );
    this.#wrapped.set(connection, raw);
    return connection;
  }
  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const raw = this.#wrapped.get(connection);
    if (raw) this.#pool.give(raw, this.#unclean.has(connection) ? 'unclean' : 'clean');
  }

  /** A read-only transaction sees one state of everything, and waits for nobody. */
  async beginTransaction(connection: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    if (accessMode === 'read only') {
      this.#leave.set(connection, () => undefined);
      await connection.executeQuery(CompiledQuery.raw('begin transaction read only'));
      return;
    }
    const leave = await this.#writers.enter();
    try {
      this.#leave.set(connection, leave);
      await connection.executeQuery(CompiledQuery.raw('begin'));
    } catch (error) {
      this.#end(connection);
      throw error;
    }
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
    this.#end(connection);
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch((error: unknown) => {
      if (!hadEnded(error)) this.#unclean.add(connection);
    });
    this.#end(connection);
  }
  #end(connection: DatabaseConnection): void {
    this.#leave.get(connection)?.();
    this.#leave.delete(connection);
  }
  async destroy(): Promise<void> {}
}

/** How long rows are read before everything else has its turn, in milliseconds: a hundred thousand of them take a second. */
const longestTurn = 12;

const writing = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode', 'MergeQueryNode']);

class SerialConnection implements DatabaseConnection {
  readonly #raw: DuckDBConnection;
  readonly #pool: ConnectionPool;
  readonly #inTransaction: () => boolean;
  readonly #writers: Turnstile;

  constructor(raw: DuckDBConnection, pool: ConnectionPool, inTransaction: () => boolean, writers: Turnstile) {
    this.#raw = raw;
    this.#pool = pool;
    this.#inTransaction = inTransaction;
    this.#writers = writers;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // an error ends a transaction, so only a statement of its own can be begun again
    if (this.#inTransaction()) return this.#execute(query);
    const leave = writing.has(query.query.kind) ? await this.#writers.enter() : undefined;
    try {
      return await withMemory(() => this.#execute<R>(query));
    } finally {
      leave?.();
    }
  }

  async #execute<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const { values, types } = bound(query.parameters);
      const result = await this.#raw.run(query.sql, values, types);
      const rows: R[] = [];
      let turn = performance.now();
      for await (const batch of result.yieldConvertedRowObjects(readValue)) {
        for (const row of batch) rows.push(row as R); // Kysely derives R from the statement
        if (performance.now() - turn < longestTurn) continue;
        await nextTurn();
        turn = performance.now();
      }
      return { rows, numAffectedRows: BigInt(result.rowsChanged) };
    } catch (error) {
      throw this.#pool.failed(error);
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    let isWhole = false;
    try {
      const { values, types } = bound(query.parameters);
      const result = await this.#raw.stream(query.sql, values, types);
      for await (const rows of result.yieldConvertedRowObjects(readValue)) yield { rows: rows as R[] }; // as above
      isWhole = true;
    } catch (error) {
      throw this.#pool.failed(error);
    } finally {
      // what is left half read is still being read, until the connection has something else to do
      if (!isWhole && !this.#inTransaction()) await this.#raw.run('select 1').catch(() => undefined);
    }
  }
}
