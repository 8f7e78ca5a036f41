import type { SortValue } from './natural-sort.ts';

/** A line break or a tab inside a value would be a new cell; a value that starts a formula must stay a value. */
function cellText(value: SortValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const line = value.replaceAll(/[\t\r\n]+/g, ' ');
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
}

/** Rows as a spreadsheet takes them from the clipboard: a head, tabs between cells, one line a row. */
export function tabSeparated(head: readonly string[], rows: readonly (readonly SortValue[])[]): string {
  return [head, ...rows].map((cells) => cells.map(cellText).join('\t')).join('\n');
}
