import type { TreeRow } from './tree-rows.ts';

export interface TreeSelection<T> {
  ids: ReadonlySet<string>;
  onChange: (ids: ReadonlySet<string>) => void;
  canSelect: (row: TreeRow<T>) => boolean;
}

/** The set with some ids turned around. */
export function toggled(ids: ReadonlySet<string>, changed: readonly string[]): ReadonlySet<string> {
  const next = new Set(ids);
  for (const id of changed) if (!next.delete(id)) next.add(id);
  return next;
}

/** Every row from the anchor to `index` that may be selected; the row alone where the anchor is not on the screen. */
export function rangeOf<T>(
  rows: readonly TreeRow<T>[],
  anchorId: string | null,
  index: number,
  canSelect: (row: TreeRow<T>) => boolean,
): ReadonlySet<string> {
  const from = anchorId === null ? -1 : rows.findIndex((row) => row.id === anchorId);
  const start = from < 0 ? index : Math.min(from, index);
  const range = rows.slice(start, Math.max(from, index) + 1);
  return new Set(range.filter((row) => canSelect(row)).map((row) => row.id));
}
