/** The palette's search: every name, id and e-mail address in one list, scanned on each keystroke. */

export const kinds = ['organization', 'account', 'member'] as const;
export type Kind = (typeof kinds)[number];

/** One thing that can be found. */
export interface Entry {
  kind: Kind;
  id: string;
  name: string;
  /** Searched too, and shown where it is not the name: an e-mail address. */
  also: string;
  /** The organization it is in; for an organization its parent. */
  organizationId: string | null;
}

export interface Found {
  entry: Entry;
  /** Where the name matches, half-open, for the marks behind the letters. */
  marks: readonly (readonly [number, number])[];
}

export interface FoundGroup {
  kind: Kind;
  /** The best ones, best first. */
  rows: readonly Found[];
  /** How many match, and of how many. */
  matches: number;
  of: number;
}

interface Folded {
  entry: Entry;
  /** Name, other text and id without case and accents, parted by line feeds: one scan finds any of them. */
  text: string;
  nameLength: number;
}

export interface SearchResult {
  groups: readonly FoundGroup[];
  /** Milliseconds. */
  took: number;
}

export interface SearchIndex {
  entries: readonly Folded[];
  counts: Readonly<Record<Kind, number>>;
}

/** Without case and accents, and as long as it was, so that positions stay true. */
export function fold(text: string): string {
  // plain ASCII is the rule, and needs no look at single letters
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  let folded = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    const plain = letter.normalize('NFD').charAt(0).toLowerCase();
    folded += plain.length === 1 ? plain : letter;
  }
  return folded;
}

export function buildIndex(entries: readonly Entry[]): SearchIndex {
  const counts: Record<Kind, number> = { organization: 0, account: 0, member: 0 };
  const folded = entries.map((entry) => {
    counts[entry.kind] += 1;
    return { entry, text: `${fold(entry.name)}\n${fold(entry.also)}\n${entry.id}`, nameLength: entry.name.length };
  });
  return { entries: folded, counts };
}

/** How good a match is: a name that begins so, a word that does, somewhere in the name, elsewhere. */
function rank(text: string, at: number, nameLength: number): number {
  if (at === 0) return 0;
  if (at < nameLength) return /[\s\-_.&/]/.test(text.charAt(at - 1)) ? 1 : 2;
  return text.charAt(at - 1) === '\n' ? 1 : 3;
}

/** A letter or two inside an id means nothing; eight are meant. */
const shortestIdPart = 6;

/**
 * The best matches of each kind. Every word must be found; words beside the first may be in an ancestor's name
 * ("calder brightwater"), which `pathText` gives for an organization.
 */
export function search(
  index: SearchIndex,
  query: string,
  limit: number,
  pathText: (organizationId: string | null) => string,
): SearchResult {
  const before = performance.now();
  const words = fold(query).split(/\s+/).filter(Boolean);
  const [first = '', ...others] = words;
  const best: Record<Kind, { row: Folded; rank: number }[]> = { organization: [], account: [], member: [] };
  const matches: Record<Kind, number> = { organization: 0, account: 0, member: 0 };
  if (first !== '') {
    for (const row of index.entries) {
      const at = row.text.indexOf(first);
      if (at < 0) continue;
      if (at > row.text.length - row.entry.id.length - 1 && first.length < shortestIdPart) continue;
      if (others.length > 0) {
        const path = pathText(row.entry.organizationId);
        if (!others.every((word) => row.text.includes(word) || path.includes(word))) continue;
      }
      const { kind } = row.entry;
      matches[kind] += 1;
      keep(best[kind], { row, rank: rank(row.text, at, row.nameLength) }, limit);
    }
  }
  const groups = kinds.map((kind) => ({
    kind,
    matches: matches[kind],
    of: index.counts[kind],
    rows: best[kind].map(({ row }) => ({ entry: row.entry, marks: marksOf(row, words) })),
  }));
  return { groups, took: performance.now() - before };
}

/** Puts a match in its place among the best few: by rank, then the shorter name, then the one found first. */
function keep(list: { row: Folded; rank: number }[], match: { row: Folded; rank: number }, limit: number): void {
  const isBetter = (other: { row: Folded; rank: number }) =>
    match.rank < other.rank || (match.rank === other.rank && match.row.nameLength < other.row.nameLength);
  const last = list.at(-1);
  if (list.length === limit && last && !isBetter(last)) return;
  const at = list.findIndex(isBetter);
  list.splice(at < 0 ? list.length : at, 0, match);
  if (list.length > limit) list.pop();
}

function marksOf({ text, nameLength }: Folded, words: readonly string[]): (readonly [number, number])[] {
  const name = text.slice(0, nameLength);
  const found = words
    .map((word) => [name.indexOf(word), word.length] as const)
    .filter(([at]) => at >= 0)
    .map(([at, length]) => [at, at + length] as [number, number])
    .sort(([a], [b]) => a - b);
  const marks: [number, number][] = [];
  for (const mark of found) {
    const last = marks.at(-1);
    if (last && mark[0] <= last[1]) last[1] = Math.max(last[1], mark[1]);
    else marks.push(mark);
  }
  return marks;
}
