/** Members of a list by person, and which of them are looked at. The page and its file choose by the same words. */
import type { memberStatuses } from '../cloudflare/members.ts';
import type { PlacedMember } from './hierarchy.ts';

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

export const twoFactorWords = ['off', 'unknown', 'on'] as const;
export type TwoFactorFilter = (typeof twoFactorWords)[number];

/** From this age on an invitation has probably been forgotten. */
export const longPendingDays = 14;

/** Whether a person has waited longer than that for an answer; `now` in milliseconds since 1970. */
export const isLongPending = ({ status, since }: Pick<PersonRow, 'status' | 'since'>, now: number): boolean =>
  status === 'pending' && now - Date.parse(since) > longPendingDays * 86_400_000;

export interface PeopleFilter {
  /** Part of a name or an address, in any case. */
  text: string;
  status: readonly (typeof memberStatuses)[number][];
  twoFactor: readonly TwoFactorFilter[];
  /** Without the `@`. */
  domain: string;
  /** Only members of organizations with one active administrator. */
  alone: boolean;
  /** Only invitations older than `longPendingDays`. */
  longPending: boolean;
}

export function filterPeople(
  people: readonly PersonRow[],
  filter: PeopleFilter,
  singleAdministratorIds: ReadonlySet<string>,
  now: number,
): PersonRow[] {
  const text = filter.text.trim().toLowerCase();
  return people.filter(
    (person) =>
      (text === '' || `${person.name ?? ''} ${person.email}`.toLowerCase().includes(text)) &&
      (filter.status.length === 0 || filter.status.some((status) => status === person.status)) &&
      (filter.twoFactor.length === 0 || filter.twoFactor.includes(twoFactorOf(person))) &&
      (filter.domain === '' || person.email.toLowerCase().endsWith(`@${filter.domain.toLowerCase()}`)) &&
      (!filter.longPending || isLongPending(person, now)) &&
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
