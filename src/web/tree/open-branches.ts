/** Which branches stand open: remembered for each organization in this browser tab, never in the URL. */
import { useEffect, useState } from 'react';
import type { OpenIds } from '../ui/tree-rows.ts';
import type { OrganizationItem } from './organization-index.ts';

/** Rows that a first visit shows by itself. */
const firstRows = 40;
/** More than this is not worth remembering. */
const remembered = 3000;

const keyOf = (organizationId: string) => `canopy.tree.${organizationId}`;

/** The branches to open at first: from the top down, those with sub-organizations, as long as the rows stay few. */
export function firstOpen(top: OrganizationItem, descendants: boolean, limit = firstRows): OpenIds {
  const open = new Set([top.id]);
  if (!descendants) return open;
  const rowsIn = (item: OrganizationItem) => item.children.length + (item.node.accounts ?? 1);
  let rows = 1 + rowsIn(top);
  const queue = [...top.children];
  for (const item of queue) {
    if (item.children.length === 0 || rows + rowsIn(item) > limit) continue;
    rows += rowsIn(item);
    open.add(item.id);
    queue.push(...item.children);
  }
  return open;
}

function read(organizationId: string): OpenIds | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(keyOf(organizationId)) ?? 'null');
    return Array.isArray(value) ? new Set(value.filter((id): id is string => typeof id === 'string')) : null;
  } catch {
    return null; // storage is blocked, or holds something else
  }
}

function write(organizationId: string, open: OpenIds): void {
  try {
    if (open.size <= remembered) sessionStorage.setItem(keyOf(organizationId), JSON.stringify([...open]));
  } catch {
    // storage is blocked or full: the tree opens as on a first visit
  }
}

/** The open branches of one organization's tree, and how to change them. */
export function useOpenBranches(
  top: OrganizationItem,
  descendants: boolean,
): readonly [OpenIds, (change: (open: OpenIds) => OpenIds) => void] {
  const [open, setOpen] = useState<OpenIds>(() => read(top.id) ?? firstOpen(top, descendants));
  useEffect(() => write(top.id, open), [top.id, open]);
  return [open, setOpen];
}

/** The set with some ids in it, or without them; the same set where nothing changes. */
export function changed(open: OpenIds, ids: readonly string[], expanded: boolean): OpenIds {
  if (ids.every((id) => open.has(id) === expanded)) return open;
  const next = new Set(open);
  for (const id of ids) {
    if (expanded) next.add(id);
    else next.delete(id);
  }
  return next;
}
