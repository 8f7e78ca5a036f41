import type { Endpoint, QueryOf } from '../../contract/endpoint.ts';
import { readQuery } from '../../contract/query.ts';
import { invalid } from './invalid.ts';

/** Reads the query of a raw target against a row. Broken encodings and control characters are refused, not repaired. */
export function requireQuery<E extends Endpoint>(row: E, target: string): QueryOf<E> {
  const start = target.indexOf('?');
  const text = start < 0 ? '' : target.slice(start + 1);
  if (!isWellEncoded(text)) throw invalid([{ field: 'query', message: 'holds a broken encoding or a control character' }]);
  const read = readQuery(row.query, new URLSearchParams(text));
  if (!read.ok) throw invalid(read.problems);
  return read.value;
}

function isWellEncoded(text: string): boolean {
  try {
    return Array.from(decodeURIComponent(text)).every((character) => character >= ' ' && character !== '\u007f');
  } catch {
    return false;
  }
}
