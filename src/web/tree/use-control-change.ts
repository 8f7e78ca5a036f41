import { compareControl, controlThrough } from './control.ts';
import type { ControlChange } from './control.ts';
import { ancestorsOf } from './organization-index.ts';
import type { OrganizationItem } from './organization-index.ts';
import { useMembersOf } from './use-control.ts';

/** What moves: an organization with everything below it, or accounts of some organizations. */
export type Moving =
  | { readonly kind: 'organization'; readonly organization: OrganizationItem }
  | { readonly kind: 'accounts'; readonly sources: readonly OrganizationItem[] };

const upwards = (item: OrganizationItem) => [item, ...ancestorsOf(item).toReversed()];

/** The organizations above before and after a move, the nearest first. */
export function chains(
  moving: Moving,
  target: OrganizationItem,
): { before: readonly OrganizationItem[]; after: readonly OrganizationItem[] } {
  if (moving.kind === 'organization') {
    const { organization } = moving;
    return { before: upwards(organization), after: [organization, ...upwards(target)] };
  }
  return { before: [...new Set(moving.sources.flatMap(upwards))], after: upwards(target) };
}

/** Who gains and who loses full control by a move; null until the member lists are there. */
export function useControlChange(
  moving: Moving,
  target: OrganizationItem | null,
): { allowed: boolean; change: ControlChange | null } {
  const { before, after } = target ? chains(moving, target) : { before: [], after: [] };
  const organizations = [...new Set([...before, ...after])];
  const { allowed, reading, lists } = useMembersOf(organizations);
  if (!target || !allowed || reading) return { allowed, change: null };
  const listOf = new Map(lists.map((list) => [list.organizationId, list]));
  const chain = (items: readonly OrganizationItem[]) => items.flatMap(({ id }) => listOf.get(id) ?? []);
  return { allowed, change: compareControl(controlThrough(chain(before)), controlThrough(chain(after))) };
}
