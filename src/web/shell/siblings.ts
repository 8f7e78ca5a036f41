/** Which organizations a crumb's menu shows. */
import type { HierarchyNode } from '../../contract/canopy/hierarchy.ts';
import { fold } from './palette/search-index.ts';

/** More than fits a menu is found by typing. */
export const siblingsShown = 50;

/** Those whose name contains the text, at most fifty; the current one is always among the unfiltered. */
export function siblingsFor(
  siblings: readonly HierarchyNode[],
  currentId: string,
  text: string,
): { shown: readonly HierarchyNode[]; matches: number } {
  const wanted = fold(text.trim());
  const found = wanted === '' ? siblings : siblings.filter(({ name }) => fold(name).includes(wanted));
  const shown = found.slice(0, siblingsShown);
  const current = found.find(({ id }) => id === currentId);
  return { shown: !current || shown.includes(current) ? shown : [current, ...shown.slice(1)], matches: found.length };
}
