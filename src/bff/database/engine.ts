import { join, dirname, basename } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ConnectionPool } from './dialect.ts';
import { openingProblem } from './errors.ts';

/** What the engine may take for its work: writing a file holds more at once than reading usage and answering about it. */
export const engineMemory = { usual: '48MB', files: '80MB' } as const;

/** How long the engine waits to be renewed, in milliseconds: meanwhile nothing new is begun. */
const patience = 500;

/** The engine on one file, or in memory where there is none: hands out connections, which are to be given back. */
export class Engine implements ConnectionPool {
  readonly #file: string | null;
  readonly #to: 'write' | 'read';
  /** Null where it could not be opened again: whoever wants a connection tries it. */
  #instance: Promise<DuckDBInstance> | null = null;
  readonly #idle: DuckDBConnection[] = [];
  #taken = 0;
  #allReturned: () => void = () => undefined;
  #renewal: Promise<void> | null = null;

  /** Opens the file, or says why it cannot be opened when the first connection is taken. */
  constructor(file: string | null, to: 'write' | 'read') {
    this.#file = file;
    this.#to = to;
  }

  async take(): Promise<DuckDBConnection> {
    while (this.#renewal) await this.#renewal;
    this.#taken++;
    try {
      return this.#idle.pop() ?? (await this.#connect());
    } catch (error) {
      this.#taken--;
      throw error;
    }
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
    this.#idle.push(connection);
    if (--this.#taken === 0) this.#allReturned();
  }

  /**
   * The engine keeps in memory what it knows of every part of a table that it wrote, kilobytes for each column of it, and a
   * list of every block it ever held. So it is closed from time to time, and a new one reads only what it needs. Does nothing
   * where a connection does not come back soon, as that of somebody who waits for another one, or where the file cannot be
   * brought up to date before, as while somebody writes: answers whether it is new.
   */
  async renew(): Promise<boolean> {
    if (this.#file === null) return true; // nothing of it would be left
    let over = (): void => undefined;
    try {
      await this.use((connection) => connection.run('checkpoint')); // closing would do it, and hold the event loop meanwhile
      this.#renewal = new Promise((resolve) => (over = resolve));
      if (!(await this.#unused())) return false;
      await this.close();
      await this.#open();
      return true;
    } catch {
      return false; // the next one who wants a connection opens it, or is told why not
    } finally {
      this.#renewal = null;
      over();
    }
  }

  async close(): Promise<void> {
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    (await this.#instance)?.closeSync();
    this.#instance = null;
  }

  async #unused(): Promise<boolean> {
    if (this.#taken === 0) return true;
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(false), patience);
      this.#allReturned = () => {
        clearTimeout(late);
        resolve(true);
      };
    });
  }

  async #connect(): Promise<DuckDBConnection> {
    const instance = await (this.#instance ?? this.#open());
    const connection = await instance.connect();
    await connection.run("set TimeZone = 'UTC'");
    return connection;
  }

  #open(): Promise<DuckDBInstance> {
    this.#instance = openInstance(this.#file, this.#to);
    this.#instance.catch(() => (this.#instance = null));
    return this.#instance;
  }
}

async function openInstance(file: string | null, to: 'write' | 'read'): Promise<DuckDBInstance> {
  try {
    if (file && to === 'write') await mkdir(dirname(file), { recursive: true });
    // Where something still holds an instance that was closed, the cache answers that one: two on one file would break it.
    return await DuckDBInstance.fromCache(file ?? ':memory:', {
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
      ...(file ? { temp_directory: join(dirname(file), `${basename(file)}.tmp`) } : {}),
      // The engine's count of what stands there may fall below nothing and then be no end of bytes (duckdb#20561), and
      // nothing more would go there. The disk is the limit anyway.
      max_temp_directory_size: '18446744073709549568B',
    });
  } catch (error) {
    throw openingProblem(file ?? 'The in-memory database', error);
  }
}
