import { join, dirname, basename } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ConnectionPool } from './dialect.ts';
import { DatabaseUnavailable, openingProblem } from './errors.ts';

/** What the engine may take for its work: writing a file holds more at once than reading usage and answering about it. */
export const engineMemory = { usual: '48MB', files: '80MB' } as const;

/** The engine on one file, or in memory where there is none: hands out connections, which are to be given back. */
export class Engine implements ConnectionPool {
  readonly #file: string | null;
  readonly #to: 'write' | 'read';
  /** Null before the first connection. */
  #instance: Promise<DuckDBInstance> | null = null;
  #isClosed = false;
  readonly #idle: DuckDBConnection[] = [];

  /** Opens the file, or says why it cannot be opened when the first connection is taken. */
  constructor(file: string | null, to: 'write' | 'read') {
    this.#file = file;
    this.#to = to;
  }

  async take(): Promise<DuckDBConnection> {
    return this.#idle.pop() ?? this.#connect();
  }

  async use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.take();
    try {
      return await work(connection);
    } finally {
      this.give(connection);
    }
  }

  give(connection: DuckDBConnection): void {
    if (this.#isClosed) connection.closeSync(); // the engine lives as long as a connection to it
    else this.#idle.push(connection);
  }

  /**
   * The engine keeps a list of the blocks it might evict, and takes out those that are long gone only when it runs short: up
   * to then tens of thousands of them stay, of half a kilobyte each. A limit that nothing can meet makes it go through its
   * list, is refused, and so never in force.
   */
  async sweep(): Promise<void> {
    await this.use(async (connection) => {
      await connection.run("set global memory_limit = '1B'").catch(() => undefined);
      await connection.run(`set global memory_limit = '${engineMemory.usual}'`).catch(() => undefined); // what it shows, and the default
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    (await this.#instance)?.closeSync();
  }

  async #connect(): Promise<DuckDBConnection> {
    if (this.#isClosed) throw new DatabaseUnavailable('The database is closed.'); // and is not opened again by who comes late
    const instance = await (this.#instance ??= openInstance(this.#file, this.#to));
    const connection = await instance.connect();
    await connection.run("set TimeZone = 'UTC'");
    return connection;
  }
}

async function openInstance(file: string | null, to: 'write' | 'read'): Promise<DuckDBInstance> {
  try {
    if (file && to === 'write') await mkdir(dirname(file), { recursive: true });
    return await DuckDBInstance.create(file ?? ':memory:', {
      // The server and a query share two cores: one thread keeps the event loop free.
      threads: '1',
      // All of it is used when the file is brought up to date. Groups that need more go through temporary files.
      memory_limit: engineMemory.usual,
      // Freed memory goes back to the system at once: by default only after hundreds of megabytes.
      allocator_flush_threshold: '1MB',
      allocator_bulk_deallocation_flush_threshold: '1MB',
      // What was written since the last checkpoint stands in memory as it came, without compression.
      checkpoint_threshold: '8MB',
      // A table that is being written takes two blocks for every column, however few its rows: the default would be 256 kB each.
      default_block_size: '65536',
      // Parts of a table are put together by `compact` alone, which waits for a quiet moment: it takes memory and seconds.
      max_vacuum_tasks: '0',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      access_mode: to === 'read' ? 'READ_ONLY' : 'AUTOMATIC',
      // Of its own also where there is no file: the default is one folder for all.
      temp_directory: file ? join(dirname(file), `${basename(file)}.tmp`) : join(tmpdir(), `canopy-${crypto.randomUUID()}`),
      // The engine's count of what stands there may fall below nothing and then be no end of bytes (duckdb#20561), and
      // nothing more would go there. The disk is the limit anyway.
      max_temp_directory_size: '18446744073709549568B',
    });
  } catch (error) {
    throw openingProblem(file ?? 'The in-memory database', error);
  }
}
