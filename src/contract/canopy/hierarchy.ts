import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import type { Account } from '../cloudflare/accounts.ts';
import type { Member } from '../cloudflare/members.ts';
import { endpoint } from '../endpoint.ts';
import type { ErrorReport } from '../envelope.ts';
import { OrganizationId } from '../ids.ts';
import { flag, text } from '../query.ts';

/** One organization of the tree. Counts are null where they are not known, which is not zero. */
export interface HierarchyNode {
  id: string;
  name: string;
  /** Null for a root, and for an organization whose parent this credential does not see. */
  parentId: string | null;
  /** True where upstream names a parent that is not visible. */
  orphan: boolean;
  /** 1 for a root. */
  depth: number;
  createTime: string;
  managedBy: string | null;
  /** `tenant_flags` (or `flags`) as sent. */
  flags: Readonly<Record<string, unknown>>;
  /** Accounts directly in it. */
  accounts: number | null;
  /** Members of it by status; a status we do not know counts under its own name. */
  members: Readonly<Record<string, number>> | null;
}

/** How much of something that is read organization by organization has arrived. */
export interface Coverage {
  total: number;
  answered: number;
  /** Organizations still being read. */
  pending: number;
  /** At most 200 of them; how many there are is what is neither answered nor pending. */
  failed: readonly { organizationId: string; error: ErrorReport }[];
  /** RFC 3339 time of the oldest answer used; null when nothing has arrived. */
  asOf: string | null;
}

export interface Hierarchy {
  nodes: readonly HierarchyNode[];
  /** RFC 3339 time the list of organizations was read. */
  asOf: string;
  /** False where the list of organizations itself is not whole. */
  complete: boolean;
  incompleteReason: string | null;
  /** `distributor`: organizations have parents; `flat`: none has. Judged from the data. */
  shape: 'distributor' | 'flat';
  /** Accounts allowed under one root. Cloudflare's documented default, since the API does not send it. */
  accountLimit: number;
  accounts: Coverage;
  members: Coverage;
}

/** The tree that the person may see, from a snapshot; fills in while accounts and members are being read. */
export const getHierarchy = endpoint({
  name: 'getHierarchy',
  method: 'GET',
  path: '/canopy/hierarchy',
  params: {},
  query: {},
  body: null,
  result: answer<Hierarchy>(),
  paging: 'none',
  credential: 'none',
  permission: 'organizations:read',
  effect: 'read',
});

/** Reads again: everything, or the accounts and members of the named organizations. */
export const refreshHierarchy = endpoint({
  name: 'refreshHierarchy',
  method: 'POST',
  path: '/canopy/hierarchy/refresh',
  params: {},
  query: {},
  body: z.strictObject({ organizationIds: z.optional(z.array(OrganizationId).check(z.maxLength(1000))) }),
  result: answer<Hierarchy>(),
  paging: 'none',
  credential: 'none',
  permission: 'organizations:read',
  effect: 'read',
});

const subtree = {
  /** Whose subtree; the person's whole scope when absent. */
  organization: text(32),
  /** False for this organization only. Default true. */
  descendants: flag(),
} as const;

export type PlacedAccount = Account & { organizationId: string };
export type PlacedMember = Member & { organizationId: string };

/** Every account of a subtree, as one list. */
export const listAllAccounts = endpoint({
  name: 'listAllAccounts',
  method: 'GET',
  path: '/canopy/accounts',
  params: {},
  query: subtree,
  body: null,
  result: answer<{ rows: readonly PlacedAccount[]; coverage: Coverage }>(),
  paging: 'none',
  credential: 'none',
  permission: 'accounts:read',
  effect: 'read',
});

/** Every membership of a subtree, as one list: a person in two organizations is two rows. */
export const listAllMembers = endpoint({
  name: 'listAllMembers',
  method: 'GET',
  path: '/canopy/members',
  params: {},
  query: subtree,
  body: null,
  result: answer<{ rows: readonly PlacedMember[]; coverage: Coverage }>(),
  paging: 'none',
  credential: 'none',
  permission: 'members:read',
  effect: 'read',
});
