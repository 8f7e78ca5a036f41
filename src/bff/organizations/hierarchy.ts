import type { Coverage, Hierarchy, HierarchyNode } from '../../contract/canopy/hierarchy.ts';
import type { Account } from '../../contract/cloudflare/accounts.ts';
import type { Member } from '../../contract/cloudflare/members.ts';
import type { Readings } from './readings.ts';
import type { Placed } from './tree.ts';
import { cutAbove, placeIn } from './view.ts';
import type { View } from './view.ts';

/** Accounts allowed under one root by default, as Cloudflare documents it; the API does not send the limit. */
const documentedAccountLimit = 20_000;

interface ListFacts {
  asOf: string;
  complete: boolean;
  incompleteReason: string | null;
}

/** The answer for one view: every visible organization with what is known of it. */
export function buildHierarchy(view: View, list: ListFacts, accounts: Readings<Account>, members: Readings<Member>): Hierarchy {
  const ids = [...view.ids];
  return {
    nodes: view.visible.map((placed) => nodeOf(view, placed, accounts, members)),
    asOf: list.asOf,
    complete: list.complete,
    incompleteReason: list.incompleteReason,
    shape: view.tree.shape,
    accountLimit: documentedAccountLimit,
    accounts: accounts.coverage(ids),
    members: members.coverage(ids),
  };
}

function nodeOf(view: View, placed: Placed, accounts: Readings<Account>, members: Readings<Member>): HierarchyNode {
  const { id, name, create_time: createTime, meta } = cutAbove(placed.organization, view.scope);
  const rows = members.rows(id);
  return {
    id,
    name,
    ...placeIn(view, placed),
    createTime,
    managedBy: meta.managed_by ?? null,
    flags: meta.tenant_flags ?? meta.flags ?? {},
    accounts: accounts.rows(id)?.length ?? null,
    members: rows && countByStatus(rows),
  };
}

function countByStatus(rows: readonly Member[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Object.fromEntries(counts);
}

const nothingRead: Coverage = { total: 0, answered: 0, pending: 0, failed: [], asOf: null };

/** The same without anything about members, for people who may not read them. */
export function withoutMembers(hierarchy: Hierarchy): Hierarchy {
  return { ...hierarchy, nodes: hierarchy.nodes.map((node) => ({ ...node, members: null })), members: nothingRead };
}
