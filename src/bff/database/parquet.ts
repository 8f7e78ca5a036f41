import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';

/** What a Parquet file holds: every value as text, exactly as it is stored; null stays null. */
export interface ParquetRows {
  columns: readonly string[];
  batches: AsyncIterable<readonly (readonly (string | null)[])[]>;
}

/** Most that is read of one file. */
export interface ParquetBounds {
  rows: number;
  /** All its texts together, in bytes. */
  text: number;
}

/** Longest row, in bytes of its texts. */
const longestRow = 32_768;
/** Rows that the engine hands out at once, and the longest that they may be on average, in bytes of their texts. */
const rowsAtOnce = 2_048;
const longestAverage = 4_096;

/** Thrown where a file holds more than is read of one; the message says what. */
export class TooMuchToRead extends Error {}

/** What a refusal inside of a statement ends with. */
const tooWide = 'row too wide';

/**
 * Reads a Parquet file with an engine of its own that can open this one file and nothing else: no other path, no network,
 * no extension, and no setting that would change that. Throws what the engine says where it is no such file, and
 * `TooMuchToRead`. `work` ends before the engine is closed.
 */
export async function readParquet<T>(path: string, most: ParquetBounds, work: (rows: ParquetRows) => Promise<T>): Promise<T> {
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
    await requireBounds(
      connection,
      path,
      most,
      texts.filter((_, index) => !isShort(columns[index]?.type ?? '')),
    );
    const result = await connection.stream(`select ${texts.join(', ')} from read_parquet($1)`, [path]);
    const batches = (async function* () {
      for await (const rows of result.yieldRowsJson()) yield rows as (string | null)[][]; // every column is cast to text
    })();
    return await work({ columns: columns.map(({ name }) => name), batches });
  } finally {
    connection.closeSync();
    engine.closeSync();
  }
}

/** Whether a value of the type has some dozens of characters at most. */
const isShort = (type: string): boolean => !/^(VARCHAR|BLOB|JSON|BIT|ENUM|MAP|STRUCT|UNION|VARIANT)\b|\[\d*\]$/.test(type);

/**
 * Adds up the texts before any of them is handed out. A file of a few kilobytes may hold one long text that millions of
 * rows share: here it is read once, and as a row it would be as long again for each of them.
 */
async function requireBounds(
  connection: DuckDBConnection,
  path: string,
  most: ParquetBounds,
  texts: readonly string[],
): Promise<void> {
  const width = ['0', ...texts.map((text) => `coalesce(strlen(${text}), 0)`)].join(' + ');
  const sums = await connection
    .runAndReadAll(
      `select coalesce(sum(rows), 0)::double, coalesce(sum(width), 0)::double, coalesce(max(width), 0)::double from (
        select count(*) as rows, sum(width) as width from (
          select row_number() over () - 1 as row, ${width} as width from read_parquet($1) limit ${most.rows + 1}) as rows
        where case when width > ${longestRow} then error('${tooWide}') else true end
        group by row // ${rowsAtOnce}) as groups`,
      [path],
    )
    .catch((error: unknown) => {
      if (!(error instanceof Error && error.message.endsWith(tooWide))) throw error;
      throw new TooMuchToRead(`A row of it holds more than ${longestRow / 1024} kB of text.`);
    });
  const [rows = 0, text = 0, widest = 0] = (sums.getRowsJson()[0] ?? []) as number[]; // three doubles, by their casts
  if (rows > most.rows) throw new TooMuchToRead(`It has more than ${most.rows.toLocaleString('en-US')} rows.`);
  if (text > most.text) throw new TooMuchToRead(`Its rows hold more than ${most.text / 1e9} GB of text in all.`);
  if (widest > rowsAtOnce * longestAverage)
    throw new TooMuchToRead(
      `${rowsAtOnce.toLocaleString('en-US')} rows in a row hold more than ${longestAverage / 1024} kB of text each on average. Leave out the columns with the longest texts, or send a CSV file.`,
    );
}
