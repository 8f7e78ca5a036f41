/** Which crumbs of a path fold into one when the bar is too narrow for all of them. */

/** Half-open range of crumbs that stand behind the fold. */
export interface Fold {
  from: number;
  to: number;
}

/**
 * The last crumb always stays and may be cut; the first goes last. Crumbs beside the root fold first, because the
 * nearer an ancestor is, the likelier it is wanted.
 *
 * @param widths width of every crumb, root first
 * @param room width there is
 * @param foldWidth width of the crumb that stands for folded ones
 */
export function foldCrumbs(widths: readonly number[], room: number, foldWidth: number): Fold | null {
  const sum = (from: number, to: number) => widths.slice(from, to).reduce((total, width) => total + width, 0);
  const last = widths.length - 1;
  if (last <= 0 || sum(0, widths.length) <= room) return null;
  for (let to = 2; to <= last; to++) {
    if (sum(0, 1) + foldWidth + sum(to, widths.length) <= room) return { from: 1, to };
  }
  return { from: 0, to: last };
}
