import { join, dirname, basename } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ConnectionPool } from './dialect.ts';
import { DatabaseUnavailable, EngineStopped, openingProblem, translated } from './errors.ts';

/** What the engine may take for its work: writing a file holds more at once than reading usage and answering about it. */
export const engineMemory = { usual: '48MB', files: '80MB' } as const;

/** What the engine calls the file. */
const catalog = 'canopy';
const detach = `detach ${catalog}`;

/** The engine on one file, or in memory where there is none: hands out connections, which are to be given back. */
export class Engine implements ConnectionPool {
  readonly #file: string | null;
  readonly #to: 'write' | 'read';
  #instance: Promise<DuckDBInstance> | null = null;
  /** Null where the file is not attached: it is, before the next connection is taken. */
  #attached: Promise<void> | null = null;
  #renewal: Promise<boolean> | null = null;
  #isClosed = false;
  #isStopped = false;
  #taken = 0;
  /** Called when nobody has a connection any more, after the end. */
  #allGiven: (() => void) | null = null;
  readonly #idle: DuckDBConnection[] = [];

  /** Opens the file, or says why it cannot be opened when the first connection is taken. */
  constructor(file: string | null, to: 'write' | 'read') {
    this.#file = file;
    this.#to = to;
  }

  async take(): Promise<DuckDBConnection> {
    if (this.#isClosed) throw new DatabaseUnavailable('The database is closed.'); // and is not opened again by who comes late
    if (this.#isStopped) this.#startAnew();
    this.#taken++; // from now on the file stays attached
    try {
      await (this.#attached ??= this.#attach('as it is'));
      return this.#idle.pop() ?? (await this.#connect());
    } catch (error) {
      this.#oneLess();
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

  /** Takes note of an error that ends the engine itself; answers what to throw in its place. */
  failed(error: unknown): unknown {
    const meaning = translated(error);
    if (meaning instanceof EngineStopped) this.#isStopped = true;
    return meaning;
  }

  /** A pool of one connection, which whoever has taken it gives back. */
  only(connection: DuckDBConnection): ConnectionPool {
    return { take: async () => connection, give: () => undefined, failed: (error) => this.failed(error) };
  }

  /** Leaves an engine that has stopped for a new one, unless somebody still has a connection to it. */
  #startAnew(): void {
    if (this.#file === null || this.#taken > 0) throw new EngineStopped(); // in memory nothing is left
    const stopped = this.#instance;
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    this.#instance = Promise.resolve(stopped)
      .then((instance) => instance?.closeSync())
      .then(() => openInstance(this.#file));
    this.#attached = null;
    this.#isStopped = false;
  }

  give(connection: DuckDBConnection, state: 'clean' | 'unclean' = 'clean'): void {
    // the engine lives as long as a connection to it, and a transaction as long as its connection
    if (this.#isClosed || state === 'unclean') connection.closeSync();
    else this.#idle.push(connection);
    this.#oneLess();
  }

  #oneLess(): void {
    this.#taken--;
    if (this.#taken === 0) this.#allGiven?.();
  }

  /**
   * Brings the file up to date. What was written since stands in memory as it came; many equal words fill it long before the
   * log is so long that the engine does this by itself. While somebody writes nothing is done.
   *
   * @param memory What the engine may take for it, where there may be none left.
   */
  async checkpoint(memory?: string): Promise<void> {
    const limit = (connection: DuckDBConnection, to: string) => connection.run(`set global memory_limit = '${to}'`);
    const work = async (connection: DuckDBConnection) => {
      if (memory !== undefined) await limit(connection, memory);
      try {
        await connection.run('checkpoint');
      } finally {
        if (memory !== undefined) await limit(connection, engineMemory.usual);
      }
    };
    await this.use(work).catch((error: unknown) => void this.failed(error)); // whatever needs the memory says so
  }

  /**
   * Detaches the file and attaches it again if nobody has a connection just now, and answers whether it did. Of every part
   * of a table that was written since it was attached, the engine keeps one to two kilobytes for each column.
   */
  renew(): Promise<boolean> {
    return (this.#renewal ??= this.#renew().finally(() => (this.#renewal = null)));
  }

  async #renew(): Promise<boolean> {
    if (this.#file === null || this.#taken > 0 || this.#isClosed || !this.#attached) return false;
    await (this.#attached = this.#attach('anew')).catch(() => undefined); // whoever comes next tries again, and has the reason
    return true;
  }

  /**
   * The engine keeps a list of the blocks it might evict, and takes out those that are long gone only when it runs short: up
   * to then tens of thousands of them stay, of half a kilobyte each. A limit that nothing can meet makes it go through its
   * list, is refused, and so never in force. A limit that is set, if only to what it is, makes it give the free pages of all
   * native memory back to the system.
   */
  async sweep(): Promise<void> {
    await this.#run("set global memory_limit = '1B'").catch(() => undefined);
    await this.#run(`set global memory_limit = '${engineMemory.usual}'`).catch(() => undefined); // what it shows, and the default
  }

  /**
   * Hands out nothing more, waits until what has begun is done, and brings the file up to date. Answers whether the file is
   * let go: it is not where somebody keeps a connection for longer than `patience`, in milliseconds. What that one commits is
   * lost then, and another engine of this process must not open the file: each would write over what the other wrote.
   */
  async close(patience = 10_000): Promise<boolean> {
    this.#isClosed = true;
    await this.#attached?.catch(() => undefined); // whoever waited for it has the reason
    if (this.#taken > 0) await this.#whenAllGiven(patience);
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    // the engine itself may be left for a while, by whatever is left of an answer
    if (this.#file !== null && this.#attached) await this.#run(detach).catch(() => undefined); // the next start does it
    (await this.#instance)?.closeSync();
    return this.#taken === 0;
  }

  async #whenAllGiven(patience: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((done) => {
      this.#allGiven = done;
      timer = setTimeout(done, patience);
    });
    clearTimeout(timer);
  }

  async #connect(): Promise<DuckDBConnection> {
    const connection = await (await this.#opened()).connect();
    await connection.run("set TimeZone = 'UTC'");
    if (this.#file !== null) await connection.run(`use ${catalog}`);
    return connection;
  }

  #opened(): Promise<DuckDBInstance> {
    return (this.#instance ??= openInstance(this.#file));
  }

  #attach(how: 'as it is' | 'anew'): Promise<void> {
    const attached = this.#attachFile(how);
    attached.catch(() => {
      if (this.#attached === attached) this.#attached = null; // whoever comes next tries again
    });
    return attached;
  }

  async #attachFile(how: 'as it is' | 'anew'): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    try {
      if (this.#to === 'write') await mkdir(dirname(file), { recursive: true });
      if (how === 'anew') {
        await this.#run(detach);
        await this.sweep(); // what it knew of the file lies in pages among others
      }
      const options = this.#to === 'read' ? '(read_only)' : '';
      await this.#run(`attach if not exists '${file.replaceAll("'", "''")}' as ${catalog} ${options}`);
    } catch (error) {
      if (this.failed(error) instanceof EngineStopped) throw new EngineStopped({ cause: error });
      throw openingProblem(file, error);
    }
  }

  /** On a connection that does not use the file. */
  async #run(statement: string): Promise<void> {
    const connection = await (await this.#opened()).connect();
    await connection.run(statement).finally(() => connection.closeSync());
  }
}

/** The file is not opened by the engine itself, which could not let it go again while anything of an answer is left. */
function openInstance(file: string | null): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
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
    // Of its own also where there is no file: the default is one folder for all.
    temp_directory: file ? join(dirname(file), `${basename(file)}.tmp`) : join(tmpdir(), `canopy-${crypto.randomUUID()}`),
    // The engine's count of what stands there may fall below nothing and then be no end of bytes (duckdb#20561), and
    // nothing more would go there. The disk is the limit anyway.
    max_temp_directory_size: '18446744073709549568B',
  });
}
