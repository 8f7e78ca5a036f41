import { DuckDBInstance } from '@duckdb/node-api';

/** What a Parquet file holds: every value as text, exactly as it is stored; null stays null. */
export interface ParquetRows {
  columns: readonly string[];
  batches: AsyncIterable<readonly (readonly (string | null)[])[]>;
}

/**
 * Longest row, in bytes of its texts. The engine hands out some two thousand rows at once, and a file of a few kilobytes
 * may hold a long text that millions of rows share: it would be as long again for every row.
 */
const longestRow = 32_768;

/** Thrown where a row is longer than any row of charges. */
export class TooWideRow extends Error {
  constructor() {
    super(`A row of it holds more than ${longestRow / 1024} kB of text.`);
  }
}
const tooWide = 'row too wide';

/**
 * Reads a Parquet file with an engine of its own that can open this one file and nothing else: no other path, no network,
 * no extension, and no setting that would change that. Throws what the engine says where it is no such file, and
 * `TooWideRow`. `work` ends before the engine is closed.
 */
export async function readParquet<T>(path: string, work: (rows: ParquetRows) => Promise<T>): Promise<T> {
  const engine = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '64MB',
    allocator_flush_threshold: '1MB',
    // What does not fit is refused, and not written beside wherever the server was started.
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await engine.connect();
  try {
    await connection.run("set TimeZone = 'UTC'");
    await connection.run(`set allowed_paths = ['${path.replaceAll("'", "''")}']`);
    await connection.run('set enable_external_access = false');
    await connection.run('set lock_configuration = true');
    const described = await connection.runAndReadAll('describe select * from read_parquet($1)', [path]);
    const columns = described.getRowsJson().map(([name, type]) => ({ name: name as string, type: type as string })); // what `describe` answers
    const texts = columns.map(({ name, type }) => {
      const column = `"${name.replaceAll('"', '""')}"`;
      // maps, lists and structures are written as JSON, as text files have them
      return /^(MAP|STRUCT|UNION)\b|\[\d*\]$/.test(type) ? `cast(to_json(${column}) as varchar)` : `cast(${column} as varchar)`;
    });
    const width = `0 ${texts.map((text) => `+ coalesce(strlen(${text}), 0)`).join(' ')}`;
    const result = await connection.stream(
      `select ${texts.join(', ')} from read_parquet($1) where case when ${width} > ${longestRow} then error('${tooWide}') else true end`,
      [path],
    );
    const batches = (async function* () {
      for await (const rows of result.yieldRowsJson()) yield rows as (string | null)[][]; // every column is cast to text
    })();
    return await work({ columns: columns.map(({ name }) => name), batches });
  } catch (error) {
    throw error instanceof Error && error.message.endsWith(tooWide) ? new TooWideRow() : error;
  } finally {
    connection.closeSync();
    engine.closeSync();
  }
}
