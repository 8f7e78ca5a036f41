/**
 * The open part of a tree as a flat list of rows, which is what a window can be cut from.
 * Only what is open is walked; opening or closing one row splices and leaves all other rows as they are.
 */

export interface TreeSource<T> {
  readonly roots: readonly T[];
  /** Unique in the whole tree. */
  readonly idOf: (item: T) => string;
  /** In the order of the screen; null for a leaf. Asked only for what is open, so it may sort lazily. */
  readonly childrenOf: (item: T) => readonly T[] | null;
}

export interface TreeRow<T> {
  readonly id: string;
  readonly item: T;
  /** 1 for a root. */
  readonly level: number;
  /** Counted from 1 among the siblings. */
  readonly position: number;
  readonly setSize: number;
  /** Null for a leaf. */
  readonly expanded: boolean | null;
  /** Bit k is set where the guide of level k + 1 goes on below this row. */
  readonly guides: number;
}

export type OpenIds = ReadonlySet<string>;

/** Deeper guides are not drawn; an integer has no more bits to remember them. */
const deepestGuide = 30;

function isOpen<T>(source: TreeSource<T>, open: OpenIds, item: T): boolean | null {
  const children = source.childrenOf(item);
  return children === null ? null : open.has(source.idOf(item));
}

function walk<T>(
  source: TreeSource<T>,
  open: OpenIds,
  siblings: readonly T[],
  level: number,
  above: number,
  rows: TreeRow<T>[],
): void {
  const setSize = siblings.length;
  const bit = level >= 2 && level - 2 <= deepestGuide ? 1 << (level - 2) : 0;
  for (const [index, item] of siblings.entries()) {
    const expanded = isOpen(source, open, item);
    const guides = index < setSize - 1 ? above | bit : above;
    rows.push({ id: source.idOf(item), item, level, position: index + 1, setSize, expanded, guides });
    if (expanded) walk(source, open, source.childrenOf(item) ?? [], level + 1, guides, rows);
  }
}

/** Every row of the open part, from the top. */
export function flatten<T>(source: TreeSource<T>, open: OpenIds): readonly TreeRow<T>[] {
  const rows: TreeRow<T>[] = [];
  walk(source, open, source.roots, 1, 0, rows);
  return rows;
}

/** The index after the last row that lies under the row at `index`. */
export function endOfBranch(rows: readonly TreeRow<unknown>[], index: number): number {
  const level = rows[index]?.level ?? 0;
  let end = index + 1;
  while (end < rows.length && (rows[end]?.level ?? 0) > level) end += 1;
  return end;
}

/** The index of the row's parent, or -1 for a root. */
export function parentIndex(rows: readonly TreeRow<unknown>[], index: number): number {
  const level = rows[index]?.level ?? 0;
  for (let at = index - 1; at >= 0; at -= 1) if ((rows[at]?.level ?? 0) < level) return at;
  return -1;
}

/** Indexes of the row and all its siblings. */
export function siblingIndexes(rows: readonly TreeRow<unknown>[], index: number): number[] {
  const row = rows[index];
  if (!row) return [];
  const first = parentIndex(rows, index) + 1;
  const found: number[] = [];
  for (let at = first; at < rows.length && (rows[at]?.level ?? 0) >= row.level; at += 1) {
    if (rows[at]?.level === row.level) found.push(at);
  }
  return found;
}

/** A list of rows and what it was made from. */
export interface TreeState<T> {
  readonly source: TreeSource<T>;
  readonly open: OpenIds;
  readonly rows: readonly TreeRow<T>[];
}

export function startTree<T>(source: TreeSource<T>, open: OpenIds): TreeState<T> {
  return { source, open, rows: flatten(source, open) };
}

/** The rows for a new source or open set: one row opened or closed is a splice, everything else a new walk. */
export function followTree<T>(state: TreeState<T>, source: TreeSource<T>, open: OpenIds): TreeState<T> {
  if (state.source === source && state.open === open) return state;
  const changed = state.source === source ? onlyDifference(state.open, open) : null;
  if (changed === null) return startTree(source, open);
  const index = state.rows.findIndex((row) => row.id === changed);
  const row = state.rows[index];
  if (!row || row.expanded === null) return { source, open, rows: state.rows }; // hidden, or a leaf: nothing on the screen changes
  const expanded = open.has(changed);
  const inserted: TreeRow<T>[] = [];
  if (expanded) walk(source, open, source.childrenOf(row.item) ?? [], row.level + 1, row.guides, inserted);
  const before = state.rows.slice(0, index);
  before.push({ ...row, expanded });
  return { source, open, rows: before.concat(inserted, state.rows.slice(endOfBranch(state.rows, index))) };
}

/** The one id that is in only one of the sets; null where they differ in more, or not at all. */
function onlyDifference(one: OpenIds, other: OpenIds): string | null {
  if (Math.abs(one.size - other.size) !== 1) return null;
  const [less, more] = one.size < other.size ? [one, other] : [other, one];
  let found: string | null = null;
  for (const id of more) {
    if (less.has(id)) continue;
    if (found !== null) return null;
    found = id;
  }
  return found;
}

/** The next row after `from`, around the end, whose name begins with what was typed. */
export function findByPrefix<T>(
  rows: readonly TreeRow<T>[],
  from: number,
  typed: string,
  nameOf: (item: T) => string,
): number | null {
  const wanted = typed.toLocaleLowerCase();
  const start = typed.length === 1 ? 1 : 0; // more letters may still mean the row we are on
  for (let step = start; step < rows.length + start; step += 1) {
    const index = (from + step) % rows.length;
    const row = rows[index];
    if (row && nameOf(row.item).toLocaleLowerCase().startsWith(wanted)) return index;
  }
  return null;
}
