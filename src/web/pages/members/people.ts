import type { memberStatuses } from '../../../contract/cloudflare/members.ts';
import type { PlacedMember } from '../../../contract/canopy/hierarchy.ts';
import { compareNaturally } from '../../lib/natural-sort.ts';

/** One person in one status, with every organization that holds. */
export interface PersonRow {
  /** Stable and free of personal data, since it stands in the URL: the id of the first membership. */
  id: string;
  name: string | null;
  email: string;
  status: PlacedMember['status'];
  twoFactor: boolean | null;
  memberships: readonly PlacedMember[];
  /** The earliest of the memberships. */
  since: string;
}

/** Memberships by person and status: a person active here and invited there is two rows. */
export function peopleOf(members: readonly PlacedMember[]): PersonRow[] {
  const groups = new Map<string, PlacedMember[]>();
  for (const member of members) {
    const key = `${member.status} ${member.user.email.toLowerCase()}`;
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
  return [...groups.values()].map((memberships) => {
    const oldest = memberships.reduce((first, one) => (one.create_time < first.create_time ? one : first));
    return {
      id: oldest.id,
      name: memberships.find(({ user }) => user.name)?.user.name ?? null,
      email: oldest.user.email,
      status: oldest.status,
      twoFactor:
        memberships.find(({ user }) => typeof user.two_factor_authentication_enabled === 'boolean')?.user
          .two_factor_authentication_enabled ?? null,
      memberships,
      since: oldest.create_time,
    };
  });
}

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

export type TwoFactorFilter = 'on' | 'off' | 'unknown';

export interface PeopleFilter {
  text: string;
  status: readonly (typeof memberStatuses)[number][];
  twoFactor: readonly TwoFactorFilter[];
  /** Without the `@`. */
  domain: string;
  /** Only members of organizations with one active administrator. */
  alone: boolean;
}

export function filterPeople(
  people: readonly PersonRow[],
  filter: PeopleFilter,
  singleAdministratorIds: ReadonlySet<string>,
): PersonRow[] {
  const text = filter.text.trim().toLowerCase();
  return people.filter(
    (person) =>
      (text === '' || `${person.name ?? ''} ${person.email}`.toLowerCase().includes(text)) &&
      (filter.status.length === 0 || filter.status.some((status) => status === person.status)) &&
      (filter.twoFactor.length === 0 || filter.twoFactor.includes(twoFactorOf(person))) &&
      (filter.domain === '' || person.email.toLowerCase().endsWith(`@${filter.domain.toLowerCase()}`)) &&
      (!filter.alone ||
        (person.status === 'active' &&
          person.memberships.some(({ organizationId }) => singleAdministratorIds.has(organizationId)))),
  );
}

export function twoFactorOf({ twoFactor }: PersonRow): TwoFactorFilter {
  return twoFactor === null ? 'unknown' : twoFactor ? 'on' : 'off';
}

/** Organizations whose only active member would be missed. */
export function organizationsWithOneAdministrator(members: readonly PlacedMember[]): Set<string> {
  const active = new Map<string, number>();
  for (const { organizationId, status } of members)
    if (status === 'active') active.set(organizationId, (active.get(organizationId) ?? 0) + 1);
  return new Set([...active].filter(([, count]) => count === 1).map(([id]) => id));
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
