import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { FileFormat } from '../../database/extract.ts';

/**
 * One column of a file of records.
 * - `quoted`: text that a reader must not take for a number; always in quotes in CSV
 * - `decimal`: exact; in CSV plain digits that always have a point
 * - `time`: UTC; in CSV `2026-10-01T00:00:00Z`
 */
export interface FileColumn {
  name: string;
  kind: 'text' | 'quoted' | 'decimal' | 'time' | 'count';
  value: RawBuilder<unknown>;
}

export type RecordFormat = FileFormat['kind'];

/** The select list of a file. */
export const selectList = (columns: readonly FileColumn[], format: RecordFormat): RawBuilder<unknown> =>
  sql.join(columns.map((column) => sql`${format === 'csv' ? inCsv(column) : column.value} as ${sql.ref(column.name)}`));

export const fileFormat = (columns: readonly FileColumn[], format: RecordFormat): FileFormat =>
  format === 'csv'
    ? { kind: 'csv', quoted: columns.filter(({ kind }) => kind === 'quoted').map(({ name }) => name) }
    : { kind: 'parquet' };

function inCsv({ kind, value }: FileColumn): RawBuilder<unknown> {
  if (kind === 'time') return sql`strftime(cast(${value} as timestamp), '%Y-%m-%dT%H:%M:%SZ')`;
  return kind === 'decimal' ? plainDigits(value) : value;
}

/** A decimal without the zeros at its end, but for one after the point: a column of whole numbers would be taken for integers. */
function plainDigits(value: RawBuilder<unknown>): RawBuilder<unknown> {
  const digits = sql`rtrim(cast(${value} as text), '0')`;
  return sql`case when right(${digits}, 1) = '.' then ${digits} || '0' else ${digits} end`;
}
