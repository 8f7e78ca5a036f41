/** Text, or a number as digits. */
export type CsvCell = string | number | boolean | null;

/**
 * Beginnings that a spreadsheet takes for a formula: the signs and their full-width forms, also behind spaces, quotes,
 * control characters, or a separator that another locale splits at. The engine of the store reads it alike.
 */
export const formula = /^[\s\p{Z}\p{Cc}"';,|]*[=+\-@\p{Cc}＝＋－＠]/u;
const plainNumber = /^-?\d+(\.\d+)?$/;
const needsQuotes = /[",;|\r\n\t]|^\s|\s$/;

/** Text that a spreadsheet would run is made text by an apostrophe; numbers keep their sign. */
export const spreadsheetText = (text: string): string => (formula.test(text) && !plainNumber.test(text) ? `'${text}` : text);

/** One cell by RFC 4180. */
export function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  const safe = spreadsheetText(String(cell));
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvRow = (cells: readonly CsvCell[]): string => `${cells.map(csvCell).join(',')}\r\n`;
