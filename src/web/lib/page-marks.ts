/** An endless list that is read page by page: where each page lies, also after its rows were let go. */

/** What stays of a page. `days` are its headings in order, each with how many rows stand under it. */
export interface Seen {
  rows: number;
  days: readonly { day: string; rows: number }[];
}
/** One page, by the cursor it begins at. `seen` is null until it was read, `rows` also after they were let go. */
export interface Mark<S extends Seen = Seen, Row = unknown> {
  cursor: string | null;
  seen: S | null;
  rows: readonly Row[] | null;
}

/** Whether a page goes on with the day that the page before it ended with: then its first heading stands there. */
export function continues(marks: readonly Mark[], page: number): boolean {
  const day = marks[page]?.seen?.days[0]?.day;
  return day !== undefined && day === marks[page - 1]?.seen?.days.at(-1)?.day;
}

/** The line at which each page begins, rows and headings counted; the last number is the length of all that was read. */
export function startsOf(marks: readonly Mark[]): number[] {
  const starts = [0];
  for (const [page, { seen }] of marks.entries()) {
    const lines = seen ? seen.rows + seen.days.length - (continues(marks, page) ? 1 : 0) : 0;
    starts.push((starts[page] ?? 0) + lines);
  }
  return starts;
}

export interface PageSpan {
  first: number;
  /** Included; before `first` where there is none. */
  last: number;
}

/** The pages that lie between two lines. A page not read yet lies behind the last line. */
export function pagesBetween(marks: readonly Mark[], starts: readonly number[], from: number, to: number): PageSpan {
  let first = marks.length - 1;
  while (first > 0 && (starts[first] ?? 0) > from) first -= 1;
  let last = first;
  while (last + 1 < marks.length && (starts[last + 1] ?? 0) < to) last += 1;
  return { first, last };
}

/** The pages around a place whose rows are there, without a hole between them. */
export function runAround(place: PageSpan, isThere: (page: number) => boolean): PageSpan {
  let { first } = place;
  while (first < place.last && !isThere(first)) first += 1;
  if (!isThere(first)) return { first, last: first - 1 };
  let last = first;
  while (isThere(last + 1)) last += 1;
  while (isThere(first - 1)) first -= 1;
  return { first, last };
}

/** Which row of a page stands at a line, counted from the line at which the page begins; a heading answers its first row. */
export function rowAt(seen: Seen, isContinued: boolean, line: number): number {
  let row = 0;
  let left = line;
  for (const [index, day] of seen.days.entries()) {
    if (index > 0 || !isContinued) left -= 1;
    if (left < day.rows) return Math.max(0, row + Math.max(0, left));
    row += day.rows;
    left -= day.rows;
  }
  return Math.max(0, seen.rows - 1);
}

/**
 * Keeps a page that was read, and where the next one begins; lets go of the rows of the farthest pages, so that `most`
 * have theirs; the first page keeps its own. A cursor that was there before leads nowhere.
 */
export function withPage<S extends Seen, Row>(
  marks: readonly Mark<S, Row>[],
  read: { cursor: string | null; seen: S; rows: readonly Row[] },
  next: string | null,
  most: number,
): readonly Mark<S, Row>[] {
  const at = marks.findIndex(({ cursor }) => cursor === read.cursor);
  const farthest = marks
    .map((_, page) => page)
    .filter((page) => page !== at && page !== 0 && marks[page]?.rows)
    .sort((a, b) => Math.abs(b - at) - Math.abs(a - at));
  const dropped = new Set(farthest.slice(0, Math.max(0, farthest.length + 2 - most)));
  const known = marks.map((mark, page) =>
    page === at ? read : dropped.has(page) ? { cursor: mark.cursor, seen: mark.seen, rows: null } : mark,
  );
  const isNew = next !== null && at === marks.length - 1 && known.every(({ cursor }) => cursor !== next);
  return isNew ? [...known, { cursor: next, seen: null, rows: null }] : known;
}
