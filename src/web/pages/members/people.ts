import type { PlacedMember } from '../../../contract/canopy/hierarchy.ts';
import type { PersonRow } from '../../../contract/canopy/member-filter.ts';
import { compareNaturally } from '../../lib/natural-sort.ts';

/** Position of a status in the order that needs a person first. */
export function statusRank(status: string): number {
  const rank = ['pending', 'active', 'rejected', 'canceled'].indexOf(status);
  return rank === -1 ? 4 : rank;
}

/** Pending first, oldest on top; then active by name; then the rest. */
export function byAttention(a: PersonRow, b: PersonRow): number {
  const rank = statusRank(a.status) - statusRank(b.status);
  if (rank !== 0) return rank;
  if (a.status === 'pending') return a.since.localeCompare(b.since);
  return compareNaturally(a.name ?? a.email, b.name ?? b.email);
}

/** Whose membership became active last, and when; one that was active from its beginning did not become so. */
export function lastToBecomeActive(members: readonly PlacedMember[]): { member: PlacedMember; since: string } | null {
  let last: { member: PlacedMember; since: string } | null = null;
  for (const member of members) {
    const since = member.update_time;
    if (member.status !== 'active' || !since || since === member.create_time) continue;
    if (last === null || since > last.since) last = { member, since };
  }
  return last;
}

/** Why a membership must not be removed; null where it may. Canopy's server refuses the same. */
export function removalRefusal(
  member: PlacedMember,
  members: readonly PlacedMember[],
  me: { email: string | null },
): string | null {
  if (member.status !== 'active') return null;
  const isMe = me.email !== null && member.user.email.toLowerCase() === me.email.toLowerCase();
  if (isMe) return 'This is you. Ask another administrator to remove you.';
  const others = members.some(
    (one) => one.organizationId === member.organizationId && one.id !== member.id && one.status === 'active',
  );
  return others ? null : 'The last active member. Without one, only Cloudflare Support can let anybody in again.';
}
