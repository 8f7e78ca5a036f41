import type { SortValue } from './natural-sort.ts';

/** As files of ours do: spreadsheets look for the sign of a formula behind spaces, quotes and other locales' separators too. */
const formula = /^[\s\u00a0\ufeff"';,|]*[=+\-@＝＋－＠]/;

/**
 * A line break or a tab inside a value would be a new cell; a value that starts a formula must stay a value, and one that
 * starts with a quote would take the cells behind it in.
 */
function cellText(value: SortValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const line = value.replaceAll(/[\t\r\n]+/g, ' ');
  if (formula.test(line)) return `'${line}`;
  return line.startsWith('"') ? `"${line.replaceAll('"', '""')}"` : line;
}

/** Rows as a spreadsheet takes them from the clipboard: a head, tabs between cells, one line a row. */
export function tabSeparated(head: readonly string[], rows: readonly (readonly SortValue[])[]): string {
  return [head, ...rows].map((cells) => cells.map(cellText).join('\t')).join('\n');
}
