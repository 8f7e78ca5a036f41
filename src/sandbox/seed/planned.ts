import type { AuditRow, MemberRow } from '../store/tables.ts';
import { inDashboard, system, withToken } from './actors.ts';
import type { Cast } from './cast.ts';
import { dayMilliseconds, hourMilliseconds } from './days.ts';
import * as events from './events.ts';
import type { HistorySettings } from './history.ts';
import { Random } from './random.ts';

/** An event that the world itself tells of; its row is written when it is asked for. */
export interface Planned {
  readonly time: number;
  readonly row: () => AuditRow;
}

/** How every organization, account and member came to be what the store holds. */
export function plannedEvents(settings: HistorySettings, cast: Cast, start: number): Planned[] {
  const { draft, infrastructure, moves } = settings;
  const planned: Planned[] = [];
  const end = settings.seededAt - settings.scriptedHours * hourMilliseconds;
  const add = (time: number, row: Planned['row']) => {
    if (time >= start && time <= end) planned.push({ time, row });
  };
  const organizations = new Map(draft.organizations.map((organization) => [organization.id, organization]));
  const firstHome = new Map(moves.map((move) => [move.account.id, move.from.id]));

  for (const organization of draft.organizations) {
    const parentId = organization.parent_id;
    if (parentId === null) continue;
    add(organization.create_time, () => {
      const random = new Random('organization', organization.id);
      const actor = cast.actorFor(parentId, organization.create_time, random);
      return events.organizationCreated(
        { time: organization.create_time, random, organizationId: parentId, actor },
        organization,
      );
    });
  }

  for (const account of draft.accounts) {
    add(account.created_on, () => {
      const random = new Random('account', account.id);
      const organizationId = firstHome.get(account.id) ?? account.organization_id;
      const actor = random.chance(0.4) ? withToken(infrastructure) : cast.actorFor(organizationId, account.created_on, random);
      return events.accountAssigned({ time: account.created_on, random, organizationId, actor }, account, account.type);
    });
  }

  for (const { account, from, time } of moves) {
    const to = organizations.get(account.organization_id);
    if (!to) continue;
    add(time, () => {
      const random = new Random('moved', account.id);
      const actor = random.chance(0.6) ? withToken(infrastructure) : cast.actorFor(to.id, time, random);
      return events.accountMoved({ time, random, organizationId: to.id, actor }, account, from, to);
    });
  }

  for (const member of draft.members) {
    const invitee = inviteeOf(member);
    const organizationId = member.organization_id;
    add(member.create_time, () => {
      const random = new Random('invited', member.id);
      const actor = cast.actorFor(organizationId, member.create_time, random);
      return events.memberInvited({ time: member.create_time, random, organizationId, actor }, invitee);
    });
    if (member.status === 'pending') continue;
    const random = new Random('answered', member.id);
    const answered =
      member.status === 'active' && member.update_time === member.create_time
        ? member.create_time + Math.floor((0.02 + 2.5 * random.next()) * dayMilliseconds)
        : member.update_time;
    add(answered, () => {
      const moment = { time: answered, random: new Random('answer', member.id), organizationId, actor: inDashboard(member) };
      if (member.status === 'active') return events.invitationAccepted(moment, invitee);
      if (member.status === 'rejected') return events.invitationRejected(moment, invitee);
      return events.invitationExpired({ ...moment, actor: system }, invitee);
    });
  }
  return planned;
}

const inviteeOf = (member: MemberRow): events.Invitee => ({
  memberId: member.id,
  userId: member.user_id,
  email: member.email,
  name: member.name,
});
