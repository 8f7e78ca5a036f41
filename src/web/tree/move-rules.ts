/** Where an organization or accounts may go. Every no has its reason, shown beside the target. */
import type { Hierarchy } from '../../contract/canopy/hierarchy.ts';
import { closedBy, deepestLevelAllowed, readFlag } from './capability.ts';
import { deepestLevel, isWithin, topOf } from './organization-index.ts';
import type { OrganizationItem } from './organization-index.ts';

type Shape = Hierarchy['shape'];

/** Why this organization may not move at all; null where it may. */
export function whyOrganizationStays(moving: OrganizationItem, shape: Shape): string | null {
  if (shape === 'flat') return 'Enterprise organizations are flat: none has a parent';
  if (moving.parent) return null;
  if (moving.node.orphan || moving.node.parentId !== null) return 'Its parent is not visible to this credential';
  return moving.depth > 1 ? 'Its parent is outside what you may see' : 'A root organization has no parent';
}

/** Why this target cannot become the parent; null where it can. */
export function whyNotParent(moving: OrganizationItem, target: OrganizationItem, shape: Shape): string | null {
  if (target === moving) return 'This is the organization to move';
  if (isWithin(target, moving)) return 'Own descendant';
  if (target === moving.parent) return 'Already here';
  if (shape === 'flat') return 'Enterprise organizations are flat';
  if (topOf(target) !== topOf(moving)) return 'Other Distributor';
  const depth = deepestLevel(moving) - moving.depth + target.depth + 1;
  if (depth > deepestLevelAllowed) return `Depth would be ${depth}`;
  return closedBy(readFlag(target.node.flags, 'sub_org_creation'));
}

/** Why accounts cannot leave this organization; null where they can. */
export function whyAccountsStay(source: OrganizationItem, shape: Shape): string | null {
  if (shape === 'flat') return 'Enterprise organizations cannot exchange accounts';
  return closedBy(readFlag(source.node.flags, 'account_mobility'));
}

/** Why accounts of these organizations cannot go to this target; null where they can. */
export function whyNotDestination(sources: readonly OrganizationItem[], target: OrganizationItem, shape: Shape): string | null {
  if (shape === 'flat') return 'Enterprise organizations cannot exchange accounts';
  if (sources.every((source) => source === target)) return 'Already here';
  if (sources.some((source) => topOf(source) !== topOf(target))) return 'Other Distributor';
  return closedBy(readFlag(target.node.flags, 'account_mobility'));
}

/** Why no sub-organization can be made here; null where one can. */
export function whyNoSubOrganization(parent: OrganizationItem, shape: Shape): string | null {
  const flag = readFlag(parent.node.flags, 'sub_org_creation');
  if (shape === 'flat' && flag.state !== 'yes') return 'Enterprise organizations are flat: they have no sub-organizations';
  if (parent.depth >= deepestLevelAllowed) return `Depth would be ${parent.depth + 1}; Cloudflare allows ${deepestLevelAllowed}`;
  return closedBy(flag);
}
