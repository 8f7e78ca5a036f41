import {
  DuckDBDateValue,
  DuckDBDecimalType,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  DuckDBTypeId,
  INTEGER,
  JsonDuckDBValueConverter,
  LIST,
  VARCHAR,
  listValue,
} from '@duckdb/node-api';
import type { DuckDBType, DuckDBValue, DuckDBValueConverter, Json } from '@duckdb/node-api';
import { scaled } from './decimal.ts';

/** What a column of an appended chunk may hold: days and times are text, decimals are text or units of their last digit. */
export type Cell = string | number | boolean | bigint | null;

const millisecondsOfDay = 86_400_000;

/**
 * Values as they leave the database: decimals, sums and counts as exact text, days as `YYYY-MM-DD`,
 * times as RFC 3339.
 */
export const readValue: DuckDBValueConverter<Json> = (value, type, converter) =>
  value instanceof DuckDBTimestampTZValue
    ? new Date(Number(value.micros / 1000n)).toISOString()
    : JsonDuckDBValueConverter(value, type, converter);

/** Parameters of a statement, and their types where the engine cannot guess them. */
export function bound(parameters: readonly unknown[]): { values: DuckDBValue[]; types: DuckDBType[] } {
  const types: DuckDBType[] = []; // sparse: the binding infers what is not set
  const values = parameters.map((parameter, index): DuckDBValue => {
    if (parameter === undefined || parameter === null) return null;
    if (parameter instanceof Date) return new DuckDBTimestampTZValue(BigInt(parameter.getTime()) * 1000n);
    if (Array.isArray(parameter)) {
      types[index] = LIST(parameter.length > 0 && parameter.every((item) => typeof item === 'number') ? INTEGER : VARCHAR);
      return listValue(parameter.map(scalar));
    }
    return scalar(parameter);
  });
  return { values, types };
}

function scalar(value: unknown): DuckDBValue {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
  )
    return value;
  throw new TypeError(`A statement cannot take a value of type ${typeof value}.`);
}

/** A cell as the column of a chunk wants it. Decimal text with more digits than the column has is an error, not a rounding. */
export function chunkValue(cell: Cell, type: DuckDBType): DuckDBValue {
  if (typeof cell === 'bigint')
    return type instanceof DuckDBDecimalType ? new DuckDBDecimalValue(cell, type.width, type.scale) : cell;
  if (typeof cell !== 'string') return cell;
  if (type instanceof DuckDBDecimalType) {
    const value = scaled(cell, type.width, type.scale);
    if (value === null) throw new RangeError(`${cell} does not fit DECIMAL(${type.width},${type.scale})`);
    return new DuckDBDecimalValue(value, type.width, type.scale);
  }
  if (type.typeId === DuckDBTypeId.DATE)
    return new DuckDBDateValue(Math.floor(Date.parse(`${cell}T00:00:00Z`) / millisecondsOfDay));
  if (type.typeId === DuckDBTypeId.TIMESTAMP_TZ) return new DuckDBTimestampTZValue(BigInt(Date.parse(cell)) * 1000n);
  return cell;
}
