import { isLongPending, longPendingDays, peopleOf } from '../../../contract/canopy/member-filter.ts';
import type { Coverage, Hierarchy, PlacedMember } from '../../../contract/canopy/hierarchy.ts';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { formatDay } from '../../lib/format-time.ts';
import { plural } from '../../lib/format.ts';
import type { ScopePage } from '../../lib/paths.ts';

/** Something that needs a person: what it is, where it is, and the list that shows it. */
export interface AttentionItem {
  id: string;
  kind: 'danger' | 'warning' | 'info';
  icon: 'administrator' | 'two-factor' | 'invitation' | 'unread' | 'usage' | 'receipt';
  title: string;
  detail: string;
  act: string;
  target: { page: ScopePage; search: Record<string, string | string[]> };
}

interface Facts {
  members: readonly PlacedMember[] | null;
  coverages: readonly { what: string; coverage: Coverage }[];
  spend: SpendState | null;
  unknownReceipts: number;
  nameOf: (organizationId: string) => string;
  now: number;
}

/** What needs a person, gravest first. */
export function attentionItems({ members, coverages, spend, unknownReceipts, nameOf, now }: Facts): AttentionItem[] {
  const items: AttentionItem[] = [];
  if (unknownReceipts > 0) {
    items.push({
      id: 'receipts',
      kind: 'danger',
      icon: 'receipt',
      title: `${plural(unknownReceipts, 'write has', 'writes have')} an unknown outcome`,
      detail: 'No answer came and reading back could not tell',
      act: 'Review',
      target: { page: 'audit/receipts', search: { outcome: 'unknown' } },
    });
  }
  for (const { what, coverage } of coverages) {
    if (coverage.failed.length === 0) continue;
    items.push({
      id: `unread ${what}`,
      kind: 'warning',
      icon: 'unread',
      title: `${what} of ${plural(coverage.failed.length, 'organization')} could not be read`,
      detail: listed(coverage.failed.map(({ organizationId }) => nameOf(organizationId))),
      act: 'Open tree',
      target: { page: 'organizations', search: {} },
    });
  }
  if (members) items.push(...memberItems(members, nameOf, now));
  const failed = spend?.failures[0];
  if (spend && failed) {
    items.push({
      id: 'usage',
      kind: 'warning',
      icon: 'usage',
      title: `${failed.organizationName}: usage of ${formatDay(failed.day)} is not stored`,
      detail: spend.failures.length > 1 ? `${plural(spend.failures.length, 'organization day')} in all` : failed.error.message,
      act: 'Fetch again',
      target: { page: 'spend', search: {} },
    });
  }
  return items;
}

function memberItems(members: readonly PlacedMember[], nameOf: Facts['nameOf'], now: number): AttentionItem[] {
  const items: AttentionItem[] = [];
  const active = members.filter(({ status }) => status === 'active');
  const byOrganization = grouped(active);
  const alone = [...byOrganization].filter(([, group]) => group.length === 1).map(([id]) => nameOf(id));
  if (alone.length > 0) {
    items.push({
      id: 'alone',
      kind: 'warning',
      icon: 'administrator',
      title: `${plural(alone.length, 'organization has', 'organizations have')} one active administrator`,
      detail: listed(alone),
      act: 'Open list',
      target: { page: 'members', search: { alone: 'true' } },
    });
  }
  const people = peopleOf(members);
  const off = people.filter(({ status, twoFactor }) => status === 'active' && twoFactor === false).length;
  if (off > 0) {
    items.push({
      id: 'two-factor',
      kind: 'warning',
      icon: 'two-factor',
      title: `${plural(off, 'active member has', 'active members have')} 2FA off`,
      detail: 'Some may use single sign-on instead',
      act: 'Open list',
      target: { page: 'members', search: { status: ['active'], 'two-factor': ['off'] } },
    });
  }
  const old = people.filter((person) => isLongPending(person, now));
  const [oldest] = old.toSorted((a, b) => a.since.localeCompare(b.since));
  if (oldest) {
    const where = oldest.memberships.find(({ id }) => id === oldest.id)?.organizationId ?? '';
    items.push({
      id: 'pending',
      kind: 'info',
      icon: 'invitation',
      title: `${plural(old.length, 'invitation')} pending for more than ${longPendingDays} days`,
      detail: `Oldest ${Math.floor((now - Date.parse(oldest.since)) / 86_400_000)} days, ${nameOf(where)}`,
      act: 'Open list',
      target: { page: 'members', search: { 'long-pending': 'true' } },
    });
  }
  return items;
}

/** Coverages of what the hierarchy is filled with. */
export function coveragesOf({ accounts, members }: Hierarchy): Facts['coverages'] {
  return [
    { what: 'Accounts', coverage: accounts },
    { what: 'Members', coverage: members },
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 2).join(', ');
  return names.length > 2 ? `${shown} and ${names.length - 2} more` : shown;
}

function grouped(members: readonly PlacedMember[]): ReadonlyMap<string, readonly PlacedMember[]> {
  const groups = new Map<string, PlacedMember[]>();
  for (const member of members) groups.set(member.organizationId, [...(groups.get(member.organizationId) ?? []), member]);
  return groups;
}
