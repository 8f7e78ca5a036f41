import type { AccountRow, AuditRow, MemberRow, OrganizationRow } from '../../store/tables.ts';
import { cloudflareAdmin, inDashboard, withApiKey, withToken, type Actor, type Token } from '../actors.ts';
import { dayMilliseconds, hourMilliseconds } from '../days.ts';
import * as events from '../events.ts';
import { Random } from '../random.ts';
import type { OrganizationKey } from './organizations.ts';

/** What the last days' story needs to know of the world. */
export interface Stage {
  readonly seed: number;
  readonly seededAt: number;
  readonly organization: (key: OrganizationKey) => OrganizationRow;
  readonly account: (name: string) => AccountRow;
  /** By name, or by address for somebody who has no name yet. */
  readonly member: (who: string, key: OrganizationKey) => MemberRow;
  readonly terraform: Token;
  readonly forgotten: Token;
}

/** The script begins this many hours before the seed time. */
export const scriptHours = 62;

/**
 * The last two and a half days, event by event, as the pictures of the audit screen show them. Times are told as if the
 * sandbox were first started at 14:02.
 */
export function scriptedEvents(stage: Stage): AuditRow[] {
  const { organization, account, member } = stage;
  const rows: AuditRow[] = [];
  const add = (
    daysAgo: number,
    clock: string,
    key: OrganizationKey,
    actor: Actor,
    event: (moment: events.Moment) => AuditRow,
    more: { failed?: boolean } = {},
  ) => {
    const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
    const sinceMidnight = hours * hourMilliseconds + minutes * 60_000 + seconds * 1000;
    const time = stage.seededAt - (14 * hourMilliseconds + 2 * 60_000) - daysAgo * dayMilliseconds + sinceMidnight;
    const random = new Random(stage.seed, 'script', daysAgo, clock, key);
    rows.push(event({ time, random, organizationId: organization(key).id, actor, ...more }));
  };
  const dashboard = (name: string, key: OrganizationKey) => inDashboard(member(name, key));
  const invitee = (who: string, key: OrganizationKey): events.Invitee => {
    const found = member(who, key);
    return { memberId: found.id, userId: found.user_id, email: found.email, name: found.name };
  };
  /** Somebody who is not a member any more. */
  const gone = (name: string, email: string): events.Invitee => {
    const random = new Random(stage.seed, 'gone', email);
    return { memberId: random.hex(32), userId: random.hex(32), email, name };
  };
  const terraform = withToken(stage.terraform);

  const ines = dashboard('Ines Halloran', 'larkfield');
  const dana = dashboard('Dana Whitlock', 'redfernHealth');
  const kavya = dashboard('Kavya Menon', 'brightwater');
  const marek = dashboard('Marek Szalai', 'brightwater');
  const chidi = withApiKey(member('Chidi Okonkwo', 'brightwater'));

  add(0, '13:58:04', 'redfernHealth', dana, (at) => events.profileUpdated(at, redfernHealthProfile));
  add(0, '13:41:27', 'brightwater', kavya, (at) =>
    events.memberInvited(at, invitee('r.selby@brightwater.example', 'brightwater')),
  );
  add(0, '13:41:25', 'brightwater', kavya, (at) => events.invitationCanceled(at, invitee('Peg Nuttall', 'brightwater')));
  add(0, '11:20:55', 'redfern', terraform, (at) =>
    events.accountMoved(at, account('Windrush Analytics'), organization('tallgrass'), organization('redfern')),
  );
  add(0, '11:20:53', 'redfern', terraform, (at) =>
    events.accountMoved(at, account('Halcyon Post'), organization('tallgrass'), organization('redfern')),
  );
  add(0, '09:12:31', 'schools', ines, (at) => events.organizationRenamed(at, organization('schools'), 'Calder Schools'));

  add(1, '18:33:10', 'publicSector', marek, (at) => events.memberRemoved(at, invitee('Juno Quill', 'publicSector')), {
    failed: true,
  });
  add(1, '18:32:58', 'publicSector', marek, (at) =>
    events.memberRemoved(at, gone('Walt Pemberton', 'w.pemberton@brightwater.example')),
  );
  add(1, '16:05:48', 'retail', dashboard('Bea Fontaine', 'retail'), (at) =>
    events.invitationAccepted(at, invitee('Bea Fontaine', 'retail')),
  );
  add(1, '12:48:19', 'retail', dashboard('Imogen Tarrant', 'brightwater'), (at) => events.profileUpdated(at, profileOfRetail));
  add(1, '07:02:44', 'larkfield', cloudflareAdmin, (at) => events.accountLimitChanged(at, 20_000, 10_000));
  const forgotten = withToken(stage.forgotten);
  add(1, '03:11:40', 'tallgrass', forgotten, (at) => events.tokenRolled(at, stage.forgotten));
  add(1, '03:11:12', 'tallgrass', forgotten, (at) =>
    events.tokenCreated(at, { id: new Random(stage.seed, 'night token').hex(32), name: 'nightly-export' }),
  );

  const brook = gone('', 'k.brook@brightwater.example');
  const trial = { id: new Random(stage.seed, 'redfern trial').hex(32), name: 'Redfern Health Staging' };
  add(2, '17:24:02', 'brightwater', chidi, (at) => events.invitationCanceled(at, brook));
  add(2, '17:22:31', 'brightwater', chidi, (at) => events.memberInvited(at, invitee('m.yeo@brightwater.example', 'brightwater')));
  add(2, '17:22:29', 'brightwater', chidi, (at) => events.memberInvited(at, brook));
  add(2, '16:44:02', 'retail', dashboard('Priya Raman', 'brightwater'), (at) =>
    events.accountAssigned(at, account('Gannet Coffee'), 'standard'),
  );
  add(2, '14:10:51', 'redfern', terraform, (at) => events.organizationDeleted(at, trial));
  add(2, '14:10:37', 'redfern', terraform, (at) => events.organizationCreated(at, trial));
  add(2, '11:02:13', 'retail', dashboard('Lorcan Doyle', 'retail'), (at) =>
    events.memberUpdated(at, invitee('Oskar Brandt', 'retail')),
  );

  add(3, '10:26:18', 'tallgrass', terraform, (at) =>
    events.accountMoved(at, account('Prairie Host B'), organization('redfern'), organization('tallgrass')),
  );
  add(12, '08:15:00', 'sunda', cloudflareAdmin, (at) =>
    events.accountRemoved(at, { id: new Random(stage.seed, 'account left').hex(32), name: 'Layar Tancap Cinema' }),
  );

  const before = {
    ...redfernHealthProfile,
    business_phone: '+1 555 0118 204',
    business_address: redfernHealthAddress('Abilene'),
  };
  add(100, '15:20:11', 'redfernHealth', ines, (at) => events.profileUpdated(at, before));
  add(264, '11:04:33', 'redfernHealth', terraform, (at) =>
    events.profileUpdated(at, { ...before, business_email: 'office@redfern-health.example' }),
  );
  add(400, '09:41:07', 'redfernHealth', dana, (at) =>
    events.profileUpdated(at, {
      ...before,
      business_email: 'office@redfern-health.example',
      external_metadata: '{"crm":"RH-2207"}',
    }),
  );
  return rows;
}

const redfernHealthAddress = (city: string) =>
  JSON.stringify({ line1: '410 W Concho Ave', city, stateOrProvince: 'TX', postalCode: '79602', country: 'US' });

export const redfernHealthProfile = {
  business_name: 'Redfern Health',
  business_email: 'accounts@redfern-health.example',
  business_phone: '+1 555 0118 260',
  business_address: redfernHealthAddress('San Angelo'),
  external_metadata: '{"crm":"RH-2207","tier":"gold"}',
};

export const profileOfRetail = {
  business_name: 'Brightwater Retail Ltd',
  business_email: 'billing@brightwater.example',
  business_phone: '+1 555 0146 300',
  business_address: JSON.stringify({ line1: '2 Weir Parade', city: 'Hebblefoot', postalCode: 'HB2 7QT', country: 'GB' }),
  external_metadata: JSON.stringify({ crm: 'BR-4410', tier: 'silver' }),
};
