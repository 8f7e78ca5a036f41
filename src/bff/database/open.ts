import { basename, dirname, join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { Kysely, Migrator } from 'kysely';
import type { ChunkAppender } from './appender.ts';
import { TableAppender } from './appender.ts';
import { compact } from './compact.ts';
import type { PartsKnown } from './compact.ts';
import { DuckDBDialect } from './dialect.ts';
import { Engine, engineMemory } from './engine.ts';
import { DatabaseUnavailable, hadEnded, MemoryExhausted } from './errors.ts';
import { TemporaryFolder } from './temporary-folder.ts';
import type { Extract } from './extract.ts';
import { TransactionExtract } from './extract.ts';
import { migrations } from './migrations/registry.ts';
import { runAhead } from './spool.ts';
import type { Source } from './spool.ts';
import { Turnstile } from '../turnstile.ts';
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
   * A load that is begun again where it finds no memory: so nothing that `work` takes may be gone after it. What it wrote is
   * brought into the file at once where it is much: until then it stands in the memory that others need.
   */
  repeatableLoad<T>(work: (load: Load) => Promise<T>, size?: 'small' | 'much'): Promise<T>;
  /**
   * Reads one moment of everything and takes files out, piece by piece. One at a time: each may take all the memory there
   * is, until its last piece is taken or the signal comes. So who is slow takes them from `ahead`.
   */
  extract<R>(work: (extract: Extract) => AsyncGenerator<Uint8Array, R>, signal: AbortSignal): AsyncGenerator<Uint8Array, R>;
  /** Lets a source run ahead of its reader, through a file beside the database: see `runAhead`. */
  ahead<R>(source: Source<R>, left: AbortSignal | undefined): Promise<AsyncGenerator<Uint8Array, R>>;
  /**
   * Puts the file in order: joins the parts of tables, and closes the gaps that replaced rows leave, where they are many. It
   * goes in small steps, between which others load, until it is done or the signal comes. A step that cannot be made, since
   * somebody writes at this moment, ends it: the next time goes on.
   */
  compact(signal: AbortSignal): Promise<void>;
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
    const engine = new Engine(file, to);
    engine.give(await engine.take()); // it says now why it cannot be opened
    const folder = new TemporaryFolder(file && join(dirname(file), `${basename(file)}.files`));
    if (to === 'write') await folder.clear();
    const database = new DuckDBDatabase(engine, folder, () => file && openPaths.delete(file));
    if (to === 'write') await database.migrate();
    return database;
  } catch (error) {
    if (file) openPaths.delete(file);
    throw error;
  }
}

/** Loads between two sweeps of the engine, and from one renewal on until the next. */
const loadsPerSweep = 64;
const loadsPerRenewal = 6;

class DuckDBDatabase implements Database {
  readonly query: Kysely<Tables>;
  readonly #engine: Engine;
  readonly #released: () => void;
  readonly #loads = new Turnstile();
  readonly #snapshots = new Turnstile(2);
  readonly #extracts = new Turnstile();
  readonly #folder: TemporaryFolder;
  readonly #partsKnown: PartsKnown = new Map();
  #loadsUntilSweep = loadsPerSweep;
  #loadsUntilRenewal = loadsPerRenewal;
  #sweeping: Promise<void> = Promise.resolve();
  #writesFiles = false;

  constructor(engine: Engine, folder: TemporaryFolder, released: () => void) {
    this.#engine = engine;
    this.#folder = folder;
    this.#released = released;
    this.query = new Kysely<Tables>({ dialect: new DuckDBDialect(engine) });
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
      return await withMemory(
        () => this.query.transaction().setAccessMode('read only').execute(read),
        () => this.#relieve(),
      );
    } finally {
      leave();
    }
  }

  load<T>(work: (load: Load) => Promise<T>): Promise<T> {
    return this.#load(work, 'small');
  }

  repeatableLoad<T>(work: (load: Load) => Promise<T>, size: 'small' | 'much' = 'small'): Promise<T> {
    return withMemory(() => this.#load(work, size));
  }

  async #load<T>(work: (load: Load) => Promise<T>, size: 'small' | 'much'): Promise<T> {
    const leave = await this.#loads.enter();
    try {
      const result = await loadOn(this.#engine, this.#partsKnown, work);
      if (size === 'much') {
        await this.#engine.checkpoint();
        this.#loadsUntilRenewal = 0;
      }
      return result;
    } catch (error) {
      if (error instanceof MemoryExhausted) await this.#relieve(); // it may be what came before that fills it
      throw error;
    } finally {
      await this.#afterLoad().finally(leave);
    }
  }

  /** Frees what the engine holds on to, where there is no memory left for anything. */
  async #relieve(): Promise<void> {
    if (await this.#engine.renew()) return;
    await this.#engine.checkpoint(this.#writesFiles ? undefined : engineMemory.files);
  }

  /** What the engine holds on to, and no longer needs, is given back from time to time. */
  async #afterLoad(): Promise<void> {
    if (--this.#loadsUntilSweep <= 0 && !this.#writesFiles) {
      this.#loadsUntilSweep = loadsPerSweep;
      await (this.#sweeping = this.#engine.sweep());
    }
    if (--this.#loadsUntilRenewal <= 0 && (await this.#engine.renew())) this.#loadsUntilRenewal = loadsPerRenewal;
  }

  async *extract<R>(
    work: (extract: Extract) => AsyncGenerator<Uint8Array, R>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, R> {
    const leave = await this.#extracts.enter();
    const leaveSnapshots = await this.#snapshots.enter(); // one question less at a time
    this.#writesFiles = true;
    try {
      const connection = await this.#engine.take();
      try {
        return yield* this.#extractOn(connection, work, signal);
      } finally {
        this.#engine.give(connection);
      }
    } finally {
      this.#writesFiles = false;
      leaveSnapshots();
      leave();
    }
  }

  async *#extractOn<R>(
    connection: DuckDBConnection,
    work: (extract: Extract) => AsyncGenerator<Uint8Array, R>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, R> {
    const interrupt = () => connection.interrupt();
    try {
      signal.throwIfAborted();
      signal.addEventListener('abort', interrupt);
      await this.#sweeping;
      await connection.run(`set global memory_limit = '${engineMemory.files}'`);
      await connection.run('begin transaction read only');
      const pool = this.#engine.only(connection);
      return yield* work(new TransactionExtract(pool, this.#folder, (write) => this.#alone(write), signal));
    } catch (error) {
      throw this.#engine.failed(error);
    } finally {
      signal.removeEventListener('abort', interrupt);
      await connection.run('rollback').catch(() => undefined); // an error may have ended the transaction already
      await connection.run(`set global memory_limit = '${engineMemory.usual}'`).catch(() => undefined); // others may hold it: next time
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

  async compact(signal: AbortSignal): Promise<void> {
    const inTurn = <T>(step: () => Promise<T>): Promise<T> =>
      withMemory(
        async () => {
          const leave = await this.#loads.enter();
          return step()
            .finally(() => this.#afterLoad())
            .finally(leave);
        },
        () => this.#relieve(),
      );
    await compact(this.query, this.#engine, this.#partsKnown, inTurn, signal);
  }

  async close(): Promise<void> {
    const done = await this.#extracts.enter();
    const leave = await this.#loads.enter();
    await this.query.destroy();
    const isLetGo = await this.#engine.close();
    await this.#folder.clear();
    if (isLetGo) this.#released();
    leave();
    done();
  }
}

async function loadOn<T>(engine: Engine, parts: PartsKnown, work: (load: Load) => Promise<T>): Promise<T> {
  const connection = await engine.take();
  let state: 'clean' | 'unclean' = 'clean';
  try {
    await connection.run('begin');
    const result = await work(new TransactionLoad(engine, connection, parts));
    await connection.run('commit');
    return result;
  } catch (error) {
    await connection.run('rollback').catch((failure: unknown) => {
      if (!hadEnded(failure)) state = 'unclean';
    });
    throw engine.failed(error);
  } finally {
    engine.give(connection, state);
  }
}

class TransactionLoad implements Load {
  readonly query: Kysely<Tables>;
  readonly #connection: DuckDBConnection;
  readonly #parts: PartsKnown;

  constructor(engine: Engine, connection: DuckDBConnection, parts: PartsKnown) {
    this.#connection = connection;
    this.#parts = parts;
    this.query = new Kysely<Tables>({ dialect: new DuckDBDialect(engine.only(connection), true) });
  }

  async appender(table: keyof Tables): Promise<ChunkAppender> {
    this.#parts.set(table, (this.#parts.get(table) ?? Infinity) + 1);
    return new TableAppender(await this.#connection.createAppender(table));
  }
}
