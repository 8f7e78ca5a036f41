/** Search in the tree: hits with their ancestors kept, in the order of the screen, within one keystroke's time. */
import type { TreeSource } from '../ui/tree-rows.ts';
import { fold } from './organization-index.ts';
import type { OrganizationItem } from './organization-index.ts';
import type { AccountItem, Item } from './tree.ts';

/** Branches opened by themselves: those of this many hits. */
const openedHits = 20;
const shortestIdPart = 4;

export interface Query {
  readonly words: readonly string[];
  /** Set where the text may be the beginning of an id. */
  readonly idPart: string | null;
}

/** A query from what was typed, or null where nothing was. Every word must occur in the name. */
export function readQuery(typed: string): Query | null {
  const text = fold(typed.trim());
  if (text === '') return null;
  const idPart = text.length >= shortestIdPart && /^[a-z0-9]+$/.test(text) ? text : null;
  return { words: text.split(/\s+/), idPart };
}

function isHit(query: Query, item: OrganizationItem | AccountItem): boolean {
  const id = item.kind === 'organization' ? item.id : item.account.id;
  if (query.idPart !== null && id.startsWith(query.idPart)) return true;
  for (const word of query.words) if (!item.folded.includes(word)) return false;
  return true;
}

/** Where the words stand in a name, as half-open ranges that do not overlap. */
export function hitRanges(query: Query, name: string): readonly (readonly [number, number])[] {
  const { folded, at } = foldWithPlaces(name);
  const found: [number, number][] = [];
  for (const word of query.words) {
    for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + word.length)) {
      found.push([at[from] ?? 0, at[from + word.length] ?? name.length]);
    }
  }
  found.sort(([one], [other]) => one - other);
  const merged: [number, number][] = [];
  for (const range of found) {
    const last = merged.at(-1);
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else merged.push(range);
  }
  return merged;
}

/** The folded text and, for each place in it, the place in the original. */
function foldWithPlaces(name: string): { folded: string; at: readonly number[] } {
  const at: number[] = [];
  let folded = '';
  let place = 0;
  for (const character of name) {
    const part = fold(character);
    for (let index = 0; index < part.length; index += 1) at.push(place);
    folded += part;
    place += character.length;
  }
  at.push(name.length);
  return { folded, at };
}

export interface Found {
  /** The tree with only hits, their ancestors, and what hangs under a hit. */
  readonly source: TreeSource<Item>;
  readonly hitCount: number;
  /** Row ids of the hits, from the top of the screen down. Putting all of them in order takes longer than a keystroke may, so it waits until somebody steps through them. */
  readonly hits: () => readonly string[];
  /** Branches to open at first. */
  readonly open: ReadonlySet<string>;
  /** Organizations and accounts that are neither hits nor ancestors of one. */
  readonly hidden: number;
  /** Organizations and accounts compared. */
  readonly searched: number;
  /** How long it took. */
  readonly milliseconds: number;
}

interface Marks {
  readonly hits: ReadonlySet<Item>;
  /** Organizations and groups with a hit somewhere below. */
  readonly above: ReadonlySet<Item>;
  readonly searched: number;
}

/** What is searched, in any order: the children that exist, not only those that were opened. */
export interface Searched {
  readonly organizationsIn: (organization: OrganizationItem) => readonly OrganizationItem[];
  /** Accounts whose list is there; none where it is not. */
  readonly accountsIn: (organization: OrganizationItem) => readonly AccountItem[];
}

/** Compares every organization and every account whose list is there. */
export function searchTree(whole: TreeSource<Item>, searched: Searched, query: Query): Found {
  const started = performance.now();
  const marks = mark(whole, searched, query);
  const children = new Map<Item, readonly Item[] | null>();
  const childrenOf = (item: Item): readonly Item[] | null => {
    if (!marks.above.has(item)) return whole.childrenOf(item); // below a hit everything may be opened
    let kept = children.get(item);
    if (kept === undefined) {
      kept = whole.childrenOf(item)?.filter((child) => marks.hits.has(child) || marks.above.has(child)) ?? null;
      children.set(item, kept);
    }
    return kept;
  };
  const roots = whole.roots.filter((item) => marks.hits.has(item) || marks.above.has(item));
  const source: TreeSource<Item> = { roots, idOf: whole.idOf, childrenOf };
  const open = firstBranches(source, marks);
  let inOrder: readonly string[] | null = null;
  const hits = () => (inOrder ??= hitsInOrder(source, marks));
  const ancestors = [...marks.above].filter((item) => item.kind === 'organization' && !marks.hits.has(item)).length;
  const hidden = marks.searched - marks.hits.size - ancestors;
  const milliseconds = performance.now() - started;
  return { source, hitCount: marks.hits.size, hits, open, hidden, searched: marks.searched, milliseconds };
}

function mark(whole: TreeSource<Item>, { organizationsIn, accountsIn }: Searched, query: Query): Marks {
  const hits = new Set<Item>();
  const above = new Set<Item>();
  let searched = 0;
  /** Compares an item and all below it, and says whether there is a hit among them. */
  const compare = (item: Item): boolean => {
    if (item.kind === 'notice') return false;
    let hit = false;
    if (item.kind !== 'group') {
      searched += 1;
      hit = isHit(query, item);
      if (hit) hits.add(item);
    }
    let below = false;
    if (item.kind === 'organization') for (const account of accountsIn(item)) below = compare(account) || below;
    const children = item.kind === 'organization' ? organizationsIn(item) : item.kind === 'group' ? item.children : [];
    for (const child of children) below = compare(child) || below;
    if (below) above.add(item);
    return below || hit;
  };
  for (const root of whole.roots) compare(root);
  return { hits, above, searched };
}

/** The branches above the first hits; no further branch is walked, and so sorted. */
function firstBranches(source: TreeSource<Item>, marks: Marks): ReadonlySet<string> {
  const open = new Set<string>();
  let hits = 0;
  const walk = (siblings: readonly Item[]): void => {
    for (const item of siblings) {
      if (hits >= openedHits) return;
      if (marks.hits.has(item)) hits += 1;
      if (!marks.above.has(item)) continue;
      open.add(source.idOf(item));
      walk(source.childrenOf(item) ?? []);
    }
  };
  walk(source.roots);
  return open;
}

/** Hits in the order of the screen; only branches with hits are walked. */
function hitsInOrder(source: TreeSource<Item>, marks: Marks): readonly string[] {
  const hits: string[] = [];
  const walk = (siblings: readonly Item[]): void => {
    for (const item of siblings) {
      if (marks.hits.has(item)) hits.push(source.idOf(item));
      if (marks.above.has(item)) walk(source.childrenOf(item) ?? []);
    }
  };
  walk(source.roots);
  return hits;
}

/** The hit after (or before) a row, around the ends; null where there is none. */
export function nextHit(hits: readonly string[], current: string | null, direction: 1 | -1): string | null {
  if (hits.length === 0) return null;
  const at = current === null ? -1 : hits.indexOf(current);
  if (at < 0) return hits.at(direction === 1 ? 0 : -1) ?? null;
  return hits[(at + direction + hits.length) % hits.length] ?? null;
}
