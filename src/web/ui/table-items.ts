/** A line of a table's body: a row, or the heading of a group of rows. All lines are equally high. */
export type TableItem<Row> = { kind: 'row'; id: string; row: Row } | { kind: 'group'; id: string; group: Group };

export interface Group {
  id: string;
  label: React.ReactNode;
}

/** Rows in order, with a heading before the first row of each group. */
export function tableItems<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  group: ((row: Row) => Group) | undefined,
): TableItem<Row>[] {
  const items: TableItem<Row>[] = [];
  let open: string | null = null;
  for (const row of rows) {
    const its = group?.(row);
    if (its && its.id !== open) {
      items.push({ kind: 'group', id: `group ${its.id}`, group: its });
      open = its.id;
    }
    items.push({ kind: 'row', id: rowId(row), row });
  }
  return items;
}

/** The next row from a place, over headings; the place itself where there is none. */
export function nextRow<Row>(items: readonly TableItem<Row>[], from: number, step: 1 | -1): number {
  for (let at = from + step; at >= 0 && at < items.length; at += step) {
    if (items[at]?.kind === 'row') return at;
  }
  return from;
}

export interface DrawnItem {
  index: number;
  /** Lines that are not drawn before this one. */
  skipped: number;
}

/** The lines of a window and the active one, wherever it is, so that the focus is not lost while it is scrolled away. */
export function drawnItems(first: number, end: number, active: number): { drawn: DrawnItem[]; after: (count: number) => number } {
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
  if (active >= 0 && active < first) indexes.unshift(active);
  if (active >= end) indexes.push(active);
  const drawn = indexes.map((index, place) => ({ index, skipped: index - (place === 0 ? 0 : (indexes[place - 1] ?? 0) + 1) }));
  const last = indexes.at(-1) ?? -1;
  return { drawn, after: (count) => Math.max(0, count - last - 1) };
}

/** Ids of the rows from one place to another, both included. */
export function idsBetween<Row>(items: readonly TableItem<Row>[], one: number, other: number): string[] {
  return items.slice(Math.min(one, other), Math.max(one, other) + 1).flatMap((item) => (item.kind === 'row' ? [item.id] : []));
}
