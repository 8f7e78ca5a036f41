import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { Kysely, Migrator } from 'kysely';
import type { ChunkAppender } from './appender.ts';
import { TableAppender } from './appender.ts';
import { DuckDBDialect, Turnstile } from './dialect.ts';
import type { ConnectionPool } from './dialect.ts';
import { DatabaseUnavailable, openingProblem, translated } from './errors.ts';
import { TemporaryFolder } from './temporary-folder.ts';
import type { Extract } from './extract.ts';
import { TransactionExtract } from './extract.ts';
import { migrations } from './migrations/registry.ts';
import { runAhead } from './spool.ts';
import type { Source } from './spool.ts';
import { withMemory } from './with-memory.ts';
import type { Tables } from './schema.ts';

/**
 * The embedded store. Values leave it exact: decimals, sums and counts are text, days `YYYY-MM-DD`, times RFC 3339.
 * Long answers are read with `query.selectFrom(…).stream()`.
 */
export interface Database {
  readonly query: Kysely<Tables>;
  /**
   * Reads one moment of everything. Two of them at a time, since each takes memory of the engine; one that finds none is
   * begun again, so `read` must do nothing but read.
   */
  snapshot<T>(read: (query: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Loads many rows in one transaction on a connection of its own. Loads take turns; other writing goes on meanwhile. */
  load<T>(work: (load: Load) => Promise<T>): Promise<T>;
  /**
   * Reads one moment of everything and takes files out, piece by piece. One at a time: each may take all the memory there
   * is, until its last piece is taken or the signal comes. So who is slow takes them from `ahead`.
   */
  extract<R>(work: (extract: Extract) => AsyncGenerator<Uint8Array, R>, signal: AbortSignal): AsyncGenerator<Uint8Array, R>;
  /** Lets a source run ahead of its reader, through a file beside the database: see `runAhead`. */
  ahead<R>(source: Source<R>, left: AbortSignal | undefined): Promise<AsyncGenerator<Uint8Array, R>>;
  /** Closes the gaps that replaced rows leave in the file, a part of each table at a time. Takes memory: for quiet moments. */
  compact(): Promise<void>;
  close(): Promise<void>;
}

export interface Load {
  /** Statements inside the transaction of the load. */
  readonly query: Kysely<Tables>;
  /** Chunks of whole columns go to a table, in the order its columns were declared. */
  appender(table: keyof Tables): Promise<ChunkAppender>;
}

/** Paths this process has open: the engine itself would not refuse a second instance. */
const openPaths = new Set<string>();

/**
 * Opens or makes the database file and brings its tables up to date. `:memory:` keeps nothing. To look at a file and
 * change nothing in it, open it to `read`: it must exist, and its tables are what they are.
 */
export async function openDatabase(path: string, to: 'write' | 'read' = 'write'): Promise<Database> {
  const file = path === ':memory:' ? null : resolve(path);
  if (file && openPaths.has(file)) throw new DatabaseUnavailable(`${file} is already open in this process.`);
  if (file) openPaths.add(file);
  try {
    const instance = await openInstance(file, to);
    const folder = new TemporaryFolder(file && join(dirname(file), `${basename(file)}.files`));
    if (to === 'write') await folder.clear();
    const database = new DuckDBDatabase(instance, folder, () => file && openPaths.delete(file));
    if (to === 'write') await database.migrate();
    return database;
  } catch (error) {
    if (file) openPaths.delete(file);
    throw error;
  }
}

/** What the engine may take for its work: writing a file holds more at once than reading usage and answering about it. */
const memory = { usual: '48MB', files: '80MB' } as const;
/** Loads between two sweeps: see `#sweep`. */
const loadsPerSweep = 64;

async function openInstance(file: string | null, to: 'write' | 'read'): Promise<DuckDBInstance> {
  try {
    if (file && to === 'write') await mkdir(dirname(file), { recursive: true });
    return await DuckDBInstance.create(file ?? ':memory:', {
      // The server and a query share two cores: one thread keeps the event loop free.
      threads: '1',
      // All of it is used when the file is brought up to date. Groups that need more go through temporary files.
      memory_limit: memory.usual,
      // Freed memory goes back to the system at once: by default only after hundreds of megabytes.
      allocator_flush_threshold: '1MB',
      allocator_bulk_deallocation_flush_threshold: '1MB',
      // What was written since the last checkpoint stands in memory as it came, without compression.
      checkpoint_threshold: '8MB',
      // A table that is being written takes two blocks for every column, however few its rows: the default would be 256 kB each.
      default_block_size: '65536',
      // Parts of a table are put together by `compact` alone: they stand in memory whole meanwhile, so it waits for a quiet moment.
      max_vacuum_tasks: '0',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      access_mode: to === 'read' ? 'READ_ONLY' : 'AUTOMATIC',
      ...(file ? { temp_directory: join(dirname(file), `${basename(file)}.tmp`) } : {}),
      // The engine's count of what stands there may fall below nothing and then be no end of bytes (duckdb#20561), and
      // nothing more would go there. The disk is the limit anyway.
      max_temp_directory_size: '18446744073709549568B',
    });
  } catch (error) {
    throw openingProblem(file ?? 'The in-memory database', error);
  }
}

class DuckDBDatabase implements Database {
  readonly query: Kysely<Tables>;
  readonly #instance: DuckDBInstance;
  readonly #released: () => void;
  readonly #idle: DuckDBConnection[] = [];
  readonly #loads = new Turnstile();
  readonly #snapshots = new Turnstile(2);
  readonly #extracts = new Turnstile();
  readonly #folder: TemporaryFolder;
  #loadsUntilSweep = loadsPerSweep;
  #sweeping: Promise<void> = Promise.resolve();
  #writesFiles = false;

  constructor(instance: DuckDBInstance, folder: TemporaryFolder, released: () => void) {
    this.#instance = instance;
    this.#folder = folder;
    this.#released = released;
    this.query = new Kysely<Tables>({
      dialect: new DuckDBDialect({ take: () => this.#connect(), give: (connection) => this.#idle.push(connection) }),
    });
  }

  async #connect(): Promise<DuckDBConnection> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    const connection = await this.#instance.connect();
    await connection.run("set TimeZone = 'UTC'");
    return connection;
  }

  async migrate(): Promise<void> {
    const migrator = new Migrator({
      db: this.query,
      provider: { getMigrations: async () => ({ ...migrations }) },
      allowUnorderedMigrations: true, // capabilities grow independently of each other
    });
    const { error } = await migrator.migrateToLatest();
    if (error) {
      await this.close();
      throw new DatabaseUnavailable('The tables of the database could not be brought up to date.', { cause: error });
    }
  }

  async snapshot<T>(read: (query: Kysely<Tables>) => Promise<T>): Promise<T> {
    const leave = await this.#snapshots.enter();
    try {
      return await withMemory(() => this.query.transaction().setAccessMode('read only').execute(read));
    } finally {
      leave();
    }
  }

  async load<T>(work: (load: Load) => Promise<T>): Promise<T> {
    const leave = await this.#loads.enter();
    const connection = await this.#connect();
    try {
      await connection.run('begin');
      const result = await work(new TransactionLoad(connection));
      await connection.run('commit');
      return result;
    } catch (error) {
      await connection.run('rollback').catch(() => undefined); // a failed commit has already rolled back
      throw translated(error);
    } finally {
      if (--this.#loadsUntilSweep <= 0 && !this.#writesFiles) await (this.#sweeping = this.#sweep(connection));
      this.#idle.push(connection);
      leave();
    }
  }

  /**
   * The engine keeps a list of the blocks it might evict, and takes out those that are long gone only when it runs short: up
   * to then tens of thousands of them stay, of half a kilobyte each. A limit that nothing can meet makes it go through its
   * list, is refused, and so never in force.
   */
  async #sweep(connection: DuckDBConnection): Promise<void> {
    this.#loadsUntilSweep = loadsPerSweep;
    await connection.run("set global memory_limit = '1B'").catch(() => undefined);
    await connection.run(`set global memory_limit = '${memory.usual}'`).catch(() => undefined); // what it shows, and the default
  }

  async *extract<R>(
    work: (extract: Extract) => AsyncGenerator<Uint8Array, R>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, R> {
    const leave = await this.#extracts.enter();
    const leaveSnapshots = await this.#snapshots.enter(); // one question less at a time
    const connection = await this.#connect();
    const interrupt = () => connection.interrupt();
    this.#writesFiles = true;
    try {
      signal.throwIfAborted();
      signal.addEventListener('abort', interrupt);
      await this.#sweeping;
      await connection.run(`set global memory_limit = '${memory.files}'`);
      await connection.run('begin transaction read only');
      return yield* work(new TransactionExtract(connection, this.#folder, (write) => this.#alone(write), signal));
    } catch (error) {
      throw translated(error);
    } finally {
      signal.removeEventListener('abort', interrupt);
      await connection.run('rollback').catch(() => undefined); // an error may have ended the transaction already
      await connection.run(`set global memory_limit = '${memory.usual}'`).catch(() => undefined); // others may hold it: next time
      this.#writesFiles = false;
      this.#idle.push(connection);
      leaveSnapshots();
      leave();
    }
  }

  ahead<R>(source: Source<R>, left: AbortSignal | undefined): Promise<AsyncGenerator<Uint8Array, R>> {
    return runAhead(source, () => this.#folder.scratch(), left);
  }

  /** Lets neither loads nor the other questions go on meanwhile: for a moment at a time, after which it is their turn. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.#loads.enter();
    const leaveSnapshots = await this.#snapshots.enter(); // the extract has the other place already
    try {
      return await work();
    } finally {
      leaveSnapshots();
      leave();
    }
  }

  async compact(): Promise<void> {
    const leave = await this.#loads.enter();
    const connection = await this.#connect();
    try {
      await connection.run('set global max_vacuum_tasks = 1');
      await connection.run('checkpoint');
    } catch (error) {
      throw translated(error);
    } finally {
      await connection.run('set global max_vacuum_tasks = 0');
      this.#idle.push(connection);
      leave();
    }
  }

  async close(): Promise<void> {
    const done = await this.#extracts.enter();
    const leave = await this.#loads.enter();
    await this.query.destroy();
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    this.#instance.closeSync();
    await this.#folder.clear();
    this.#released();
    leave();
    done();
  }
}

class TransactionLoad implements Load {
  readonly query: Kysely<Tables>;
  readonly #connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
    const only: ConnectionPool = { take: async () => connection, give: () => undefined };
    this.query = new Kysely<Tables>({ dialect: new DuckDBDialect(only) });
  }

  async appender(table: keyof Tables): Promise<ChunkAppender> {
    return new TableAppender(await this.#connection.createAppender(table));
  }
}
