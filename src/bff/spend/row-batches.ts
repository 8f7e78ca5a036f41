/** Rows of one statement: every value of theirs is a parameter. */
const rowsAtOnce = 500;

/** Rows to write, as many at a time as a statement takes. */
export function* rowBatches<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) yield rows.slice(at, at + rowsAtOnce);
}
