import { useQueries } from '@tanstack/react-query';
import { useRole } from '../queries/role.ts';
import { sharesQuery } from '../queries/shares.ts';
import type { OrganizationItem } from './organization-index.ts';
import { compareShares } from './share-change.ts';
import type { ShareChange, SharesOf } from './share-change.ts';
import { chains } from './use-control-change.ts';
import type { Moving } from './use-control-change.ts';

const nobody: ReadonlySet<string> = new Set();

/** Which shares a move wins, loses and ends; null until they have been read. */
export function useShareChange(
  moving: Moving,
  target: OrganizationItem | null,
  moved: ReadonlySet<string> = nobody,
): { allowed: boolean; change: ShareChange | null } {
  const allowed = useRole().can('shares:read');
  const { before, after } = target ? chains(moving, target) : { before: [], after: [] };
  // what stays above in both changes nothing, unless an account in it is the source of a share
  const differs = new Set([
    ...before.filter((one) => !after.includes(one) || moved.size > 0),
    ...after.filter((one) => !before.includes(one)),
  ]);
  const organizations = [...differs];
  const answers = useQueries({ queries: organizations.map(({ id }) => ({ ...sharesQuery(id), enabled: allowed })) });
  if (!target || !allowed || answers.some(({ data, error }) => !data && !error)) return { allowed, change: null };
  const sharesOf = (chain: readonly OrganizationItem[]) =>
    chain.flatMap((organization): SharesOf[] => {
      const at = organizations.indexOf(organization);
      if (at < 0) return [];
      return [{ organizationId: organization.id, name: organization.node.name, shares: answers[at]?.data?.result ?? null }];
    });
  return { allowed, change: compareShares(sharesOf(before), sharesOf(after), moved) };
}
