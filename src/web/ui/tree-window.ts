/** Which rows of a long list of equal rows are in the document. */

/** Row elements in the document at most, with the head and a focused row that is scrolled away. */
export const rowLimit = 80;
/** The window moves by this many rows at a time, so a scrolled pixel is rarely a render. */
const step = 4;
const widestMargin = 6;
const narrowestMargin = 2;

export interface RowWindow {
  readonly first: number;
  /** Excluded. */
  readonly end: number;
}

/** The rows to draw: what is in view and a margin on both sides, as much of it as the limit leaves. */
export function rowWindow(scrollTop: number, height: number, rowHeight: number, count: number): RowWindow {
  const visible = Math.ceil(height / rowHeight) + 1;
  const spare = Math.floor((rowLimit - 2 - visible - 2 * step) / 2);
  const margin = Math.max(narrowestMargin, Math.min(widestMargin, spare));
  const top = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight), count - visible));
  const first = Math.max(0, top - margin);
  const end = Math.min(count, Math.ceil((top + visible + margin) / step) * step);
  return { first: first - (first % step), end };
}

/** The scroll position that shows a row whole below the head, or null where it is in view already. */
export function scrollToShow(
  index: number,
  scrollTop: number,
  height: number,
  rowHeight: number,
  place: 'nearest' | 'middle' = 'nearest',
): number | null {
  const top = index * rowHeight;
  const inView = top >= scrollTop && top + rowHeight <= scrollTop + height;
  if (inView) return null;
  if (place === 'middle') return Math.max(0, top - Math.max(0, height - rowHeight) / 2);
  return top < scrollTop ? top : top + rowHeight - height;
}
